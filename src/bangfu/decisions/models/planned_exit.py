"""The day for which the exit of a place is planned."""

from django.db import models


class PlannedExit(models.Model):
    """A plan that a village or county exits by a day (计划退出时间); the last one recorded counts.

    programme   under which it is to exit
    planned_on  the day for which the exit is planned, at the latest
    """

    county = models.BigIntegerField()
    place = models.BigIntegerField()
    programme = models.CharField(max_length=40)
    planned_on = models.DateField()
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = (models.Index(fields=("county", "place", "programme"), name="planned_exit_place"),)

    def __str__(self) -> str:
        """Return place and day."""
        return f"{self.place} by {self.planned_on}"
