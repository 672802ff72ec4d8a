"""One application of a programme's rules to a snapshot."""

from django.db import models

from bangfu.snapshots.models.snapshot import Snapshot


class Run(models.Model):
    """What a programme's rules found on a snapshot (运算).

    name    names the folder: programme, day and beginning of the digest
    sha256  digest of the manifest, which holds the digests of the run's files
    """

    name = models.CharField(max_length=80, unique=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="runs")
    programme = models.CharField(max_length=40)
    true_on = models.DateField()
    sha256 = models.CharField(max_length=64)
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "snapshots_run"
