"""The last link of each chain."""

from django.db import models


class Head(models.Model):
    """The head of a county's chain (链首); its row is the lock that orders the county's events."""

    county = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Return county and length of the chain."""
        return f"{self.county}/{self.seq}"
