"""What a clerk said of the columns of a sheet."""

from django.db import models


class ColumnMapping(models.Model):
    """A correction of columns, kept for later files of the same sender (列对应); the latest counts most.

    person  whose files it is for
    ledger  the ledger that a sheet with these labels is
    fields  canonical JSON: label -> field, '' for none; labels of headers only, never a cell of data
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    ledger = models.CharField(max_length=40)
    fields = models.TextField()
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "intake_column_mapping"

    def __str__(self) -> str:
        """Return the ledger."""
        return self.ledger
