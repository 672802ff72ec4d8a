"""Raise an objection, an appeal or a complaint: a household, anybody, or a clerk for somebody."""

import json
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
from bangfu.kernel.errors.procedures import AppealFinal, CaseUnknown, ObjectionUnknown, WordsTooLong
from bangfu.kernel.errors.register import PlaceUnknown
from bangfu.kernel.home import Home
from bangfu.places.scope import chain_of, lineage
from bangfu.procedures.answering import answer_days
from bangfu.procedures.course import Version, course_of
from bangfu.procedures.levels import ABOVE
from bangfu.procedures.models import Answer, Case, Channel, Objection, ObjectionKind, Standing

LONGEST: Final = 2000
LONGEST_NAME: Final = 200
OBJECTION_COLUMNS: Final = (
    "id", "county", "place", "case_id", "kind", "channel", "about", "level", "follows_id", "receipt", "words", "who",
    "raised_on", "due_on",
)  # fmt: skip
_RECEIPT: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_RECEIPT_LENGTH: Final = 12
_SHOWN: Final = 4
"""How much of a receipt a message may carry."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody says.

    place  the village that it is about
    case   the case that it is against; None for a complaint about anything else
    words  what is said; who: the name and how to reach them, '' for nameless
    about  level of the unit complained about; a case tells it itself
    sheet  number of the form that was sent, drawn when it was shown: the same form with the same words, sent twice, is
           one objection; '' where there is no form
    """

    place: int
    words: str
    who: str = ""
    case: int | None = None
    about: str = "village"
    channel: Channel = Channel.PUBLIC
    sheet: str = ""


@transaction.atomic
def raise_objection(*, by: Actor, complaint: Complaint, programme: str) -> Objection:
    """Record what somebody says against a case or a unit (提出异议); a case against which it is open waits.

    by         a visitor, or for the channel `clerk` a person who may open cases in the village
    programme  whose days to answer hold
    Returns    the objection; its receipt is given to the complainant
    Raises     WordsTooLong, PlaceUnknown, CaseUnknown, NotPermitted
    """
    if complaint.channel == Channel.CLERK:
        require(by, Can.OPEN_CASES, complaint.place)
    _check_words(complaint)
    if not lineage(complaint.place):
        raise PlaceUnknown(place=complaint.place)
    lock_chain(chain_of(complaint.place))
    known = Objection.objects.filter(receipt=_receipt(complaint)).first() if complaint.sheet else None
    if known is not None:
        return known
    about = complaint.about if complaint.case is None else _level_reached(complaint.case, complaint.place)
    kind = ObjectionKind.COMPLAINT if complaint.case is None else ObjectionKind.OBJECTION
    return _write(by, complaint, (kind, about, ABOVE[about]), programme)


@transaction.atomic
def appeal(*, by: Actor, receipt: str, words: str, programme: str) -> Objection:
    """Take an answered objection to the next level (申诉), once; sent twice, it is the same appeal.

    An appeal is not appealed: each stops its case, and a case shall not be stopped level by level.

    Raises  ObjectionUnknown where there is no answer yet, no level above, or an appeal already; AppealFinal;
            WordsTooLong
    """
    first = Objection.objects.filter(receipt=receipt).first()
    if first is not None and first.kind == ObjectionKind.APPEAL:
        raise AppealFinal
    if first is None or first.level == ABOVE[first.level]:
        raise ObjectionUnknown(objection=receipt[:_SHOWN])
    complaint = Complaint(
        first.place, words, case=first.case_id, about=first.level, channel=Channel(first.channel), sheet=receipt
    )
    _check_words(complaint)
    lock_chain(first.county)
    made = Objection.objects.filter(follows=first).first()
    if made is not None and made.receipt == _receipt(complaint):
        return made
    if made is not None or not Answer.objects.filter(objection=first).exists():
        raise ObjectionUnknown(objection=receipt[:_SHOWN])
    raised = (ObjectionKind.APPEAL, first.level, ABOVE[first.level])
    return _write(by, complaint, raised, programme, follows=first.pk)


def _check_words(complaint: Complaint) -> None:
    words = complaint.words.strip()
    if not words or len(words) > LONGEST or len(complaint.who) > LONGEST_NAME:
        raise WordsTooLong(limit=LONGEST)


def _receipt(complaint: Complaint) -> str:
    """Return the receipt: drawn, or for a form derived from all that was sent, so that a second sending finds it."""
    if not complaint.sheet:
        return "".join(secrets.choice(_RECEIPT) for _ in range(_RECEIPT_LENGTH))
    about = (complaint.channel.value, complaint.place, complaint.case, complaint.about)
    sent = json.dumps(["receipt", complaint.sheet, *about, complaint.words.strip(), complaint.who.strip()])
    number = int.from_bytes(Home.current().keys.digest(sent), "big")
    signs = []
    for _ in range(_RECEIPT_LENGTH):
        number, sign = divmod(number, len(_RECEIPT))
        signs.append(_RECEIPT[sign])
    return "".join(signs)


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
    days = answer_days(programme, kind, on)
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
        receipt=_receipt(complaint),
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
