"""Open a round of adjustment: the list before and after, and a case for everybody who is proposed to change."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.db import connection, transaction

from bangfu.access.acting import today
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_number
from bangfu.decisions.models import Round, RoundKind
from bangfu.decisions.proposing import CATEGORIES, LOOKBACK, MONITORING, POVERTY, monitors
from bangfu.decisions.round_list import list_of, round_before
from bangfu.decisions.standing_now import overtaken
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.bulk import read_frame
from bangfu.kernel.errors.parameters import ParameterUnknown
from bangfu.kernel.home import Home
from bangfu.places.scope import Scope
from bangfu.procedures.actions.open_cases import Subjects, open_cases
from bangfu.procedures.course import Version, version_on
from bangfu.procedures.queries import CasesAsked, cases_listed
from bangfu.snapshots.evidence import describe, publish
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_manifest

_COLUMNS: Final = ("id", "county", "kind", "programme", "run_id", "before_id", "on", "tally", "sha256")
LIST: Final = "households"
_FALLS_BACK_BY: Final = "relapse"


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening a round gave.

    cases      how many cases were opened, by procedure
    under_way  how many proposals have a case already, of this run or still open, and were left to it
    overtaken  how many proposals what the household is by now does not carry any more
    """

    round: Round
    cases: Mapping[str, int]
    under_way: int
    overtaken: int


@transaction.atomic
def open_round(*, by: Actor, run: Run, county: int, home: Home, kind: RoundKind = RoundKind.YEARLY) -> Opened:
    """Open a round in one county (开展动态调整): propose, and open the cases; nobody's status changes.

    The same run, county and kind give the same round: started again, it opens what is still missing. What was
    decided about a case of the run stands: the round gives no second try.

    by       needs the right to open cases in the county
    run      the run that it rests on
    kind     yearly, or a look back: who is missing and who is wrongly listed, and nobody else
    Raises   NotPermitted, ParameterUnknown, ParameterNotInForce when the programme has no such procedure on the day
    """
    require(by, Can.OPEN_CASES, county)
    lock_chain(county)
    known = Round.objects.filter(county=county, run=run, kind=kind).first()
    findings = run_manifest(run, home)["findings"]
    listed = list_of(run, county, home, kind)
    track = _track(run, kind, findings)
    held = known or _record(by, run, county, kind, listed)
    counts: dict[str, int] = {}
    under_way = late = 0
    for category, (version, proposal) in track.items():
        some = listed.filter(pl.col("category") == category).with_columns(proposal=pl.lit(proposal))
        untaken = _without_case(some, run, county)
        gone_by = overtaken(untaken)
        fresh = untaken.join(gone_by, on="household", how="anti", maintain_order="left")
        under_way, late = under_way + some.height - untaken.height, late + gone_by.height
        if fresh.height:
            subjects = Subjects(county, "household", _subjects(fresh), run.pk)
            opened = open_cases(by=by, version=version, subjects=subjects, on=today(), origin=f"round {held.pk}")
            counts[version.procedure] = counts.get(version.procedure, 0) + opened.len()
    return Opened(held, counts, under_way, late)


def round_folder(home: Home, county: int, run: Run, kind: RoundKind) -> Path:
    """Return where the list of a round lies."""
    return home.rounds / f"{kind.value}-{county}-{run.name}"


def _track(run: Run, kind: RoundKind, findings: dict[str, Any]) -> dict[str, tuple[Version, str]]:
    """Return category -> the procedure in force today and the proposal of the cases that it opens."""
    track = LOOKBACK if kind == RoundKind.LOOKBACK else MONITORING if monitors(findings) else POVERTY
    return {name: (_version(run.programme, procedure), proposal) for name, (procedure, proposal) in track.items()}


def _version(programme: str, procedure: str) -> Version:
    """Return the version in force; who falls back goes the way of identification where there is no way of its own."""
    try:
        return version_on(programme, procedure, today())
    except ParameterUnknown:
        if procedure != _FALLS_BACK_BY:
            raise
        return version_on(programme, "identify", today())


def _subjects(rows: pl.DataFrame) -> pl.DataFrame:
    named = pl.struct("because", "class")
    return rows.select(
        pl.col("village").alias("place"),
        pl.col("household").alias("subject_id"),
        "proposal",
        named.struct.json_encode().alias("grounds"),
    )


def _without_case(rows: pl.DataFrame, run: Run, county: int) -> pl.DataFrame:
    """Return those without a case of this run, whatever became of it, and without an open one of the programme."""
    asked = CasesAsked(subject_kind="household")
    open_already = cases_listed(Scope((county,)), asked).filter(pl.col("programme") == run.programme)
    sql = "SELECT subject_id FROM procedures_case WHERE county = %s AND run_id = %s AND subject_kind = %s"
    of_run = read_frame(connection, sql, [county, run.pk, "household"], {"household": pl.Int64})
    taken = pl.concat([open_already.select(pl.col("subject_id").alias("household")), of_run])
    return rows.join(taken, on="household", how="anti", maintain_order="left")


def _record(by: Actor, run: Run, county: int, kind: RoundKind, listed: pl.DataFrame) -> Round:
    home = Home.current()
    counted = dict(listed.group_by("category").len().iter_rows())
    tally = {category: int(counted.get(category, 0)) for category in CATEGORIES}
    sha256 = _publish(run, county, kind, listed, home)
    before = round_before(run, county)
    row = Round(
        id=next_number(Round),
        county=county,
        kind=kind.value,
        programme=run.programme,
        run=run,
        before=before,
        on=today(),
        tally=json.dumps(tally, sort_keys=True, separators=(",", ":")),
        sha256=sha256,
    )
    values = [getattr(row, name) for name in _COLUMNS]
    row.event = append_event(
        by=by,
        county=county,
        action="round.open",
        subject=f"round {row.pk}",
        body={"tables": {Round._meta.db_table: commit_rows(home.keys, _COLUMNS, [values])}, "list": sha256},
    )
    row.save(force_insert=True)
    return row


def _publish(run: Run, county: int, kind: RoundKind, listed: pl.DataFrame, home: Home) -> str:
    home.rounds.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.rounds, prefix=".draft-") as parent:
        draft = Path(parent) / "draft"
        draft.mkdir(mode=0o700)
        manifest: dict[str, Any] = {
            "kind": "round",
            "county": county,
            "run": {"name": run.name, "sha256": run.sha256},
            "files": describe({LIST: listed}, draft),
        }
        return publish(draft, manifest, round_folder(home, county, run, kind))
