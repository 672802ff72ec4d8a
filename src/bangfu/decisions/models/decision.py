"""What a finished case changed."""

from django.db import models


class Decision(models.Model):
    """The decision that a case ended with (认定结果), and the status event that says so in the register.

    subject         household, village or county, and its number
    status_event    the event of a household; a place has none: what it is follows from its decisions
    effective_from  the day of the last step
    """

    county = models.BigIntegerField()
    case = models.OneToOneField("procedures.Case", on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    proposal = models.CharField(max_length=20)
    status_event = models.OneToOneField("registry.StatusEvent", on_delete=models.PROTECT, null=True, related_name="+")
    effective_from = models.DateField()
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = (models.Index(fields=("county", "subject_kind", "subject_id"), name="decision_subject"),)

    def __str__(self) -> str:
        """Return the proposal and the case."""
        return f"{self.proposal} by case {self.case_id}"
