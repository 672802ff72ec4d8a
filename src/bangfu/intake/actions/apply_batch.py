"""Approve a staged batch and apply it to the register, once, in one transaction."""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction

from bangfu.audit.actions import lock_chain
from bangfu.audit.models import Head
from bangfu.intake import homes
from bangfu.intake.actions.approving import check_approval, note_act
from bangfu.intake.actions.stage_batch import SAID, exit_codes
from bangfu.intake.applying import Numbering, counties_of, county_rows, number_new
from bangfu.intake.matching import known_by_now
from bangfu.intake.models import Batch, BatchState
from bangfu.intake.plan import Statements
from bangfu.intake.planning import plan_batch
from bangfu.intake.queries import batch_named
from bangfu.intake.staging import difference_frames
from bangfu.intake.vault import content_digest, get
from bangfu.kernel.actors import Actor, Can
from bangfu.kernel.bulk import in_list
from bangfu.kernel.errors.register import BatchAltered, BatchOutdated
from bangfu.kernel.home import Home
from bangfu.kernel.status import StatusKind
from bangfu.params import load
from bangfu.places.scope import Scope
from bangfu.procedures.actions.approve import Content, approve
from bangfu.registry.actions.record_rows import record_rows
from bangfu.work.actions.open_leads import Doubt, open_leads


def unheard(done: int, total: int) -> None:
    """Tell nobody how far it is."""
    del done, total


@transaction.atomic
def apply_batch(*, by: Actor, number: int, home: Home, on_rows: Callable[[int, int], None] = unheard) -> dict[str, Any]:
    """Approve the batch as a second person and record its difference (审批入库).

    Either everything of the batch is recorded or nothing is. What is applied is exactly what was
    shown: the digest of the difference is checked, and computed again when the register moved on.

    by       another person than the one who staged; needs the right to approve in every county of the batch
    number   the batch
    on_rows  called with the rows recorded so far and their sum; what it raises undoes all of the batch
    Returns  batch, state and the number of rows recorded by table
    Raises   BatchNotFound, BatchNotWaiting, BatchAltered, BatchOutdated, NotPermitted, OwnWork
    """
    batch = batch_named(number, lock=True)
    counties = check_approval(by, batch)
    heads: dict[str, str | None] = json.loads(batch.heads)
    for county in counties:
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
    recorded = _record(by, batch, difference, home, on_rows)
    note_act(batch, BatchState.APPLIED, by)
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
    if known_by_now(said):
        raise BatchOutdated(batch=batch.pk)
    plan = plan_batch(said, Scope.everywhere(), home.keys, exit_codes(load()))
    if content_digest(difference_frames(said, plan)) != batch.content_hash:
        raise BatchOutdated(batch=batch.pk)


def _record(
    by: Actor, batch: Batch, frames: Mapping[str, pl.DataFrame], home: Home, on_rows: Callable[[int, int], None]
) -> dict[str, int]:
    done, total = 0, sum(frame.height for frame in frames.values())
    on_rows(done, total)
    numbering = number_new(frames)
    recorded: dict[str, int] = {}
    _retire_identities(frames)
    for county in counties_of(frames):
        tables = county_rows(frames, county, numbering, home.keys)
        before = done

        def told(rows: int, before: int = before) -> None:
            on_rows(before + rows, total)

        record_rows(by=by, county=county, subject=f"batch {batch.pk}", rows=tables, keys=home.keys, on_rows=told)
        done += sum(rows.height for rows in tables.values())
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
    placed = leads.with_columns(numbering.households("household_id"), numbering.households("other_id"))
    return [
        Doubt(
            kind=row["kind"],
            county=row["county"],
            subject_kind="household",
            subject_id=row["household_id"],
            evidence=_evidence(row),
        )
        for row in placed.to_dicts()
    ]


def _evidence(lead: Mapping[str, Any]) -> str:
    """Return the cause of a lead in one sentence, without names or identity numbers."""
    since = f"on {lead['since']}" if lead["since"] else "on an unknown day"
    match lead["kind"]:
        case homes.SPLIT:
            return f"split from household {lead['other_id']} {since}"
        case homes.MERGED:
            return f"all members went to other households, the first to household {lead['other_id']}, the last {since}"
        case homes.EMPTIED:
            return f"the last member left {since}"
    named = {kind.value: kind.name.lower() for kind in StatusKind}
    return f"stated {named[lead['stated']]}, register has {named.get(lead['held'], 'nothing')}"
