"""Open a round of adjustment: the list before and after, and a case for everybody who is proposed to change."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.db import transaction

from bangfu.access.acting import today
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_number
from bangfu.decisions.models import Round, RoundKind
from bangfu.decisions.proposing import CATEGORIES, MONITORING, POVERTY, monitors, proposed
from bangfu.decisions.stability import with_stability
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.errors.parameters import ParameterUnknown
from bangfu.kernel.home import Home
from bangfu.places.scope import Scope
from bangfu.procedures.actions.open_cases import Subjects, open_cases
from bangfu.procedures.course import Version, version_on
from bangfu.procedures.queries import CasesAsked, cases_listed
from bangfu.snapshots.evidence import describe, publish
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_before, run_manifest, run_rows

_COLUMNS: Final = ("id", "county", "kind", "programme", "run_id", "before_id", "on", "tally", "sha256")
LIST: Final = "households"


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening a round gave.

    cases     how many cases were opened, by procedure
    under_way how many proposals have an open case already and were left to it
    """

    round: Round
    cases: Mapping[str, int]
    under_way: int


@transaction.atomic
def open_round(*, by: Actor, run: Run, county: int, home: Home, kind: RoundKind = RoundKind.YEARLY) -> Opened:
    """Open a round in one county (开展动态调整): propose, and open the cases; nobody's status changes.

    The same run, county and kind give the same round: started again, it opens what is still missing.

    by       needs the right to open cases in the county
    run      the run that it rests on
    Raises   NotPermitted, ParameterNotInForce when the programme has no such procedure on the day
    """
    require(by, Can.OPEN_CASES, county)
    lock_chain(county)
    known = Round.objects.filter(county=county, run=run, kind=kind).first()
    findings = run_manifest(run, home)["findings"]
    listed = list_of(run, county, home)
    held = known or _record(by, run, county, kind, listed)
    track = MONITORING if monitors(findings) else POVERTY
    counts: dict[str, int] = {}
    under_way = 0
    for category, (procedure, proposal) in track.items():
        some = listed.filter(pl.col("category") == category)
        version = _version(run.programme, procedure, today())
        fresh = _without_open(some, version, county)
        under_way += some.height - fresh.height
        if fresh.height:
            subjects = Subjects(county, "household", _subjects(fresh, proposal), run.pk)
            opened = open_cases(by=by, version=version, subjects=subjects, on=today(), origin=f"round {held.pk}")
            counts[version.procedure] = counts.get(version.procedure, 0) + opened.len()
    return Opened(held, counts, under_way)


def list_of(run: Run, county: int, home: Home) -> pl.DataFrame:
    """Return what a run proposes of every household of a county, in the columns of proposing.LISTED."""
    findings = run_manifest(run, home)["findings"]
    mine = pl.col("county") == county
    rows = run_rows(run, home).filter(mine)
    if monitors(findings):
        rows = with_stability(rows, run, home)
    before = run_before(run)
    return proposed(rows, None if before is None else run_rows(before, home).filter(mine), findings)


def round_folder(home: Home, county: int, run: Run, kind: RoundKind) -> Path:
    """Return where the list of a round lies."""
    return home.rounds / f"{kind.value}-{county}-{run.name}"


def _version(programme: str, procedure: str, on: date) -> Version:
    """Return the version in force; who falls back goes the way of identification where there is no way of its own."""
    try:
        return version_on(programme, procedure, on)
    except ParameterUnknown:
        return version_on(programme, "identify", on)


def _subjects(rows: pl.DataFrame, proposal: str) -> pl.DataFrame:
    named = pl.struct("because", "class")
    return rows.select(
        pl.col("village").alias("place"),
        pl.col("household").alias("subject_id"),
        pl.lit(proposal).alias("proposal"),
        named.struct.json_encode().alias("grounds"),
    )


def _without_open(rows: pl.DataFrame, version: Version, county: int) -> pl.DataFrame:
    asked = CasesAsked(procedure=version.procedure, subject_kind="household")
    open_already = cases_listed(Scope((county,)), asked).select(pl.col("subject_id").alias("household"))
    return rows.join(open_already, on="household", how="anti", maintain_order="left")


def _record(by: Actor, run: Run, county: int, kind: RoundKind, listed: pl.DataFrame) -> Round:
    home = Home.current()
    counted = dict(listed.group_by("category").len().iter_rows())
    tally = {category: int(counted.get(category, 0)) for category in CATEGORIES}
    sha256 = _publish(run, county, kind, listed, home)
    before = run_before(run)
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
