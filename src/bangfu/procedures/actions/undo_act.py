"""Take an act back, as long as nothing stands on it and nobody was shown it."""

import polars as pl
from django.db import connection, transaction

from bangfu.access.acting import today
from bangfu.kernel.actors import Actor
from bangfu.kernel.bulk import read_frame
from bangfu.kernel.errors.procedures import ActStands
from bangfu.procedures.actions.open_cases import require_at
from bangfu.procedures.course import Version, course_of
from bangfu.procedures.models import Act, ActKind, CaseState, Hand, Notice
from bangfu.procedures.said import checked_reason
from bangfu.procedures.standings import Deed, content_of, held, write_deeds
from bangfu.procedures.under_way import check_none_under_way

_UNDOABLE = (ActKind.DONE, ActKind.AGREED, ActKind.RETURNED, ActKind.REFUSED, ActKind.WITHDRAWN)
_BEFORE = {
    "case": pl.Int64,
    "done": pl.Int16,
    "agreed": pl.Int16,
    "posted_on": pl.Date,
    "moved_on": pl.Date,
    "state": pl.String,
}


@transaction.atomic
def undo_act(*, by: Actor, act: int, reason: str) -> Act:
    """Put the cases of an act back to where they stood before it (撤销办理); who had decided decides again.

    What was posted, what ended a case for good by entering the register, and what later acts stand on, stays.

    by       the person who did it
    reason   why
    Raises   ActStands, NotPermitted, ReasonNeeded, CaseOpenAlready
    """
    words = checked_reason(reason)
    done = Act.objects.filter(pk=act).first()
    if done is None or done.person_id != by.person_id or done.kind not in _UNDOABLE:
        raise ActStands
    cases = list(done.standings.values_list("case_id", flat=True))
    frame = held(cases)
    course = course_of(Version(done.programme, done.procedure, done.law_from))
    step = course.step(done.step)
    require_at(by, course.right(step), done.county, [done.place])
    moved = done.standings.filter(live=False).exists() or frame.filter(pl.col("state") == CaseState.FINISHED).height
    if moved or Notice.objects.filter(act=done).exists():
        raise ActStands
    # a yes given before belongs to the visit that the undone act ended: kept, it could be given twice
    before = frame.drop(*(set(_BEFORE) - {"case"})).join(_before(done), on="case", how="inner", maintain_order="left")
    before = before.with_columns(agreed=pl.lit(0, pl.Int16))
    _check_reopened(frame, before, course.version.programme)
    hand = Hand.TOOK_BACK if course.decides(step) else Hand.MADE
    deed = Deed(
        version=course.version,
        place=done.place,
        kind=ActKind.UNDONE,
        step=done.step,
        on=today(),
        at=step.order,
        hand=hand,
        after=before.select(frame.columns),
        content=content_of(frame),
        reason=words,
        undoes=done.pk,
    )
    return write_deeds(by, [deed], "case.undone")[0]


def _check_reopened(frame: pl.DataFrame, before: pl.DataFrame, programme: str) -> None:
    """Refuse to open cases again whose subjects have another open case by now; raises CaseOpenAlready."""
    ended = frame.filter(pl.col("state") != CaseState.OPEN)["case"]
    again = before.filter((pl.col("state") == CaseState.OPEN) & pl.col("case").is_in(ended.implode()))
    for key, mine in again.group_by("county", "subject_kind"):
        check_none_under_way(int(str(key[0])), programme, str(key[1]), mine["subject_id"].to_list())


def _before(act: Act) -> pl.DataFrame:
    """Return where each case of an act stood before it."""
    sql = (
        "SELECT p.case_id, p.done, p.agreed, p.posted_on, p.moved_on, p.state FROM procedures_standing s "
        "JOIN procedures_standing p ON p.case_id = s.case_id AND p.id = (SELECT MAX(b.id) FROM procedures_standing b "
        "WHERE b.case_id = s.case_id AND b.id < s.id) WHERE s.act_id = %s"
    )
    return read_frame(connection, sql, [act.pk], _BEFORE)
