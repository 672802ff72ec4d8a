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
    facts  the household's own facts of the snapshot, income items among them
    items  how the run counts each income item: add, subtract or exclude
    told   the reason and every criterion, in words
    firm   which recorded facts, if wrong, would change the outcome; judged when it is asked for
    """

    run: Run
    row: dict[str, Any]
    facts: dict[str, Any]
    items: dict[str, str]
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
    frames, parameters, findings  what judging it again needs
    """

    sha256: str
    household: int
    frames: Frames = field(compare=False)
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
    frames = _household_frames(run.snapshot, home, row["village"], household)
    return Reasons(
        run=run,
        row=row,
        facts=frames.households.row(0, named=True),
        items=manifest["findings"]["income"]["items"],
        told=explain(row, manifest["findings"], parameters),
        case=Case(run.sha256, household, frames, parameters, manifest["findings"]),
    )


@lru_cache(maxsize=_CASES)
def _judged(case: Case) -> WhatWouldChange:
    return what_would_change(case.frames, case.parameters, case.findings, case.household)


def _household_frames(snapshot: Snapshot, home: Home, village: int, household: int) -> Frames:
    """Return the frames of a snapshot cut to one household; its files are checked once a process."""
    folder = home.snapshots / snapshot.name
    _check(folder, snapshot.sha256)
    mine = (pl.col("village") == village) & (pl.col("household") == household)
    rows = {name: pl.scan_parquet(folder / f"{name}.parquet").filter(mine).collect() for name in _OF_HOUSEHOLDS}
    return Frames(**rows, **_places(folder, snapshot.sha256))


@lru_cache(maxsize=_HELD)
def _check(folder: Path, sha256: str) -> None:
    check_files(folder, read_manifest(folder, sha256)["files"])


@lru_cache(maxsize=_HELD)
def _places(folder: Path, sha256: str) -> dict[str, pl.DataFrame]:
    del sha256
    return {name: pl.read_parquet(folder / f"{name}.parquet") for name in ("villages", "places")}
