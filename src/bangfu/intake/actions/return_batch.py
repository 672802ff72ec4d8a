"""Send a batch back without taking it into the register."""

from typing import Any, Final

from django.db import transaction

from bangfu.audit.actions import Entry, append_events
from bangfu.intake.actions.approving import counties_named, note_act, waiting
from bangfu.intake.models import BatchState
from bangfu.intake.queries import batch_named
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.errors.register import ReasonMissing
from bangfu.kernel.hidden_numbers import hides_number
from bangfu.kernel.texts import Text

LONGEST_REASON: Final = 500


@transaction.atomic
def return_batch(*, by: Actor, number: int, reason: str) -> dict[str, Any]:
    """Send a batch back to its maker with a reason (退回批次); its maker may take it back as well.

    by      the maker, or a person with the right to approve in every county of the batch
    reason  in words; without numbers of persons, for it is kept in the chain
    Raises  BatchNotFound, BatchNotWaiting, NotPermitted, ReasonMissing
    """
    words = " ".join(reason.split())
    if not 0 < len(words) <= LONGEST_REASON or hides_number(words):
        raise ReasonMissing(limit=LONGEST_REASON)
    batch = batch_named(number, lock=True)
    counties = counties_named(batch)
    if by.person_id != batch.maker_id:
        for county in counties:
            require(by, Can.APPROVE_IMPORT, county)
    waiting(batch, BatchState.STAGED, Text("退回", "sent back"))
    entries = [Entry(county, f"batch {batch.pk}", {"reason": words}) for county in counties]
    append_events(by=by, action="import.return", entries=entries)
    note_act(batch, BatchState.RETURNED, by, words)
    return {"batch": batch.pk, "state": batch.state}
