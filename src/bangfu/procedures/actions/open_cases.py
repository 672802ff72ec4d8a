"""Open cases: subjects of one county begin the way of a procedure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl
from django.db import connection, transaction

from bangfu.access.acting import today
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_frame, commit_rows
from bangfu.audit.row_numbers import next_numbers, table_numbers
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.bulk import write_rows
from bangfu.kernel.errors.procedures import DayOutOfOrder, NothingToDo
from bangfu.kernel.home import Home
from bangfu.procedures.course import Version, course_of
from bangfu.procedures.models import Act, ActKind, Case, CaseState, Hand, Standing
from bangfu.procedures.standings import ACT_COLUMNS, WRITTEN, act_rows
from bangfu.procedures.under_way import check_none_under_way

_CASE: Final = (
    "id", "county", "place", "programme", "procedure", "law_from", "subject_kind", "subject_id", "proposal", "grounds",
    "run_id", "clue_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subjects:
    """What cases are opened about, all of one county.

    kind   household, village, county
    frame  one row a subject: place, subject_id (Int64), proposal, grounds (String, JSON)
    run    number of the run that found them, None where none did
    """

    county: int
    kind: str
    frame: pl.DataFrame
    run: int | None = None


@transaction.atomic
def open_cases(
    *, by: Actor, version: Version, subjects: Subjects, on: date, clue_on: date | None = None, origin: str = ""
) -> pl.Series:
    """Open a case for each subject (发起事项); they wait for the first step.

    by       needs the right to open cases at each place
    on       the day from which the case runs, today or earlier
    clue_on  the day from which the law's days to finish are counted; `on` when None
    origin   subject of what they come from, for the audit entry: a round, a lead
    Returns  numbers of the cases, in the order of the subjects
    Raises   NotPermitted, NothingToDo, CaseOpenAlready, DayOutOfOrder, ParameterUnknown, ParameterNotInForce
    """
    course_of(version)
    frame = subjects.frame
    if frame.is_empty():
        raise NothingToDo
    if on > today():
        raise DayOutOfOrder(day=on.isoformat(), first=version.law_from.isoformat())
    require_at(by, Can.OPEN_CASES, subjects.county, frame["place"].unique().to_list())
    lock_chain(subjects.county)
    check_none_under_way(subjects.county, version.programme, subjects.kind, frame["subject_id"].to_list())
    cases = _cases(subjects, version, clue_on or on)
    acts, standings = _first_standings(by, cases, version, on)
    keys = Home.current().keys
    tables = {
        Case._meta.db_table: commit_frame(keys, cases),
        Act._meta.db_table: commit_rows(keys, ACT_COLUMNS, act_rows(acts)),
        Standing._meta.db_table: commit_frame(keys, standings),
    }
    body = {"tables": tables} | ({"origin": origin} if origin else {})
    event = append_event(by=by, county=subjects.county, action="case.open", subject=f"cases {cases.height}", body=body)
    pinned = pl.lit(event.pk, pl.Int64).alias("event_id")
    write_rows(connection, Case._meta.db_table, cases.with_columns(pinned))
    Act.objects.bulk_create([_bound(act, event.pk) for act in acts])
    live = pl.lit(value=True).alias("live")
    write_rows(connection, Standing._meta.db_table, standings.with_columns(live, pinned))
    return cases["id"]


def require_at(by: Actor, right: Can, county: int, places: Sequence[int]) -> None:
    """Refuse unless the actor has a right in the county, or at each of these places of it; raises NotPermitted."""
    if not by.may(right, county):
        for place in places:
            require(by, right, place)


def _cases(subjects: Subjects, version: Version, clue_on: date) -> pl.DataFrame:
    numbers = table_numbers(Case._meta.db_table, subjects.frame.height)
    return subjects.frame.with_columns(
        pl.Series("id", numbers, pl.Int64),
        county=pl.lit(subjects.county, pl.Int64),
        programme=pl.lit(version.programme),
        procedure=pl.lit(version.procedure),
        law_from=pl.lit(version.law_from),
        subject_kind=pl.lit(subjects.kind),
        run_id=pl.lit(subjects.run, pl.Int64),
        clue_on=pl.lit(clue_on),
    ).select(_CASE)


def _first_standings(by: Actor, cases: pl.DataFrame, version: Version, on: date) -> tuple[list[Act], pl.DataFrame]:
    """Return one act of opening for each place, and where its cases stand: before the first step."""
    places = cases["place"].unique().sort().to_list()
    numbers = dict(zip(places, next_numbers(Act, len(places)), strict=True))
    acts = [
        Act(
            id=number,
            county=cases["county"][0],
            place=place,
            programme=version.programme,
            procedure=version.procedure,
            law_from=version.law_from,
            kind=ActKind.OPENED.value,
            on=on,
            person_id=by.person_id,
            content="0" * 64,
        )
        for place, number in numbers.items()
    ]
    act = pl.col("place").replace_strict(list(numbers), list(numbers.values()), return_dtype=pl.Int64)
    standings = cases.select(
        "county",
        "place",
        pl.col("id").alias("case_id"),
        act.alias("act_id"),
        act.alias("visit"),
        *(pl.lit(0, pl.Int16).alias(name) for name in ("done", "at", "agreed")),
        pl.lit(None, pl.Date).alias("posted_on"),
        pl.lit(on).alias("moved_on"),
        pl.lit(CaseState.OPEN.value).alias("state"),
        pl.lit(by.person_id, pl.Int64).alias("person_id"),
        pl.lit(Hand.MADE.value, pl.Int16).alias("hand"),
    )
    ids = pl.Series("id", table_numbers(Standing._meta.db_table, standings.height), pl.Int64)
    return acts, standings.with_columns(ids).select("id", *WRITTEN)


def _bound(act: Act, event: int) -> Act:
    act.event_id = event
    return act
