"""Tables of intake."""

from bangfu.intake.models.batch import Batch, BatchState

__all__ = ["Batch", "BatchState"]
