"""What one person did in one step."""

from django.db import models


class ActKind(models.TextChoices):
    """What was done."""

    OPENED = "opened"
    DONE = "done"
    POSTED = "posted"
    AGREED = "agreed"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"


class Act(models.Model):
    """One act of one person at one step (办理), over one or many cases of a place: a list and a single case alike.

    step     name of the step in the procedure; '' for opening
    on       the day of what was done; when it was recorded stands in the event
    form     what was said with it, JSON: papers on file, those entitled and present, votes by case, days late by case
    reason   why it was sent back, refused, withdrawn, undone or late; '' otherwise
    content  SHA-256 over the cases and where each stood, so that who decides decides of exactly this
    undoes   the act that this one takes back
    """

    county = models.BigIntegerField()
    place = models.BigIntegerField()
    programme = models.CharField(max_length=40)
    procedure = models.CharField(max_length=40)
    law_from = models.DateField()
    step = models.CharField(max_length=40, default="")
    kind = models.CharField(max_length=10, choices=ActKind)
    on = models.DateField()
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    form = models.TextField(default="{}")
    reason = models.TextField(default="")
    content = models.CharField(max_length=64)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = (models.Index(fields=("county", "place", "-id"), name="act_of_place"),)

    def __str__(self) -> str:
        """Return kind and step."""
        return f"{self.kind} {self.step}"
