"""Queues (待办): which cases wait for which step, by village, with the days that matter. Each query takes the scope."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl
from django.db import connection

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_of
from bangfu.kernel.bulk import read_frame
from bangfu.params import Step
from bangfu.places.queries import numbers_within
from bangfu.places.scope import Scope
from bangfu.procedures.course import RIGHTS, Course, Version, course_of
from bangfu.procedures.deadlines import deadline_of
from bangfu.procedures.models import CaseState
from bangfu.procedures.stops import stops_of
from bangfu.rules.steps import last_day

_ROWS: Final = {
    "programme": pl.String,
    "procedure": pl.String,
    "law_from": pl.Date,
    "done": pl.Int16,
    "place": pl.Int64,
    "posted_on": pl.Date,
    "clue_on": pl.Date,
    "objected": pl.Int64,
    "count": pl.Int64,
}
_OF_VERSION: Final = ("programme", "procedure", "law_from")


@dataclass(frozen=True, slots=True)
class Queue:
    """Cases of one procedure that wait for the same step.

    hanging   whether their notice hangs, so that the step is to close it
    by_place  how many wait, by village
    until     the first day on which a hanging notice of them may be closed if nothing more stops it; None without one
    deadline  the first day by which the step is to be finished for one of them; None where the law sets none
    """

    course: Course
    step: Step
    hanging: bool
    by_place: dict[int, int]
    until: date | None
    deadline: date | None

    @property
    def count(self) -> int:
        """How many cases wait."""
        return sum(self.by_place.values())


def queues_of(actor: ActingPerson, on: date) -> list[Queue]:
    """Return what waits for a person, in the order of the steps: what their rights allow in their places (待办)."""
    rows = waiting_in(scope_of(actor, *RIGHTS))
    found = []
    for course, step, mine in _by_step(rows):
        allowed = _within(mine, scope_of(actor, course.right(step)))
        for hanging in (False, True):
            some = allowed.filter(pl.col("posted_on").is_not_null() == hanging)
            if some.height:
                found.append(_queue(course, step, some, on, hanging=hanging))
    return found


def waiting_in(scope: Scope) -> pl.DataFrame:
    """Return how many cases wait in a scope, by procedure, step and village: who looks may not take every step.

    A case to which anybody ever objected stands on a row of its own, for its clock stopped; `objected` is its number, 0
    on the rows of the others.
    """
    if not scope.roots:
        return pl.DataFrame(schema=_ROWS)
    inside, places = scope.where("s.place")
    sql = (
        "SELECT c.programme, c.procedure, c.law_from, s.done, s.place, s.posted_on, MIN(c.clue_on), "
        "COALESCE(o.case_id, 0), COUNT(*) "
        "FROM procedures_standing s JOIN procedures_case c ON c.id = s.case_id "
        "LEFT JOIN (SELECT DISTINCT case_id FROM procedures_objection WHERE case_id IS NOT NULL) o "
        "ON o.case_id = s.case_id "
        f"WHERE s.live AND s.state = %s AND {inside} "
        "GROUP BY c.programme, c.procedure, c.law_from, s.done, s.place, s.posted_on, COALESCE(o.case_id, 0) "
        "ORDER BY c.programme, c.procedure, c.law_from, s.done, s.place, s.posted_on"
    )
    return read_frame(connection, sql, [CaseState.OPEN.value, *places], _ROWS)


def stands_of(rows: pl.DataFrame) -> list[tuple[Course, dict[int, int]]]:
    """Return for each procedure how many cases wait for each step, by the step's order: where the cases stand."""
    found = []
    for key, mine in rows.group_by(*_OF_VERSION, maintain_order=True):
        course = course_of(_version(key))
        waiting = dict(mine.group_by("done").agg(pl.col("count").sum()).sort("done").iter_rows())
        found.append((course, {step.order: waiting.get(step.order - 1, 0) for step in course.steps}))
    return found


def _within(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    return rows if scope.whole else rows.filter(pl.col("place").is_in(numbers_within(scope).implode()))


def _by_step(rows: pl.DataFrame) -> Iterator[tuple[Course, Step, pl.DataFrame]]:
    for key, mine in rows.group_by(*_OF_VERSION, "done", maintain_order=True):
        course = course_of(_version(key))
        step = course.after(int(str(key[3])))
        assert step is not None, "an open case waits for a step"
        yield course, step, mine


def _version(key: tuple[object, ...]) -> Version:
    programme, procedure, law_from = key[:3]
    assert isinstance(law_from, date)
    return Version(str(programme), str(procedure), law_from)


def _queue(course: Course, step: Step, rows: pl.DataFrame, on: date, *, hanging: bool) -> Queue:
    stops = stops_of(rows.filter(pl.col("objected") > 0)["objected"].to_list())
    served, deadlines = set(), set()
    for posted_on, clue_on, case in rows.select("posted_on", "clue_on", "objected").unique().iter_rows():
        spans = stops.get(case, ())
        deadlines.add(deadline_of(step, clue_on, spans, on))
        if posted_on is not None:
            served.add(last_day(posted_on, step.minimum_days, spans, on))
    by_place = dict(rows.group_by("place", maintain_order=True).agg(pl.col("count").sum()).iter_rows())
    first = min((day for day in deadlines if day is not None), default=None)
    return Queue(course, step, hanging, by_place, min(served, default=None), first)
