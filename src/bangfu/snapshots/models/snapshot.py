"""A frozen view of the register."""

from django.db import models


class Snapshot(models.Model):
    """The register as true on a day and as known on a day (快照).

    name      names the folder: days and beginning of the digest
    true_on   the day on which its facts hold
    known_on  the day up to whose end the register's knowledge counts
    sha256    digest of the manifest
    """

    name = models.CharField(max_length=60, unique=True)
    true_on = models.DateField()
    known_on = models.DateField()
    sha256 = models.CharField(max_length=64)
    rows = models.BigIntegerField()
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "snapshots_snapshot"
