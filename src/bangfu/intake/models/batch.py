"""A batch of files on its way into the register."""

from typing import Final

from django.db import models

from bangfu.kernel.texts import Text


class BatchState(models.TextChoices):
    """Where a batch stands."""

    STAGED = "staged"
    APPLIED = "applied"
    UNDONE = "undone"
    RETURNED = "returned"
    REPLACED = "replaced"
    REFUSED = "refused"


STATE_NAMES: Final = {
    BatchState.STAGED: Text(zh="待审批", en="waiting for approval"),
    BatchState.APPLIED: Text(zh="已入库", en="in the register"),
    BatchState.UNDONE: Text(zh="已撤销", en="undone"),
    BatchState.RETURNED: Text(zh="已退回", en="sent back"),
    BatchState.REPLACED: Text(zh="已改列重读", en="read again"),
    BatchState.REFUSED: Text(zh="未能读取", en="not readable"),
}


class Batch(models.Model):
    """Files staged together, checked, compared with the register, and approved as one (批次).

    maker         who staged it
    content_hash  digest of the difference; approval binds it
    heads         counties' chain heads when staged (JSON): while they stand, the difference holds
    summary       what the import reported (JSON), without any identity
    counts        its sums (JSON): files, rows, accepted, rejected, added, changed, unchanged
    place         the smallest place that holds every village of the batch; 0 above provinces
    upload        where the files lie that were handed in on a page, '' for those of the command line
    acted_by      who did the last act after staging: applied, undid, sent back; when, and for which reason
    """

    maker = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    staged_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=12, choices=BatchState.choices, default=BatchState.STAGED)
    content_hash = models.CharField(max_length=64)
    heads = models.TextField()
    summary = models.TextField()
    counts = models.JSONField(default=dict)
    place = models.BigIntegerField(default=0)
    upload = models.CharField(max_length=22, default="")
    acted_by = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", null=True)
    acted_at = models.DateTimeField(null=True)
    reason = models.TextField(default="")

    class Meta:
        db_table = "intake_batch"
        indexes = (models.Index(fields=("state", "place"), name="batch_waiting"),)
