"""The doors that are open to anybody: how often one may knock, from where, and the household whose card is open."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from bangfu.access.actions.count_attempt import Limit, count_attempts, forget_attempts
from bangfu.kernel.errors.access import TooManyAttempts
from bangfu.registry.card_codes import counted_number, issue_of

CARD_OPEN_S: Final = 15 * 60
"""How long a card keeps its household's page open; then number and code are asked for again."""
_QUARTER: Final = timedelta(minutes=15)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
CARD_OF_NUMBER: Final = Limit("card.number", 5, _QUARTER)
CARD_FROM: Final = Limit("card.from", 20, _QUARTER)
RECEIPT_FROM: Final = Limit("receipt.from", 20, _QUARTER)
PAPERS_FROM: Final = Limit("paper.from", 30, _QUARTER)
WORDS_FROM: Final = Limit("words.from", 10, _HOUR)
WORDS_ABOUT: Final = Limit("words.about", 100, _DAY)
WORDS_OF_CARD: Final = Limit("words.card", 5, _DAY)
WORDS_SLOWLY: Final = Limit("words.slowly", 1, _HOUR)
"""How often words may be left: from one address in an hour, about one village and from one household in a day; and
from one address where a village has its number of the day, so that nobody can silence it for the others."""
_HELD: Final = "card"
_SHEET_BYTES: Final = 12
_LONGEST_SHEET: Final = 40
_NETWORK_BITS: Final = 64


@dataclass(frozen=True, slots=True)
class OpenCard:
    """A household whose card was shown at the door, and when its page closes (seconds since 1970)."""

    household: int
    until: int


def address_of(request: HttpRequest) -> str:
    """Return the network address that asks; behind a server that ends HTTPS, the one which that server names last.

    Of IPv6 the network: who has one address has the 2^64 beside it as well.
    """
    forwarded = str(request.headers.get("X-Forwarded-For", "")) if settings.SECURE else ""
    said = forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ip_address(said)
    except ValueError:
        return said
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Network((int(address), _NETWORK_BITS), strict=False))


def card_tries(request: HttpRequest, number: str) -> Mapping[Limit, str]:
    """Return what a try with a household number counts against."""
    return {CARD_OF_NUMBER: counted_number(number), CARD_FROM: address_of(request)}


def count_words(request: HttpRequest, village: int) -> None:
    """Count words left at the public door about a village; who shows a card is counted as its household alone.

    Raises  TooManyAttempts
    """
    card = shown_card(request)
    if card is not None:
        count_attempts({WORDS_OF_CARD: str(card.household)})
        return
    address = address_of(request)
    noted = count_attempts({WORDS_FROM: address})
    try:
        _count_about(village, address)
    except TooManyAttempts:
        forget_attempts(noted)
        raise


def _count_about(village: int, address: str) -> None:
    try:
        count_attempts({WORDS_ABOUT: str(village)})
    except TooManyAttempts:
        count_attempts({WORDS_SLOWLY: address})


def new_sheet() -> str:
    """Return a number for a form that is shown: sent twice, it is one sending."""
    return secrets.token_urlsafe(_SHEET_BYTES)


def sheet_of(request: HttpRequest) -> str:
    """Return the number of the form that was sent."""
    return request.POST.get("sheet", "")[:_LONGEST_SHEET]


def open_card(request: HttpRequest, household: int, issue: int) -> None:
    """Keep in the session that a household's card was shown; the session gets another name."""
    request.session.cycle_key()
    request.session[_HELD] = {"household": household, "issue": issue, "until": int(time.time()) + CARD_OPEN_S}


def shown_card(request: HttpRequest) -> OpenCard | None:
    """Return whose card is open; None where none is, its time is over, or a new card took its place."""
    held = request.session.get(_HELD)
    if held is None:
        return None
    if time.time() < held["until"] and issue_of(held["household"]) == held["issue"]:
        return OpenCard(held["household"], held["until"])
    close_card(request)
    return None


def close_card(request: HttpRequest) -> None:
    """Forget whose card was shown; what else the session holds stays."""
    if request.session.pop(_HELD, None) is not None:
        request.session.cycle_key()
