"""One person's yes to exactly this content."""

from django.db import models


class Approval(models.Model):
    """The approval of a step by a person (审批) who is not the one that made the content.

    subject_hash  SHA-256 of the content, in hex; altered content has another, so no approval
    maker         the person who made it; the database refuses an approval by the same person
    """

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    subject_hash = models.CharField(max_length=64)
    step = models.CharField(max_length=40)
    county = models.BigIntegerField()
    maker = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("subject_kind", "subject_id", "subject_hash", "step", "person"), name="approval_once_by_person"
            ),
            models.CheckConstraint(condition=~models.Q(maker=models.F("person")), name="approval_by_second_person"),
        )

    def __str__(self) -> str:
        """Return step and subject."""
        return f"{self.step} {self.subject_kind} {self.subject_id}"
