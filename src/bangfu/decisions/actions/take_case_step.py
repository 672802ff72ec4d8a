"""Take a step of cases, and where they end with it, record in the register what was decided."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl
from django.db import connection, transaction

from bangfu.audit.actions import append_event
from bangfu.audit.commitments import commit_frame
from bangfu.audit.row_numbers import table_numbers
from bangfu.decisions.holds import BLOCKED, OVERTAKEN, holds_of
from bangfu.decisions.models import Decision
from bangfu.decisions.place_exits import checks_of, failing
from bangfu.kernel.actors import Actor
from bangfu.kernel.bulk import in_list, read_frame, write_rows
from bangfu.kernel.errors.procedures import CriteriaNotMet, HitUnanswered, StatusOvertaken
from bangfu.kernel.home import Home
from bangfu.kernel.status import StatusKind
from bangfu.procedures.actions.take_step import take_step
from bangfu.procedures.course import Version, course_of
from bangfu.procedures.models import Act, Case, CaseState
from bangfu.procedures.queries import codes_found
from bangfu.procedures.said import Said
from bangfu.registry.actions.record_rows import record_rows
from bangfu.rules.rates import may_exit

STATUS: Final = {
    "identified": StatusKind.IDENTIFIED,
    "exited": StatusKind.EXITED,
    "relapsed": StatusKind.RELAPSED,
    "removed": StatusKind.REMOVED,
    "monitored": StatusKind.MONITORED,
    "cleared": StatusKind.CLEARED,
}
"""Proposal of a household's case -> the status event that its end records."""
_NAMED: Final = 5
"""How many cases an error names."""
_FINISHED: Final = {
    "case_id": pl.Int64,
    "county": pl.Int64,
    "subject_kind": pl.String,
    "subject_id": pl.Int64,
    "proposal": pl.String,
    "grounds": pl.String,
    "effective_from": pl.Date,
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step did: its acts, and how many decisions entered the register with it."""

    acts: list[Act]
    decided: int


@transaction.atomic
def take_case_step(
    *,
    by: Actor,
    cases: Sequence[int],
    step: str,
    on: date,
    said: Said | None = None,
    seen: str | None = None,
    reason: str = "",
) -> Taken:
    """Do the next step of some cases; those that end with it change the register (认定入册).

    Arguments are those of `procedures.actions.take_step`. The status event of a household stands on the day of its
    last step; a place has no status but its decisions.

    Raises  what take_step raises; HitUnanswered, StatusOvertaken where a household's decision is held back;
            CriteriaNotMet for the evaluation of a county that misses its rates
    """
    _check_evaluation(cases, step, said or Said())
    _check_holds(cases, step)
    acts = take_step(by=by, cases=cases, step=step, on=on, said=said, seen=seen, reason=reason)
    ended = _finished(cases)
    for key, mine in ended.group_by("county", maintain_order=True):
        _record(by, int(str(key[0])), mine)
    return Taken(acts, ended.height)


def _check_evaluation(cases: Sequence[int], step: str, said: Said) -> None:
    """Refuse the evaluation of a county whose rates miss their limits or have no data; raises CriteriaNotMet."""
    for case in Case.objects.filter(pk__in=cases, subject_kind="county").select_related("run__snapshot"):
        course = course_of(Version(case.programme, case.procedure, case.law_from))
        if case.run is None or course.step(step).kind != "assessment":
            continue
        checks = checks_of(case.run, case.subject_id, said.counts, Home.current())
        if may_exit(checks) is not True:
            raise CriteriaNotMet(criteria=failing(checks))


def _check_holds(cases: Sequence[int], step: str) -> None:
    first = Case.objects.filter(pk__in=cases).first()
    if first is None:
        return
    course = course_of(Version(first.programme, first.procedure, first.law_from))
    held = holds_of(cases, course, course.step(step))
    for why, error in ((BLOCKED, HitUnanswered), (OVERTAKEN, StatusOvertaken)):
        mine = sorted(case for case, one in held.items() if one == why)
        if mine:
            raise error(count=len(mine), cases="、".join(map(str, mine[:_NAMED])))


def _finished(cases: Sequence[int]) -> pl.DataFrame:
    """Return those of the cases that are finished and have no decision yet."""
    condition, parameter = in_list(connection, "c.id", sorted(set(cases)))
    sql = (
        "SELECT c.id, c.county, c.subject_kind, c.subject_id, c.proposal, c.grounds, s.moved_on FROM procedures_case c "
        "JOIN procedures_standing s ON s.case_id = c.id AND s.live "
        f"WHERE s.state = %s AND {condition} AND NOT EXISTS "
        "(SELECT 1 FROM decisions_decision d WHERE d.case_id = c.id) ORDER BY c.id"
    )
    return read_frame(connection, sql, [CaseState.FINISHED.value, parameter], _FINISHED)


def _record(by: Actor, county: int, ended: pl.DataFrame) -> None:
    keys = Home.current().keys
    households = ended.filter(pl.col("subject_kind") == "household")
    events = _status_events(households)
    if events.height:
        subject = f"cases {events.height}"
        rows = {"registry_status_event": events.drop("case_id")}
        record_rows(by=by, county=county, subject=subject, rows=rows, keys=keys, permission=None)
    numbered = ended.join(events.select("case_id", pl.col("id").alias("status_event_id")), on="case_id", how="left")
    frame = numbered.select(
        pl.Series("id", table_numbers(Decision._meta.db_table, ended.height), pl.Int64),
        pl.lit(county, pl.Int64).alias("county"),
        *("case_id", "subject_kind", "subject_id", "proposal", "status_event_id", "effective_from"),
    )
    event = append_event(
        by=by,
        county=county,
        action="decision.record",
        subject=f"cases {ended.height}",
        body={"tables": {Decision._meta.db_table: commit_frame(keys, frame)}},
    )
    write_rows(connection, Decision._meta.db_table, frame.with_columns(event_id=pl.lit(event.pk, pl.Int64)))


def _status_events(ended: pl.DataFrame) -> pl.DataFrame:
    """Return the status events that finished cases of households record, each with its case."""
    kinds = {proposal: kind.value for proposal, kind in STATUS.items()}
    grounds = [json.loads(text) for text in ended["grounds"]]
    found = codes_found(ended.filter(pl.col("proposal") == "cleared")["case_id"].to_list())
    opened = [one.get("cleared_how") for one in grounds]  # cases of before the visit asked said it when they began
    how = [found.get(case, {}).get("cleared_how", said) for case, said in zip(ended["case_id"], opened, strict=True)]
    return ended.select(
        pl.Series("id", table_numbers("registry_status_event", ended.height), pl.Int64),
        "case_id",
        "effective_from",
        pl.col("subject_id").alias("household_id"),
        pl.col("proposal").replace_strict(kinds, return_dtype=pl.Int16).alias("kind"),
        pl.Series("monitored_class", [one.get("class") for one in grounds], pl.Int16),
        pl.Series("cleared_how", how, pl.Int16),
        pl.lit(value=False).alias("inherited"),
    )
