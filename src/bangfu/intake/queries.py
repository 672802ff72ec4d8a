"""Everything that reads batches."""

from bangfu.intake.models import Batch
from bangfu.kernel.errors.register import BatchNotFound


def batch_named(number: int, *, lock: bool = False) -> Batch:
    """Return the batch of this number; raises BatchNotFound.

    lock  hold it until the transaction ends
    """
    batches = Batch.objects.select_for_update() if lock else Batch.objects
    found = batches.filter(pk=number).first()
    if found is None:
        raise BatchNotFound(batch=number)
    return found
