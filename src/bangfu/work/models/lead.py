"""A doubt that a person must look into."""

from django.db import models


class Lead(models.Model):
    """A doubt with its evidence (疑点线索). It asks a person; it never changes a status by itself.

    kind      what is doubted, for instance `import.status_differs`
    subject   what it is about: kind and number, for instance household 17
    evidence  why, in one sentence without names or identity numbers
    event     the audit event that opened it, or closed it
    """

    class State(models.TextChoices):
        """Where the doubt stands."""

        OPEN = "open"
        CONFIRMED = "confirmed"
        DISMISSED = "dismissed"

    kind = models.CharField(max_length=60)
    county = models.BigIntegerField()
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    evidence = models.TextField()
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    outcome = models.TextField(default="")
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = (
            models.Index(fields=("county", "state", "kind"), name="lead_waiting"),
            models.Index(fields=("subject_kind", "subject_id"), name="lead_subject"),
        )

    def __str__(self) -> str:
        """Return kind and subject."""
        return f"{self.kind} {self.subject_kind} {self.subject_id}"
