"""Take the next step of cases: a village's list or a single one, by the same rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl
from django.db import connection, transaction

from bangfu.access.acting import today
from bangfu.kernel.actors import Actor
from bangfu.kernel.bulk import in_list, read_frame
from bangfu.kernel.errors.procedures import (
    CaseEnded,
    CasesChanged,
    DayNotToday,
    DayOutOfOrder,
    EarlierHand,
    NoticeTooShort,
    ObjectionOpen,
    ObjectionUpheld,
    StepOutOfTurn,
)
from bangfu.params import Step, load
from bangfu.procedures.actions.open_cases import require_at
from bangfu.procedures.course import Course, Version, course_of
from bangfu.procedures.deadlines import checked_excuse, late_cases
from bangfu.procedures.models import Act, ActKind, CaseState, Hand
from bangfu.procedures.notices import lines_of
from bangfu.procedures.said import Said
from bangfu.procedures.standings import EARLIER_HAND, Deed, Paper, content_of, held, write_deeds
from bangfu.procedures.stops import stops_of, upheld_against
from bangfu.rules.steps import Span, days_served, last_day

SHOWN_DAYS = "announcement_days"
"""The parameter that says how many days an announcement is shown."""


@dataclass(frozen=True, slots=True)
class _Taking:
    """A step about to be taken: by whom, on which day, with what is said; stops are the objections by case."""

    by: Actor
    course: Course
    step: Step
    on: date
    said: Said
    reason: str
    stops: dict[int, list[Span]]


@transaction.atomic
def take_step(
    *,
    by: Actor,
    cases: Sequence[int],
    step: str,
    on: date,
    said: Said | None = None,
    seen: str | None = None,
    reason: str = "",
) -> list[Act]:
    """Do the next step of some cases of one procedure (办理步骤); all of them, or none.

    A notice is one step with two acts: it is posted, and closed once its days are served. Where the law asks for
    two persons, the step is finished by the second one.

    by     needs the right of the step at each place; for a decision, no other hand in the cases
    cases  numbers of the cases
    step   name of the step: the next one, or nothing is done
    on     the day of what was done; posting, closing, deciding and entering happen today
    said   papers, the meeting's numbers
    seen   the digest of what the person saw (standings.content_of); None where nobody looks at single cases
    reason why it is late, where it is finished after its last day; kept with the days of each case
    Returns the acts, one a place and outcome
    Raises CaseUnknown, CaseEnded, StepOutOfTurn, NotPermitted, ObjectionOpen, ObjectionUpheld, NoticeTooShort,
           DayOutOfOrder, DayNotToday, NoQuorum, CountsDoNotFit, PaperMissing, EarlierHand, LateWithoutReason,
           ReasonNeeded, CasesChanged
    """
    frame = held(cases)
    if seen is not None and content_of(frame) != seen:
        raise CasesChanged
    course = course_before(frame)
    taken = course.step(step)
    taking = _Taking(by, course, taken, on, said or Said(), reason, stops_of(frame["case"].to_list()))
    _check_turn(frame, taking)
    for county, mine in frame.group_by("county"):
        require_at(by, course.right(taken), int(str(county[0])), mine["place"].unique().to_list())
    check_unstopped(taking.stops)
    _check_day(frame, taking)
    if course.decides(taken):
        check_other_hands(by, frame, taken)
    return write_deeds(by, list(_deeds(frame, taking)), f"case.{taken.kind}")


def course_before(frame: pl.DataFrame) -> Course:
    """Return the course that all cases of a frame follow; cases of several go one procedure after the other."""
    versions = frame.select("programme", "procedure", "law_from").unique()
    first = course_of(Version(*versions.row(0)))
    if versions.height > 1:
        raise StepOutOfTurn(count=frame.height, step=first.title, next=first.title)
    return first


def check_open(frame: pl.DataFrame) -> None:
    """Refuse cases that have ended; raises CaseEnded."""
    over = frame.filter(pl.col("state") != CaseState.OPEN)
    if over.height:
        raise CaseEnded(count=over.height)


def check_unstopped(stops: dict[int, list[Span]]) -> None:
    """Refuse cases against which an objection is open, or was right; raises ObjectionOpen, ObjectionUpheld.

    stops  of the cases, as `stops_of` returns them
    """
    waiting = [case for case, spans in stops.items() if any(span.last is None for span in spans)]
    if waiting:
        raise ObjectionOpen(count=len(waiting))
    upheld = upheld_against(list(stops)) if stops else ()
    if upheld:
        raise ObjectionUpheld(count=len(upheld))


def check_other_hands(by: Actor, frame: pl.DataFrame, step: Step) -> None:
    """Refuse who made anything of these cases, or decided elsewhere in them; raises EarlierHand.

    The database refuses it as well; this tells it in words.
    """
    condition, parameter = in_list(connection, "s.case_id", frame["case"].to_list())
    sql = (
        "SELECT COUNT(DISTINCT s.case_id) FROM procedures_standing s JOIN procedures_standing w "
        f"ON w.case_id = s.case_id AND w.live WHERE {condition} AND s.person_id = %s AND {EARLIER_HAND}"
    )
    hands = [Hand.MADE.value, Hand.DECIDED.value, step.order]
    count = read_frame(connection, sql, [parameter, by.person_id, *hands], {"count": pl.Int64}).item()
    if count:
        raise EarlierHand(actor=by.name, count=count)


def _check_turn(frame: pl.DataFrame, taking: _Taking) -> None:
    check_open(frame)
    early = frame.filter(pl.col("done") != taking.step.order - 1)
    if early.height:
        coming = taking.course.after(early["done"][0])
        assert coming is not None, "an open case waits for a step"
        raise StepOutOfTurn(count=early.height, step=taking.step.title, next=coming.title)


def _check_day(frame: pl.DataFrame, taking: _Taking) -> None:
    first = frame["moved_on"].max()
    assert isinstance(first, date)
    if taking.course.present(taking.step) and taking.on != today():
        raise DayNotToday(step=taking.step.title, day=taking.on.isoformat())
    if not first <= taking.on <= today():
        raise DayOutOfOrder(day=taking.on.isoformat(), first=first.isoformat())


def _deeds(frame: pl.DataFrame, taking: _Taking) -> Iterator[Deed]:
    step = taking.step
    if step.kind == "notice":
        fresh = frame.filter(pl.col("posted_on").is_null())
        hanging = frame.filter(pl.col("posted_on").is_not_null())
        _check_served(hanging, taking)
        yield from _posted(fresh, taking)
        yield from _done(hanging, taking)
        return
    if step.kind == "meeting":
        passed = pl.Series([taking.said.passes(case, step) for case in frame["case"]], dtype=pl.Boolean)
        yield from _done(frame.filter(passed), taking)
        yield from _voted_down(frame.filter(~passed), taking)
        return
    finishes = pl.col("agreed") + 1 >= step.persons
    yield from _done(frame.filter(finishes), taking)
    yield from _agreed(frame.filter(~finishes), taking)


def _check_served(hanging: pl.DataFrame, taking: _Taking) -> None:
    days, stops = taking.step.minimum_days, taking.stops
    for posted_on, mine in hanging.group_by("posted_on"):
        spans = {tuple(stops[case]) for case in mine["case"] if case in stops} | {()}
        for stopped in spans:
            served = days_served(posted_on[0], taking.on, stopped)
            if served < days:
                until = last_day(posted_on[0], days, stopped, taking.on)
                raise NoticeTooShort(days=days, served=served, day=until.isoformat())


def _by_place(frame: pl.DataFrame) -> Iterator[tuple[int, pl.DataFrame]]:
    for key, mine in frame.sort("place", "case").group_by("place", maintain_order=True):
        yield int(str(key[0])), mine


def _done(frame: pl.DataFrame, taking: _Taking) -> Iterator[Deed]:
    last = taking.step.order == len(taking.course.steps)
    papers = lines_of(frame, taking.on) if taking.step.kind == "announcement" else {}
    shown = load().programme(taking.course.version.programme)
    late = late_cases(frame, taking.step, taking.stops, taking.on)
    reason = checked_excuse(late, taking.step, taking.reason)
    for place, mine in _by_place(frame):
        after = mine.with_columns(
            done=pl.lit(taking.step.order, pl.Int16),
            agreed=pl.lit(0, pl.Int16),
            posted_on=pl.lit(None, pl.Date),
            moved_on=pl.lit(taking.on),
            state=pl.lit((CaseState.FINISHED if last else CaseState.OPEN).value),
        )
        paper = None
        if taking.step.kind == "announcement":
            days = taking.step.minimum_days or shown.value(SHOWN_DAYS, taking.course.version.law_from).value
            paper = Paper("announcement", last_day(taking.on, days, (), taking.on), papers[place])
        here = {str(case): late[case] for case in mine["case"] if case in late}
        form = taking.said.checked(taking.step) | ({"late": here} if here else {})
        deed = _deed(taking, ActKind.DONE, (place, mine, after), form=form, paper=paper)
        yield replace(deed, reason=reason if here else "")


def _posted(frame: pl.DataFrame, taking: _Taking) -> Iterator[Deed]:
    papers = lines_of(frame, taking.on)
    until = last_day(taking.on, taking.step.minimum_days, (), taking.on)
    for place, mine in _by_place(frame):
        after = mine.with_columns(posted_on=pl.lit(taking.on))
        yield _deed(taking, ActKind.POSTED, (place, mine, after), paper=Paper("notice", until, papers[place]))


def _agreed(frame: pl.DataFrame, taking: _Taking) -> Iterator[Deed]:
    for place, mine in _by_place(frame):
        after = mine.with_columns(agreed=(pl.col("agreed") + 1).cast(pl.Int16))
        yield _deed(taking, ActKind.AGREED, (place, mine, after), form=taking.said.checked(taking.step))


def _voted_down(frame: pl.DataFrame, taking: _Taking) -> Iterator[Deed]:
    for place, mine in _by_place(frame):
        after = mine.with_columns(state=pl.lit(CaseState.REFUSED.value), moved_on=pl.lit(taking.on))
        yield _deed(taking, ActKind.REFUSED, (place, mine, after), form=taking.said.checked(taking.step))


def _deed(
    taking: _Taking,
    kind: ActKind,
    moved: tuple[int, pl.DataFrame, pl.DataFrame],
    *,
    form: dict[str, Any] | None = None,
    paper: Paper | None = None,
) -> Deed:
    """Return one act; moved: the place, its cases as they stood and as they stand then."""
    place, before, after = moved
    if form and "votes" in form:
        mine = {str(case) for case in before["case"]}
        form = form | {"votes": {case: votes for case, votes in form["votes"].items() if case in mine}}
    return Deed(
        version=taking.course.version,
        place=place,
        kind=kind,
        step=taking.step.name,
        on=taking.on,
        at=taking.step.order,
        hand=Hand.DECIDED if taking.course.decides(taking.step) else Hand.MADE,
        after=after,
        content=content_of(before),
        form=form or {},
        paper=paper,
    )
