"""Within how many days what somebody raises is answered (答复期限)."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from bangfu.kernel.errors import ParameterError
from bangfu.params import load
from bangfu.places.scope import chain_of
from bangfu.procedures.models import Case, ObjectionKind

ANSWER_DAYS: Final = {
    ObjectionKind.OBJECTION: "objection_answer_days",
    ObjectionKind.APPEAL: "appeal_answer_days",
    ObjectionKind.COMPLAINT: "complaint_answer_days",
}
"""The parameters that say within how many days each is answered."""


def answer_days(programme: str, kind: ObjectionKind, on: date) -> int:
    """Return the days of a programme; raises ParameterUnknown, ParameterNotInForce."""
    return load().programme(programme).value(ANSWER_DAYS[kind], on).value


def programme_answering(place: int, case: int | None, on: date) -> str:
    """Return the programme whose days hold for what is raised about a place.

    The case's own; else that of the latest case of the county; else any in force that says anything. A programme that
    has ended still answers what is raised about it.
    """
    every = list(_candidates(place, case, on))
    return next((name for name in every if _says(name, on)), every[-1])


def _candidates(place: int, case: int | None, on: date) -> Iterator[str]:
    if case is not None:
        yield from Case.objects.filter(pk=case).values_list("programme", flat=True)
    latest = Case.objects.filter(county=chain_of(place)).order_by("-id")
    yield from latest.values_list("programme", flat=True)[:1]
    begun = [one for one in load().programmes.values() if one.start <= on]
    yield from (one.id for one in sorted(begun, key=lambda one: (one.start, one.id), reverse=True))


def _says(programme: str, on: date) -> bool:
    try:
        answer_days(programme, ObjectionKind.OBJECTION, on)
    except ParameterError:
        return False
    return True
