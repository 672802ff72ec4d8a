"""Something that goes through a procedure."""

from typing import ClassVar

from django.db import models


class Case(models.Model):
    """A case (办理事项): one subject that goes through the steps of one procedure.

    place      village of a household, or the place itself; rights and lists go by it
    law_from   the start day of the version of the procedure that held when the case was opened; it keeps it
    subject    what it is about: kind and number, for instance household 17, village 990101100201
    proposal   what is proposed: identified, exited, relapsed, removed, monitored, cleared
    grounds    what it rests on besides the run, JSON of numbers and names of classes; nothing personal
    run        the run that found it; null where none did
    clue_on    the day from which the law's days to finish are counted
    """

    county = models.BigIntegerField()
    place = models.BigIntegerField()
    programme = models.CharField(max_length=40)
    procedure = models.CharField(max_length=40)
    law_from = models.DateField()
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    proposal = models.CharField(max_length=20)
    grounds = models.TextField(default="{}")
    run = models.ForeignKey("snapshots.Run", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    clue_on = models.DateField()
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["county", "subject_kind", "subject_id"], name="case_subject")]

    def __str__(self) -> str:
        """Return procedure and number."""
        return f"{self.procedure} {self.pk}"
