"""Make a token with which a program calls the API for the person who makes it."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import transaction

from bangfu.access.acting import today
from bangfu.access.models import Token
from bangfu.access.models.token import LONGEST_LABEL
from bangfu.access.tokens import PREFIX, digest_of
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_number
from bangfu.kernel.actors import Actor, Can
from bangfu.kernel.errors.access import TokenUnusable
from bangfu.kernel.errors.register import PlaceUnknown
from bangfu.kernel.home import Home
from bangfu.places.scope import COUNTRY, lineage

COLUMNS = ("id", "person_id", "digest", "label", "place", "rights", "created_on", "expires_on", "revoked_on")
LONGEST_DAYS: Final = 365
_BYTES: Final = 32


@transaction.atomic
def create_token(
    *, by: Actor, label: str, days: int = 90, place: int = COUNTRY, rights: Iterable[Can] = ()
) -> tuple[Token, str]:
    """Make a token for oneself and return it with its text, which is shown once and never again (建立接口令牌).

    Nobody makes one for another person. It never allows more than the person's grants of the day.

    days    how many days it works, at most a year
    place   works in this subtree only; 0 wherever the person may act
    rights  carries these alone; none: all that the person has
    Raises  TokenUnusable, PlaceUnknown
    """
    label = label.strip()
    if not label or len(label) > LONGEST_LABEL or not 1 <= days <= LONGEST_DAYS:
        raise TokenUnusable(days=LONGEST_DAYS)
    if place != COUNTRY and not lineage(place):
        raise PlaceUnknown(place=place)
    lock_chain(COUNTRY)
    text = PREFIX + secrets.token_urlsafe(_BYTES)
    on = today()
    words = " ".join(sorted({right.value for right in rights}))
    last = on + timedelta(days=days)
    row = (next_number(Token), by.person_id, digest_of(text), label, place, words, on, last, None)
    event = append_event(
        by=by,
        county=COUNTRY,
        action="token.create",
        subject=f"person {by.person_id}",
        body={"tables": {Token._meta.db_table: commit_rows(Home.current().keys, COLUMNS, [row])}},
    )
    return Token.objects.create(**dict(zip(COLUMNS, row, strict=True)), event=event), text


def committed(token: Token) -> tuple[object, ...]:
    """Return the values of a token that its event commits to."""
    return tuple(getattr(token, column) for column in COLUMNS)
