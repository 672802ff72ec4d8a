"""What must hold before a batch is approved: asked when a person presses the button, and again when it is applied."""

import json

from django.utils import timezone

from bangfu.intake.models import STATE_NAMES, Batch, BatchState
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.errors.access import OwnWork
from bangfu.kernel.errors.register import BatchNotWaiting
from bangfu.kernel.texts import Text


def counties_named(batch: Batch) -> list[int]:
    """Return the counties of which a batch says anything, in order."""
    return sorted(int(county) for county in json.loads(batch.heads))


def waiting(batch: Batch, state: BatchState, verb: Text) -> None:
    """Raise BatchNotWaiting unless the batch is in this state.

    verb  what was to be done, as the sentence says it: approved, undone
    """
    if batch.state != state:
        raise BatchNotWaiting(batch=batch.pk, state=STATE_NAMES[BatchState(batch.state)], verb=verb)


def check_approval(by: Actor, batch: Batch) -> list[int]:
    """Return the counties of the batch; raises BatchNotWaiting, NotPermitted or OwnWork."""
    waiting(batch, BatchState.STAGED, Text("审批", "approved"))
    counties = counties_named(batch)
    for county in counties:
        require(by, Can.APPROVE_IMPORT, county)
    if by.person_id == batch.maker_id:
        raise OwnWork(actor=by.name, subject=f"batch {batch.pk}")
    return counties


def check_undoing(by: Actor, batch: Batch) -> None:
    """Raise BatchNotWaiting or NotPermitted where the person may not undo the batch."""
    waiting(batch, BatchState.APPLIED, Text("撤销", "undone"))
    for county in counties_named(batch):
        require(by, Can.UNDO_IMPORT, county)


def note_act(batch: Batch, state: BatchState, by: Actor, reason: str = "") -> None:
    """Write down on the batch what became of it, and who did it."""
    batch.state, batch.acted_by_id, batch.acted_at, batch.reason = state, by.person_id, timezone.now(), reason
    batch.save(update_fields=["state", "acted_by", "acted_at", "reason"])
