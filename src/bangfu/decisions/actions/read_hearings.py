"""Open what a household said to a hit, and note who did."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bangfu.access.acting import ActingPerson
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.models import Event
from bangfu.decisions.models import Hearing
from bangfu.decisions.queries.hits import hit_seen, words_context
from bangfu.kernel.actors import Can, require
from bangfu.kernel.home import Home

ACTION: Final = "hearing.read"


@transaction.atomic
def read_hearings(*, by: ActingPerson, hit: int) -> list[tuple[date, str]]:
    """Open what the household said to a hit (查阅农户说明); noted in the audit chain once a day where there is any.

    The words may name others and their illnesses: who hears the household or decides reads them, and is known.

    by       needs the right to hear the household or to decide hits, where it lives
    Returns  day and words of each hearing, the first one first
    Raises   NotPermitted, HitUnknown
    """
    found = hit_seen(by, hit, Can.READ_REGISTER)
    if not may_read_hearings(by, found.place):
        require(by, Can.HEAR_HOUSEHOLD, found.place)
    said = list(Hearing.objects.filter(hit_id=hit).order_by("heard_on", "id"))
    if said and not _noted(by, hit).exists():
        lock_chain(found.hit.county)
        if not _noted(by, hit).exists():
            append_event(
                by=by, county=found.hit.county, action=ACTION, subject=f"hit {hit}", body={"hearings": len(said)}
            )
    return list(_opened(said))


def may_read_hearings(by: ActingPerson, place: int) -> bool:
    """Tell whether a person reads what households of a place say: who hears them, and who decides."""
    return by.may(Can.HEAR_HOUSEHOLD, place) or by.may(Can.DECIDE_HIT, place)


def _noted(by: ActingPerson, hit: int) -> QuerySet[Event]:
    begun: datetime = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Event.objects.filter(action=ACTION, actor_id=by.person_id, subject=f"hit {hit}", at__gte=begun)


def _opened(said: list[Hearing]) -> Iterator[tuple[date, str]]:
    keys = Home.current().keys
    for one in said:
        yield one.heard_on, keys.decrypt(bytes.fromhex(one.words_sealed), words_context(one.pk)).decode()
