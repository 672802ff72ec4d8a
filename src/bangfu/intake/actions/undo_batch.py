"""Undo an applied batch: its rows no longer count."""

from typing import Any

from django.db import transaction

from bangfu.audit.models import Event
from bangfu.intake.actions.approving import check_undoing, note_act
from bangfu.intake.models import BatchState
from bangfu.intake.queries import batch_named
from bangfu.kernel.actors import Actor
from bangfu.kernel.home import Home
from bangfu.registry.actions.undo_events import undo_events


@transaction.atomic
def undo_batch(*, by: Actor, number: int, home: Home) -> dict[str, Any]:
    """Undo a batch (撤销批次); the register says again what it said before, and the chain keeps both.

    by      needs the right to undo imports in every county of the batch
    Raises  BatchNotFound, BatchNotWaiting, LaterRowsStand, NotPermitted
    """
    batch = batch_named(number, lock=True)
    check_undoing(by, batch)
    events = list(Event.objects.filter(action="registry.record", subject=f"batch {batch.pk}").order_by("county"))
    undo_events(by=by, events=events, subject=f"batch {batch.pk}", keys=home.keys)
    note_act(batch, BatchState.UNDONE, by)
    return {"batch": batch.pk, "state": batch.state, "undone": [event.county for event in events]}
