"""Answer an objection, with a reason, one level above the unit complained about."""

from typing import Final

from django.db import transaction

from bangfu.access.acting import ActingPerson, today
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_number
from bangfu.kernel.errors.procedures import EarlierHand, ObjectionAnswered, ObjectionUnknown
from bangfu.kernel.home import Home
from bangfu.procedures.levels import hears
from bangfu.procedures.models import Answer, Objection
from bangfu.procedures.said import checked_reason

_COLUMNS: Final = ("id", "county", "objection_id", "upheld", "reason", "on", "person_id")


@transaction.atomic
def answer_objection(*, by: ActingPerson, objection: int, upheld: bool, reason: str) -> Answer:
    """Say whether an objection is right, and why (答复异议); the clock of its case runs on.

    An upheld objection does not change the case by itself: it goes no further until it is sent back or refused.

    by       hears objections of this level at this place, and had no hand in the case but its opening
    reason   what the complainant and the household are told
    Raises   ObjectionUnknown, ObjectionAnswered, EarlierHand, ReasonNeeded
    """
    found = Objection.objects.filter(pk=objection).select_related("case").first()
    if found is None or not hears(by, found.level, found.place):
        raise ObjectionUnknown(objection=objection)
    words = checked_reason(reason)
    lock_chain(found.county)
    if Answer.objects.filter(objection=found).exists():
        raise ObjectionAnswered
    if found.case is not None and found.case.standings.filter(person_id=by.person_id, at__gt=0).exists():
        raise EarlierHand(actor=by.name, count=1)
    row = (next_number(Answer), found.county, found.pk, upheld, words, today(), by.person_id)
    event = append_event(
        by=by,
        county=found.county,
        action="objection.answer",
        subject=f"objection {found.pk}",
        body={"tables": {Answer._meta.db_table: commit_rows(Home.current().keys, _COLUMNS, [row])}},
    )
    return Answer.objects.create(**dict(zip(_COLUMNS, row, strict=True)), event=event)
