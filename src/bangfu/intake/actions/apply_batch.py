"""Approve a staged batch and apply it to the register, once, in one transaction."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction

from bangfu.audit.actions import lock_chain
from bangfu.audit.models import Head
from bangfu.intake.actions.stage_batch import SAID, exit_codes
from bangfu.intake.applying import Numbering, counties_of, county_rows, number_new
from bangfu.intake.models import Batch, BatchState
from bangfu.intake.plan import Statements, plan_batch
from bangfu.intake.queries import batch_named
from bangfu.intake.staging import difference_frames
from bangfu.intake.vault import content_digest, get
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.bulk import in_list
from bangfu.kernel.errors.register import BatchAltered, BatchNotWaiting, BatchOutdated
from bangfu.kernel.home import Home
from bangfu.kernel.status import StatusKind
from bangfu.params import load
from bangfu.places.scope import Scope
from bangfu.procedures.actions.approve import Content, approve
from bangfu.registry.actions.record_rows import record_rows
from bangfu.work.actions.open_leads import Doubt, open_leads


@transaction.atomic
def apply_batch(*, by: Actor, number: int, home: Home) -> dict[str, Any]:
    """Approve the batch as a second person and record its difference (审批入库).

    Either everything of the batch is recorded or nothing is. What is applied is exactly what was
    shown: the digest of the difference is checked, and computed again when the register moved on.

    by       another person than the one who staged; needs the right to approve in every county of the batch
    number   the batch
    Returns  batch, state and the number of rows recorded by table
    Raises   BatchNotFound, BatchNotWaiting, BatchAltered, BatchOutdated, NotPermitted, OwnWork
    """
    batch = batch_named(number, lock=True)
    if batch.state != BatchState.STAGED:
        raise BatchNotWaiting(batch=number, state=batch.state, verb="approved")
    heads: dict[str, str | None] = json.loads(batch.heads)
    counties = sorted(int(county) for county in heads)
    for county in counties:
        require(by, Can.APPROVE_IMPORT, county)
        lock_chain(county)
    difference = get(_sealed(batch, home), home.keys, lambda name: not name.startswith(SAID))
    if content_digest(difference) != batch.content_hash:
        raise BatchAltered(batch=number)
    if not _heads_stand(heads):
        _compare_again(batch, home)
    content = Content(
        kind="batch",
        id=batch.pk,
        county=counties[0],
        hash=hashlib.sha256(f"batch {batch.pk} {batch.content_hash}".encode()).hexdigest(),
        maker=batch.maker_id,
    )
    approve(by=by, permission=Can.APPROVE_IMPORT, content=content, step="apply")
    recorded = _record(by, batch, difference, home)
    batch.state = BatchState.APPLIED
    batch.save(update_fields=["state"])
    return {"batch": batch.pk, "state": batch.state, "recorded": recorded}


def _heads_stand(heads: Mapping[str, str | None]) -> bool:
    present = dict(Head.objects.filter(county__in=[int(county) for county in heads]).values_list("county", "hash"))
    return all(digest is not None and present.get(int(county)) == digest for county, digest in heads.items())


def _sealed(batch: Batch, home: Home) -> Path:
    return home.batches / f"{batch.pk}.sealed"


def _compare_again(batch: Batch, home: Home) -> None:
    """Raise BatchOutdated unless the statements still make the same difference to the register as it is now."""
    frames = get(_sealed(batch, home), home.keys, lambda name: name.startswith(SAID))
    said = Statements(frames["said:households"], frames["said:persons"], frames["said:villages"])
    plan = plan_batch(said, Scope.everywhere(), home.keys, exit_codes(load()))
    if content_digest(difference_frames(said, plan)) != batch.content_hash:
        raise BatchOutdated(batch=batch.pk)


def _record(by: Actor, batch: Batch, frames: Mapping[str, pl.DataFrame], home: Home) -> dict[str, int]:
    numbering = number_new(frames)
    recorded: dict[str, int] = {}
    _retire_identities(frames)
    for county in counties_of(frames):
        tables = county_rows(frames, county, numbering, home.keys)
        record_rows(by=by, county=county, subject=f"batch {batch.pk}", rows=tables, keys=home.keys)
        for table, rows in tables.items():
            recorded[table] = recorded.get(table, 0) + rows.height
    doubts = _doubts(frames["leads"], numbering)
    if doubts:
        recorded["work_lead"] = open_leads(by=by, event=None, rows=doubts)
    return recorded


def _retire_identities(frames: Mapping[str, pl.DataFrame]) -> None:
    """Take the mark of the row in force from identities that get a new row."""
    rows = frames.get("topic:identity")
    if rows is None:
        return
    known = rows.filter(pl.col("person_id") > 0)["person_id"].unique().to_list()
    if known:
        condition, parameter = in_list(connection, "person_id", known)
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE registry_identity SET live = %s WHERE live AND {condition}", [False, parameter])


def _doubts(leads: pl.DataFrame, numbering: Numbering) -> list[Doubt]:
    if leads.is_empty():
        return []
    named = {kind.value: kind.name.lower() for kind in StatusKind}
    return [
        Doubt(
            kind="status_differs",
            county=row["county"],
            subject_kind="household",
            subject_id=row["household_id"],
            evidence=f"stated {named[row['stated']]}, register has {named.get(row['held'], 'nothing')}",
        )
        for row in leads.with_columns(numbering.households("household_id")).to_dicts()
    ]
