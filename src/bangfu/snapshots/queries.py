"""Everything that reads snapshots and runs."""

from datetime import date
from typing import Any

import polars as pl

from bangfu.kernel.errors.evidence import EvidenceUnknown, NothingToRun
from bangfu.kernel.home import Home
from bangfu.places.scope import Scope
from bangfu.snapshots.evidence import read_frames, read_manifest
from bangfu.snapshots.models import Run, Snapshot


def snapshot_named(name: str) -> Snapshot:
    """Return the snapshot of this name; raises EvidenceUnknown."""
    found = Snapshot.objects.filter(name=name).first()
    if found is None:
        raise EvidenceUnknown(name=name)
    return found


def run_named(name: str | None, programme: str | None = None) -> Run:
    """Return the run of this name, or without a name the latest run (of the programme).

    Raises EvidenceUnknown, or NothingToRun when there is none yet
    """
    if name is None:
        runs = Run.objects.filter(programme=programme) if programme else Run.objects.all()
        latest = runs.order_by("id").last()
        if latest is None:
            raise NothingToRun
        return latest
    found = Run.objects.filter(name=name).first()
    if found is None:
        raise EvidenceUnknown(name=name)
    return found


def latest_snapshot(on: date) -> Snapshot | None:
    """Return the newest snapshot of the day, if there is one."""
    return Snapshot.objects.filter(true_on=on).order_by("id").last()


def run_manifest(run: Run, home: Home) -> dict[str, Any]:
    """Return the checked manifest of a run."""
    return read_manifest(home.runs / run.name, run.sha256)


def run_frames(run: Run, home: Home, scope: Scope) -> dict[str, pl.DataFrame]:
    """Return the checked frames of a run, cut to the scope: `households`, `indicators` and `places`."""
    frames = read_frames(home.runs / run.name, run_manifest(run, home)["files"])
    if scope.whole:
        return frames
    villages = frames["households"]["village"].unique()
    inside = villages.filter([scope.contains(number) for number in villages.to_list()])
    frames["households"] = frames["households"].join(inside.to_frame(), on="village", how="semi")
    mine = pl.col("place").map_elements(scope.contains, return_dtype=pl.Boolean)
    for name in ("indicators", "places"):
        frames[name] = frames[name].filter(mine)
    return frames
