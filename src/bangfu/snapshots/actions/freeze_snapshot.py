"""Freeze the register: as true on a day, as known on a day."""

import hashlib
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from bangfu import __version__
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.days import SHANGHAI
from bangfu.kernel.home import Home
from bangfu.params import load
from bangfu.places.queries import places_frame
from bangfu.places.scope import COUNTRY, Scope
from bangfu.registry.frames import frames_at
from bangfu.registry.queries import AsOf
from bangfu.snapshots.code import code_digest
from bangfu.snapshots.evidence import describe, publish
from bangfu.snapshots.models import Snapshot

_COLUMNS = ("id", "name", "true_on", "known_on", "sha256", "rows")


@transaction.atomic
def freeze_snapshot(*, by: Actor, on: date, known_on: date | None, home: Home) -> Snapshot:
    """Freeze the whole register and return the snapshot (冻结快照).

    The same register, day and known day give the same files, byte for byte, and so the same snapshot.

    by        needs the right to freeze in the whole country
    on        facts true on this day
    known_on  facts recorded up to the end of this day in Beijing time; None: today
    home      where the files go
    """
    require(by, Can.FREEZE, COUNTRY)
    lock_chain(COUNTRY)
    known = known_on or datetime.now(tz=SHANGHAI).date()
    parameters = load()
    items = [name for name, field in parameters.fields["household"].items() if field.topic == "income"]
    scope = Scope.everywhere()
    frames = frames_at(scope, AsOf.of_days(on, known), items) | {"places": places_frame(scope)}
    with tempfile.TemporaryDirectory(dir=home.snapshots, prefix=".draft-") as parent:
        draft = Path(parent) / "draft"
        draft.mkdir(mode=0o700)
        files = describe(frames, draft)
        name = f"s{on:%Y%m%d}-k{known:%Y%m%d}-{_content(files)}"
        known_already = Snapshot.objects.filter(name=name).first()
        if known_already is not None:
            return known_already
        manifest = {
            "kind": "snapshot",
            "name": name,
            "on": on.isoformat(),
            "known_on": known.isoformat(),
            "files": files,
            "parameters_sha256": parameters.hash,
            "code": {"version": __version__, "sha256": code_digest()},
        }
        sha256 = publish(draft, manifest, home.snapshots / name)
    rows = sum(one["rows"] for one in files.values())
    return _record(by, home, Snapshot(name=name, true_on=on, known_on=known, sha256=sha256, rows=rows))


def _content(files: Mapping[str, Mapping[str, Any]]) -> str:
    """Return twelve digits that name the content of the files."""
    return hashlib.sha256("".join(one["sha256"] for one in files.values()).encode()).hexdigest()[:12]


def _record(by: Actor, home: Home, snapshot: Snapshot) -> Snapshot:
    latest = Snapshot.objects.order_by("id").last()
    snapshot.pk = latest.pk + 1 if latest else 1
    promise = commit_rows(home.keys, _COLUMNS, [[getattr(snapshot, name) for name in _COLUMNS]])
    snapshot.event = append_event(
        by=by,
        county=COUNTRY,
        action="snapshot.freeze",
        subject=f"snapshot:{snapshot.name}",
        body={"tables": {"snapshots_snapshot": promise}},
    )
    snapshot.save(force_insert=True)
    return snapshot
