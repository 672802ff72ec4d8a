"""Why a household got its outcome (判定理由): its row of the run in words, and which fact would change it.

Every door asks here, so that the page, the command line and a printed card give the same reason.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import polars as pl

from bangfu.analysis.changes import WhatWouldChange, what_would_change
from bangfu.analysis.explanation import Explanation, explain
from bangfu.analysis.frames import Frames
from bangfu.kernel.errors.evidence import HouseholdNotInRun
from bangfu.kernel.home import Home
from bangfu.params import Parameters
from bangfu.places.scope import Scope
from bangfu.snapshots.evidence import check_files, read_manifest
from bangfu.snapshots.laws import parameters_of
from bangfu.snapshots.models import Run, Snapshot
from bangfu.snapshots.queries import run_household, run_manifest

_HELD: Final = 4
_CASES: Final = 1_000
"""How many households a process keeps judged: who looks at one opens its card and comes back."""
_OF_HOUSEHOLDS: Final = ("households", "persons")


@dataclass(frozen=True)
class Reasons:
    """Why one household got its outcome.

    run    which run
    row    the household's row of the run
    items  how the run counts each income item: add, subtract or exclude
    fen    what the snapshot has of each of these items; None is not recorded
    told   the reason and every criterion, in words
    firm   which recorded facts, if wrong, would change the outcome; judged when it is asked for
    """

    run: Run
    row: dict[str, Any]
    items: dict[str, str]
    fen: dict[str, int | None]
    told: Explanation
    case: "Case"

    @property
    def firm(self) -> WhatWouldChange:
        """Which recorded facts, each taken alone, would change the outcome if they were wrong."""
        return _judged(self.case)


@dataclass(frozen=True)
class Case:
    """A household before the rules of a run; two are the same when run and household are.

    sha256      digest of the run's manifest, which binds snapshot and parameters
    household   register number
    village     where the snapshot has it
    snapshot, home, parameters, findings  what judging it again needs
    """

    sha256: str
    household: int
    village: int = field(compare=False)
    snapshot: Snapshot = field(compare=False)
    home: Home = field(compare=False)
    parameters: Parameters = field(compare=False)
    findings: dict[str, Any] = field(compare=False)


def reasons(run: Run, home: Home, scope: Scope, household: int) -> Reasons:
    """Return why a household of the scope got its outcome in a run.

    Raises  HouseholdNotInRun when the run has no such household, or has it in a village outside the scope
    """
    row = run_household(run, home, household)
    if row is None or not scope.contains(row["village"]):
        raise HouseholdNotInRun(household=household, run=run.name)
    manifest = run_manifest(run, home)
    parameters = parameters_of(home, manifest["parameters_sha256"])
    findings = manifest["findings"]
    case = Case(run.sha256, household, row["village"], run.snapshot, home, parameters, findings)
    items = findings["income"]["items"]
    return Reasons(
        run=run,
        row=row,
        items=items,
        fen=_rows(case, "households", *items).row(0, named=True),
        told=explain(row, findings, parameters),
        case=case,
    )


@lru_cache(maxsize=_CASES)
def _judged(case: Case) -> WhatWouldChange:
    rows = {name: _rows(case, name) for name in _OF_HOUSEHOLDS}
    frames = Frames(**rows, **_places(case.home.snapshots / case.snapshot.name, case.snapshot.sha256))
    return what_would_change(frames, case.parameters, case.findings, case.household)


def _rows(case: Case, table: str, *columns: str) -> pl.DataFrame:
    """Return what a snapshot's table has of a household, all columns or some; files are checked once a process."""
    folder = case.home.snapshots / case.snapshot.name
    _check(folder, case.snapshot.sha256)
    mine = (pl.col("village") == case.village) & (pl.col("household") == case.household)
    return pl.scan_parquet(folder / f"{table}.parquet").filter(mine).select(columns or pl.all()).collect()


@lru_cache(maxsize=_HELD)
def _check(folder: Path, sha256: str) -> None:
    check_files(folder, read_manifest(folder, sha256)["files"])


@lru_cache(maxsize=_HELD)
def _places(folder: Path, sha256: str) -> dict[str, pl.DataFrame]:
    del sha256
    return {name: pl.read_parquet(folder / f"{name}.parquet") for name in ("villages", "places")}
