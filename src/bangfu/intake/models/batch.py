"""A batch of files on its way into the register."""

from django.db import models


class BatchState(models.TextChoices):
    """Where a batch stands."""

    STAGED = "staged"
    APPLIED = "applied"
    UNDONE = "undone"


class Batch(models.Model):
    """Files staged together, checked, compared with the register, and approved as one (批次).

    maker         who staged it
    content_hash  digest of the difference; approval binds it
    heads         counties' chain heads when staged (JSON): while they stand, the difference holds
    summary       what the import reported (JSON), without any identity
    """

    maker = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    staged_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=12, choices=BatchState.choices, default=BatchState.STAGED)
    content_hash = models.CharField(max_length=64)
    heads = models.TextField()
    summary = models.TextField()

    class Meta:
        db_table = "intake_batch"
