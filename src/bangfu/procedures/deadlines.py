"""Until when a step is to be finished, and how late it was (办理时限)."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from bangfu.kernel.errors.procedures import LateWithoutReason
from bangfu.params import Step
from bangfu.procedures.said import checked_reason
from bangfu.rules.steps import Span, before_closing, days_served, deadline_on, in_time


def deadline_of(step: Step, clue_on: date, stops: Sequence[Span], on: date) -> date | None:
    """Return the last day on which a step is in time (办理期限); None where the law sets none.

    clue_on  the day from which the law's days are counted
    stops    the objections to the case; they do not move a day that was set for all
    on       the day on which the question is asked
    """
    days = [] if step.within_days is None else [deadline_on(clue_on, step.within_days, stops, on)]
    if step.deadline is not None:
        days.append(step.deadline)
    return min(days, default=None)


def late_days(step: Step, clue_on: date, stops: Sequence[Span], on: date) -> int:
    """Return how many days late a step is on a day (超期天数), days of an open objection not counted; 0 in time."""
    late = 0
    if step.within_days is not None and not in_time(clue_on, on, step.within_days, stops):
        late = days_served(clue_on, on, stops) - step.within_days
    if step.deadline is not None and not before_closing(on, step.deadline):
        late = max(late, (on - step.deadline).days)
    return late


def late_cases(frame: pl.DataFrame, step: Step, stops: Mapping[int, Sequence[Span]], on: date) -> dict[int, int]:
    """Return case -> days late at a step on a day; only those that are.

    frame  cases in the columns of standings.STANDING
    """
    if step.within_days is None and step.deadline is None:
        return {}
    rows = frame.select("case", "clue_on").iter_rows()
    late = {case: late_days(step, clue_on, stops.get(case, ()), on) for case, clue_on in rows}
    return {case: days for case, days in late.items() if days}


def checked_excuse(late: Mapping[int, int], step: Step, reason: str) -> str:
    """Return why a step is late, '' where it is not; raises LateWithoutReason, ReasonNeeded."""
    if not late:
        return ""
    if not reason.strip():
        raise LateWithoutReason(count=len(late), step=step.title, days=max(late.values()))
    return checked_reason(reason)
