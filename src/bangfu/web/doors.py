"""The doors that are open to anybody: how often one may knock, from where, and the household whose card is open."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from bangfu.access.actions.count_attempt import Limit
from bangfu.registry.card_codes import issue_of, typed_number

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
"""How often words may be left: from one address in an hour, about one village and from one household in a day."""
_HELD: Final = "card"
_SHEET_BYTES: Final = 12
_LONGEST_SHEET: Final = 40


@dataclass(frozen=True, slots=True)
class OpenCard:
    """A household whose card was shown at the door, and when its page closes (seconds since 1970)."""

    household: int
    until: int


def address_of(request: HttpRequest) -> str:
    """Return the network address that asks; behind a server that ends HTTPS, the one which that server names last."""
    forwarded = str(request.headers.get("X-Forwarded-For", "")) if settings.SECURE else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def card_tries(request: HttpRequest, number: str) -> Mapping[Limit, str]:
    """Return what a try with a household number counts against."""
    return {CARD_OF_NUMBER: typed_number(number), CARD_FROM: address_of(request)}


def words_left(request: HttpRequest, village: int) -> Mapping[Limit, str]:
    """Return what words left at the public door count against."""
    return {WORDS_FROM: address_of(request), WORDS_ABOUT: str(village)}


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
