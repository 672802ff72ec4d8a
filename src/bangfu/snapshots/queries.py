"""Everything that reads snapshots and runs."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import polars as pl

from bangfu.kernel.asking import asked_once
from bangfu.kernel.errors.evidence import EvidenceUnknown, NothingToRun
from bangfu.kernel.home import Home
from bangfu.places.queries import numbers_within
from bangfu.places.scope import Scope
from bangfu.snapshots.evidence import read_frames, read_manifest
from bangfu.snapshots.models import Run, Snapshot

_HELD: Final = 4
"""How many runs a process keeps in memory: this year's and last year's of two programmes."""


def snapshot_named(name: str) -> Snapshot:
    """Return the snapshot of this name; raises EvidenceUnknown."""
    found = Snapshot.objects.filter(name=name).first()
    if found is None:
        raise EvidenceUnknown(name=name)
    return found


@asked_once
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


def runs_listed(programme: str | None = None, on: date | None = None) -> list[Run]:
    """Return the runs with their snapshots, the newest first, of a programme or a day where one is named."""
    found = Run.objects.select_related("snapshot").order_by("-true_on", "-id")
    if programme is not None:
        found = found.filter(programme=programme)
    return list(found if on is None else found.filter(true_on=on))


def run_before(run: Run) -> Run | None:
    """Return the programme's run of the latest day before, or of the same day but made earlier; None without one."""
    same = Run.objects.filter(programme=run.programme)
    earlier = same.filter(true_on__lt=run.true_on) | same.filter(true_on=run.true_on, id__lt=run.pk)
    return earlier.order_by("-true_on", "-id").first()


def latest_snapshot(on: date) -> Snapshot | None:
    """Return the newest snapshot of the day, if there is one."""
    return Snapshot.objects.filter(true_on=on).order_by("id").last()


def snapshot_places(snapshot: Snapshot, home: Home) -> pl.DataFrame:
    """Return the checked tree of places as a snapshot froze it: place and parent, among other columns."""
    place = home.snapshots / snapshot.name
    files = read_manifest(place, snapshot.sha256)["files"]
    return read_frames(place, {"places": files["places"]})["places"]


def run_manifest(run: Run, home: Home) -> dict[str, Any]:
    """Return the checked manifest of a run; the caller alters nothing of it."""
    return _checked(home.runs / run.name, run.sha256)[0]


def run_frames(run: Run, home: Home, scope: Scope) -> dict[str, pl.DataFrame]:
    """Return the checked frames of a run, cut to the scope: `households`, `indicators` and `places`.

    A process checks the files once and keeps the latest runs in memory: a page asks for them at every click.
    """
    frames = dict(_checked(home.runs / run.name, run.sha256)[1])
    if scope.whole:
        return frames
    mine = numbers_within(scope).to_frame("place")
    villages = mine.rename({"place": "village"})
    frames["households"] = frames["households"].join(villages, on="village", how="semi", maintain_order="left")
    for name in ("indicators", "places"):
        frames[name] = frames[name].join(mine, on="place", how="semi", maintain_order="left")
    return frames


def run_household(run: Run, home: Home, household: int) -> dict[str, Any] | None:
    """Return one household's row of a run as recorded, None when it has none; the caller minds the scope."""
    rows = _checked(home.runs / run.name, run.sha256)[1]["households"].filter(pl.col("household") == household)
    return rows.row(0, named=True) if rows.height else None


def run_rows(run: Run, home: Home) -> pl.DataFrame:
    """Return the rows of a run whole; for joining to households that the caller has cut to a scope."""
    return _checked(home.runs / run.name, run.sha256)[1]["households"]


@lru_cache(maxsize=_HELD)
def _checked(place: Path, sha256: str) -> tuple[dict[str, Any], dict[str, pl.DataFrame]]:
    manifest = read_manifest(place, sha256)
    return manifest, read_frames(place, manifest["files"])
