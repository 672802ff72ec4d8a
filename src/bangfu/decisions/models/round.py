"""One controlled round of adjustment."""

from django.db import models


class RoundKind(models.TextChoices):
    """Why a round is held."""

    YEARLY = "yearly"
    LOOKBACK = "lookback"


class Round(models.Model):
    """A round of dynamic adjustment in one county (动态调整), or a look back (回头看): who shall enter or leave.

    run     the run that it rests on; before: the programme's run before, None for the first
    on      the day on which it was opened
    tally   households by what the round proposes, JSON; they add up to all of the county
    sha256  of the manifest of the list, which says of every household what is proposed and why
    """

    county = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=RoundKind)
    programme = models.CharField(max_length=40)
    run = models.ForeignKey("snapshots.Run", on_delete=models.PROTECT, related_name="+", db_index=False)
    before = models.ForeignKey("snapshots.Run", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    on = models.DateField()
    tally = models.TextField()
    sha256 = models.CharField(max_length=64)
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("county", "run", "kind"), name="round_once"),)

    def __str__(self) -> str:
        """Return kind and run."""
        return f"{self.kind} {self.run_id}"
