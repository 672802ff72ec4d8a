"""Raise an objection, an appeal or a complaint: a household, anybody, or a clerk for somebody."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction

from bangfu.access.acting import today
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_number
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.errors.procedures import CaseUnknown, ObjectionUnknown, WordsTooLong
from bangfu.kernel.home import Home
from bangfu.params import load
from bangfu.places.scope import chain_of
from bangfu.procedures.course import Version, course_of
from bangfu.procedures.levels import ABOVE
from bangfu.procedures.models import Case, Channel, Objection, ObjectionKind, Standing

LONGEST: Final = 2000
LONGEST_NAME: Final = 200
ANSWER_DAYS: Final = {
    ObjectionKind.OBJECTION: "objection_answer_days",
    ObjectionKind.APPEAL: "appeal_answer_days",
    ObjectionKind.COMPLAINT: "complaint_answer_days",
}
"""The parameters that say within how many days each is answered."""
OBJECTION_COLUMNS: Final = (
    "id", "county", "place", "case_id", "kind", "channel", "about", "level", "follows_id", "receipt", "words", "who",
    "raised_on", "due_on",
)  # fmt: skip
_RECEIPT: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_RECEIPT_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody says.

    place  the village that it is about
    case   the case that it is against; None for a complaint about anything else
    words  what is said; who: the name and how to reach them, '' for nameless
    about  level of the unit complained about; a case tells it itself
    """

    place: int
    words: str
    who: str = ""
    case: int | None = None
    about: str = "village"
    channel: Channel = Channel.PUBLIC


@transaction.atomic
def raise_objection(*, by: Actor, complaint: Complaint, programme: str) -> Objection:
    """Record what somebody says against a case or a unit (提出异议); a case against which it is open waits.

    by         a visitor, or for the channel `clerk` a person who may open cases in the village
    programme  whose days to answer hold
    Returns    the objection; its receipt is given to the complainant
    Raises     WordsTooLong, CaseUnknown, NotPermitted
    """
    if complaint.channel == Channel.CLERK:
        require(by, Can.OPEN_CASES, complaint.place)
    _check_words(complaint)
    lock_chain(chain_of(complaint.place))
    about = complaint.about if complaint.case is None else _level_reached(complaint.case, complaint.place)
    kind = ObjectionKind.COMPLAINT if complaint.case is None else ObjectionKind.OBJECTION
    return _write(by, complaint, (kind, about, ABOVE[about]), programme)


@transaction.atomic
def appeal(*, by: Actor, receipt: str, words: str, programme: str) -> Objection:
    """Take an answered objection to the next level (申诉); raises ObjectionUnknown, WordsTooLong."""
    first = Objection.objects.filter(receipt=receipt).select_related("answer").first()
    if first is None or not hasattr(first, "answer") or Objection.objects.filter(follows=first).exists():
        raise ObjectionUnknown(objection=receipt)
    complaint = Complaint(first.place, words, case=first.case_id, about=first.level, channel=Channel(first.channel))
    _check_words(complaint)
    lock_chain(first.county)
    raised = (ObjectionKind.APPEAL, first.level, ABOVE[first.level])
    return _write(by, complaint, raised, programme, follows=first.pk)


def _check_words(complaint: Complaint) -> None:
    words = complaint.words.strip()
    if not words or len(words) > LONGEST or len(complaint.who) > LONGEST_NAME:
        raise WordsTooLong(limit=LONGEST)


def _level_reached(number: int, place: int) -> str:
    """Return the level that acted last in a case of a place: it is complained about."""
    case = Case.objects.filter(pk=number, place=place).first()
    standing = Standing.objects.filter(case_id=number, live=True).first()
    if case is None or standing is None:
        raise CaseUnknown(case=number)
    steps = course_of(Version(case.programme, case.procedure, case.law_from)).steps
    taken = [step.level for step in steps[: standing.done]]
    return taken[-1] if taken and taken[-1] != "household" else "village"


def _write(
    by: Actor,
    complaint: Complaint,
    raised: tuple[ObjectionKind, str, str],
    programme: str,
    *,
    follows: int | None = None,
) -> Objection:
    """Write an objection; raised: its kind, the level complained about, and the level that answers."""
    kind, about, level = raised
    county = chain_of(complaint.place)
    number, keys, on = next_number(Objection), Home.current().keys, today()
    days = load().programme(programme).value(ANSWER_DAYS[kind], on).value
    who = complaint.who.strip()
    row = Objection(
        id=number,
        county=county,
        place=complaint.place,
        case_id=complaint.case,
        kind=kind.value,
        channel=complaint.channel.value,
        about=about,
        level=level,
        follows_id=follows,
        receipt="".join(secrets.choice(_RECEIPT) for _ in range(_RECEIPT_LENGTH)),
        words=keys.encrypt(complaint.words.strip().encode(), f"objection|words|{number}").hex(),
        who=keys.encrypt(who.encode(), f"objection|who|{number}").hex() if who else None,
        raised_on=on,
        due_on=on + timedelta(days=days),
    )
    values = [getattr(row, name) for name in OBJECTION_COLUMNS]
    row.event = append_event(
        by=by,
        county=county,
        action="objection.raise",
        subject=f"objection {number}",
        body={"tables": {Objection._meta.db_table: commit_rows(keys, OBJECTION_COLUMNS, [values])}},
    )
    row.save(force_insert=True)
    return row
