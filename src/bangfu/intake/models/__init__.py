"""Tables of intake."""

from bangfu.intake.models.batch import STATE_NAMES, Batch, BatchState
from bangfu.intake.models.column_mapping import ColumnMapping

__all__ = ["STATE_NAMES", "Batch", "BatchState", "ColumnMapping"]
