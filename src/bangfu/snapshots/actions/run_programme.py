"""Run a programme's rules on a snapshot, and prove a run by computing it again."""

import hashlib
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction

from bangfu import __version__
from bangfu.analysis.frames import Frames
from bangfu.analysis.run import evaluate
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.errors.evidence import RunDiffers
from bangfu.kernel.home import Home
from bangfu.params import Parameters
from bangfu.places.scope import COUNTRY
from bangfu.snapshots.code import code_digest
from bangfu.snapshots.evidence import canonical, check_files, describe, publish, read_frames, read_manifest
from bangfu.snapshots.laws import kept_parameters, parameters_of
from bangfu.snapshots.models import Run, Snapshot

_COLUMNS = ("id", "name", "snapshot_id", "programme", "true_on", "sha256")


@transaction.atomic
def run_programme(*, by: Actor, programme: str, snapshot: Snapshot, home: Home) -> Run:
    """Apply a programme's rules of the snapshot's day to the snapshot and keep what they find (运算).

    by         needs the right to run in the whole country
    programme  a programme of params/
    Returns    the run; the same snapshot, rules and code give the same run
    """
    require(by, Can.RUN, COUNTRY)
    lock_chain(COUNTRY)
    parameters = kept_parameters(home)
    with tempfile.TemporaryDirectory(dir=home.runs, prefix=".draft-") as parent:
        draft = Path(parent) / "draft"
        draft.mkdir(mode=0o700)
        manifest = _compute(programme, snapshot, parameters, home, draft)
        name = f"r-{programme}-{snapshot.true_on:%Y%m%d}-{hashlib.sha256(canonical(manifest)).hexdigest()[:12]}"
        known_already = Run.objects.filter(name=name).first()
        if known_already is not None:
            return known_already
        sha256 = publish(draft, manifest, home.runs / name)
    run = Run(name=name, snapshot=snapshot, programme=programme, true_on=snapshot.true_on, sha256=sha256)
    latest = Run.objects.order_by("id").last()
    run.pk = latest.pk + 1 if latest else 1
    promise = commit_rows(home.keys, _COLUMNS, [[getattr(run, column) for column in _COLUMNS]])
    run.event = append_event(
        by=by, county=COUNTRY, action="analysis.run", subject=f"run:{name}", body={"tables": {"snapshots_run": promise}}
    )
    run.save(force_insert=True)
    return run


def recompute_run(run: Run, home: Home) -> dict[str, Any]:
    """Compute a run again from its snapshot and compare every byte (复算).

    The laws are those of the run, kept in the home; the code is the present one.

    Returns  run, files compared, and whether the code is still the recorded one
    Raises   EvidenceMissing or EvidenceAltered for files that are not the recorded ones; RunDiffers
    """
    recorded = read_manifest(home.runs / run.name, run.sha256)
    check_files(home.runs / run.name, recorded["files"])
    parameters = parameters_of(home, recorded["parameters_sha256"])
    with tempfile.TemporaryDirectory(dir=home.runs, prefix=".draft-") as parent:
        draft = Path(parent) / "draft"
        draft.mkdir(mode=0o700)
        present = _compute(run.programme, run.snapshot, parameters, home, draft)
    differing = [
        name
        for name, described in recorded["files"].items()
        if present["files"].get(name, {}).get("sha256") != described["sha256"]
    ]
    if differing or canonical(present["findings"]) != canonical(recorded["findings"]):
        raise RunDiffers(
            run=run.name,
            files=", ".join(differing) or "manifest",
            recorded=recorded["code"]["sha256"][:12],
            present=present["code"]["sha256"][:12],
        )
    return {
        "run": run.name,
        "files": sorted(recorded["files"]),
        "same_code": present["code"] == recorded["code"],
    }


def snapshot_frames(snapshot: Snapshot, home: Home) -> Frames:
    """Return the checked frames of a snapshot."""
    place = home.snapshots / snapshot.name
    return Frames(**read_frames(place, read_manifest(place, snapshot.sha256)["files"]))


def _compute(programme: str, snapshot: Snapshot, parameters: Parameters, home: Home, folder: Path) -> dict[str, Any]:
    on: date = snapshot.true_on
    result = evaluate(snapshot_frames(snapshot, home), parameters, programme, on)
    frames: dict[str, pl.DataFrame] = {
        "households": result.rows,
        "indicators": result.indicators,
        "places": result.places,
    }
    return {
        "kind": "run",
        "programme": programme,
        "on": on.isoformat(),
        "snapshot": {"name": snapshot.name, "sha256": snapshot.sha256},
        "files": describe(frames, folder),
        "findings": result.manifest,
        "parameters_sha256": parameters.hash,
        "code": {"version": __version__, "sha256": code_digest()},
    }
