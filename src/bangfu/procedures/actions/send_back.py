"""Send cases back, refuse them, withdraw them: always with a reason."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl
from django.db import transaction

from bangfu.access.acting import today
from bangfu.kernel.actors import Actor
from bangfu.kernel.errors.procedures import CasesChanged, RefusalOutOfPlace, StepOutOfTurn, WithdrawalTooLate
from bangfu.procedures.actions.open_cases import require_at
from bangfu.procedures.actions.take_step import check_open, check_other_hands, course_before
from bangfu.procedures.course import Course
from bangfu.procedures.hanging import published_of
from bangfu.procedures.models import Act, ActKind, CaseState, Hand
from bangfu.procedures.said import checked_paper, checked_reason
from bangfu.procedures.standings import Deed, content_of, held, write_deeds

_ASKED_FOR: Final = ("identified", "relapsed", "monitored")
"""Proposals that a household asks for, and may ask no longer."""
_ENDS: Final = {ActKind.REFUSED: CaseState.REFUSED, ActKind.WITHDRAWN: CaseState.WITHDRAWN}


@transaction.atomic
def send_back(*, by: Actor, cases: Sequence[int], to: str, reason: str, seen: str | None = None) -> list[Act]:
    """Send cases back to an earlier step, which is then taken again (退回).

    by      needs the right of the step for which the cases wait
    to      name of the step to take again
    reason  why; told to who takes it again and to the household
    Raises  CaseUnknown, CaseEnded, StepOutOfTurn for a step that is not before this one, NotPermitted,
            ReasonNeeded, EarlierHand, CasesChanged
    """
    frame, course, words = _held(by, cases, reason, seen)
    target = course.step(to)
    later = frame.filter(pl.col("done") < target.order)
    if later.height:
        raise StepOutOfTurn(count=later.height, step=target.title, next=target.title)
    after = frame.with_columns(
        done=pl.lit(target.order - 1, pl.Int16),
        agreed=pl.lit(0, pl.Int16),
        posted_on=pl.lit(None, pl.Date),
        moved_on=pl.lit(today()),
    )
    return _write(by, course, (frame, after), ActKind.RETURNED, words)


@transaction.atomic
def refuse_cases(*, by: Actor, cases: Sequence[int], reason: str, seen: str | None = None) -> list[Act]:
    """End cases with a no, at the step for which they wait, if it judges (不予通过).

    Elsewhere nobody overrides alone what a vote or two persons decided. Raises as `send_back`, and RefusalOutOfPlace.
    """
    return _end(by, cases, reason, ActKind.REFUSED, seen)


@transaction.atomic
def withdraw_cases(
    *, by: Actor, cases: Sequence[int], reason: str, request: str = "", seen: str | None = None
) -> list[Act]:
    """End cases that the household, or who opened them, takes back (撤回).

    Once a notice of it hung, a case ends by its steps. Where a household asked to be listed it may ask no longer: at
    its signed request its case alone is withdrawn, by who has the step for which it waits.

    request  number under which that request is filed; no name, no number of a person
    Raises   as `send_back`, and WithdrawalTooLate, PaperUnfit
    """
    return _end(by, cases, reason, ActKind.WITHDRAWN, seen, request=checked_paper(request))


def _end(
    by: Actor, cases: Sequence[int], reason: str, kind: ActKind, seen: str | None, *, request: str = ""
) -> list[Act]:
    frame, course, words = _held(by, cases, reason, seen)
    if kind == ActKind.REFUSED:
        _check_judged(frame, course)
    elif not (request and may_be_asked_back(frame)):
        _check_unpublished(frame)
    after = frame.with_columns(state=pl.lit(_ENDS[kind].value), moved_on=pl.lit(today()), agreed=pl.lit(0, pl.Int16))
    return _write(by, course, (frame, after), kind, words, form={"request": request} if request else {})


def may_be_asked_back(frame: pl.DataFrame) -> bool:
    """Tell whether a frame is one case of a household that would be listed, so that it may ask to leave it."""
    wanted = (pl.col("subject_kind") == "household") & pl.col("proposal").is_in(_ASKED_FOR)
    return frame.height == 1 and bool(frame.select(wanted).item())


def _check_judged(frame: pl.DataFrame, course: Course) -> None:
    for done in frame["done"].unique().sort():
        step = course.after(done)
        assert step is not None, "an open case waits for a step"
        if not course.judges(step):
            raise RefusalOutOfPlace(step=step.title)


def _check_unpublished(frame: pl.DataFrame) -> None:
    published = published_of(frame["case"].to_list())
    if published:
        raise WithdrawalTooLate(count=len(published))


def _held(by: Actor, cases: Sequence[int], reason: str, seen: str | None) -> tuple[pl.DataFrame, Course, str]:
    words = checked_reason(reason)
    frame = held(cases)
    if seen is not None and content_of(frame) != seen:
        raise CasesChanged
    check_open(frame)
    course = course_before(frame)
    for key, mine in frame.group_by("county", "done"):
        county, done = (int(str(part)) for part in key)
        step = course.after(done)
        assert step is not None, "an open case waits for a step"
        require_at(by, course.right(step), county, mine["place"].unique().to_list())
        if course.decides(step):
            check_other_hands(by, mine, step)
    return frame, course, words


def _write(
    by: Actor,
    course: Course,
    moved: tuple[pl.DataFrame, pl.DataFrame],
    kind: ActKind,
    reason: str,
    *,
    form: Mapping[str, Any] | None = None,
) -> list[Act]:
    """Write one act for each place and step; moved: the cases as they stood and as they stand then."""
    before, after = moved
    deeds, on = [], today()
    for key, mine in before.group_by("place", "done", maintain_order=True):
        place, done = (int(str(part)) for part in key)
        step = course.after(done)
        assert step is not None, "an open case waits for a step"
        deeds.append(
            Deed(
                version=course.version,
                place=place,
                kind=kind,
                step=step.name,
                on=max(on, _latest(mine)),
                at=step.order,
                hand=Hand.DECIDED if course.decides(step) else Hand.MADE,
                after=after.filter(pl.col("case").is_in(mine["case"].implode())),
                content=content_of(mine),
                form=form or {},
                reason=reason,
            )
        )
    return write_deeds(by, deeds, f"case.{kind.value}")


def _latest(frame: pl.DataFrame) -> date:
    latest = frame["moved_on"].max()
    assert isinstance(latest, date)
    return latest
