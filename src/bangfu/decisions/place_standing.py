"""What a village or county is (村县现状): never a field, always what the register records and people decided of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bangfu.decisions.models import Decision
from bangfu.kernel.asking import asked_once
from bangfu.kernel.codes import Level
from bangfu.kernel.texts import Text
from bangfu.params import load
from bangfu.places.models import Place
from bangfu.places.scope import Scope, chain_of
from bangfu.registry.queries import AsOf, facts_at
from bangfu.registry.topics import topics
from bangfu.snapshots.models import Run

SUBJECTS: Final = {Level.VILLAGE: "village", Level.COUNTY: "county"}
"""The places that exit, by level."""
POOR: Final = frozenset({1, 4, 5})
"""Codes of the list `village_attribute` that say that a village is poor: poor, in deep poverty, relatively poor."""
NOT_POOR: Final = frozenset({2, 3})
"""Codes that say that it is none, or has exited already. Any other says neither."""
_EXITED: Final = "exited"
_IDENTIFIED: Final = "identified"
_ATTRIBUTE: Final = "village_attribute"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is on record of a place's being poor.

    poor       None where nothing is recorded: then nobody may say that it is not
    attribute  the words of the record; None where there is none
    since      the day from which it holds
    """

    poor: bool | None
    attribute: Text | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Villages:
    """How far the villages of a county are: all, recorded as poor, of unknown mark; and exited by decision."""

    count: int
    poor: int
    unrecorded: int
    exited: int


def exit_of(place: int, programme: str) -> Decision | None:
    """Return the decision by which a place has exited under a programme; None where none stands.

    A later decision of anything else, such as that it is poor again, reverses it.
    """
    last = _decided(place, programme)
    return last if last is not None and last.proposal == _EXITED else None


def recorded_of(place: int, level: Level, programme: str, on: date) -> Recorded:
    """Return what is on record of a place's being poor on a day.

    A decision of the programme that names it poor counts; else the attribute in the village ledger. No ledger records
    a county as poor: what nobody recorded stays unknown.
    """
    named = _decided(place, programme)
    if named is not None and named.proposal == _IDENTIFIED:
        return Recorded(poor=True, since=named.effective_from)
    if level is not Level.VILLAGE:
        return Recorded(poor=None)
    number, since = _attributes([place], on).get(place, (None, None))
    entries = load().code_lists[_ATTRIBUTE].entries
    words = next((entry.label for entry in entries if entry.number == number), None)
    return Recorded(True if number in POOR else False if number in NOT_POOR else None, words, since)


def latest_of(programme: str) -> Run | None:
    """Return the programme's run of the latest day, of these the one made last; None where there is none."""
    return Run.objects.filter(programme=programme).order_by("true_on", "id").last()


def villages_of(county: int, programme: str, on: date) -> Villages:
    """Return how far the villages of a county are, from the facts of each: nobody keeps it for the county."""
    standing = Place.objects.filter(county=county, level=Level.VILLAGE, valid_to__isnull=True)
    numbers = list(standing.values_list("number", flat=True))
    marks = _attributes(numbers, on)
    exited = {row.subject_id for row in _last_decisions(county, programme) if row.proposal == _EXITED}
    return Villages(
        count=len(numbers),
        poor=sum(1 for number, _ in marks.values() if number in POOR),
        unrecorded=sum(1 for place in numbers if marks.get(place, (0,))[0] not in POOR | NOT_POOR),
        exited=len(exited & set(numbers)),
    )


@asked_once
def _decided(place: int, programme: str) -> Decision | None:
    mine = Decision.objects.filter(county=chain_of(place), subject_kind__in=SUBJECTS.values(), subject_id=place)
    return mine.filter(case__programme=programme).order_by("effective_from", "id").last()


def _last_decisions(county: int, programme: str) -> list[Decision]:
    """Return the last decision about each village of a county."""
    of_villages = Decision.objects.filter(county=county, subject_kind="village", case__programme=programme)
    return list({row.subject_id: row for row in of_villages.order_by("effective_from", "id")}.values())


def _attributes(villages: Sequence[int], on: date) -> dict[int, tuple[int, date]]:
    topic = next(one for one in topics().values() if _ATTRIBUTE in one.columns)
    rows = facts_at(Scope.everywhere(), topic, AsOf(on), villages).drop_nulls(_ATTRIBUTE)
    return {
        place: (number, since) for place, since, number in rows.select(topic.key, "effective_from", _ATTRIBUTE).rows()
    }
