"""Where a case stands after an act."""

from typing import ClassVar

from django.db import models


class CaseState(models.TextChoices):
    """Whether a case goes on, and how it ended."""

    OPEN = "open"
    FINISHED = "finished"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Hand(models.IntegerChoices):
    """What part somebody had in a case."""

    MADE = 0
    DECIDED = 1
    TOOK_BACK = 2


class Standing(models.Model):
    """Where a case stands after an act (进度); `live` marks the row in force.

    done      order of the last finished step, 0 after opening
    at        order of the step at which the act was done
    visit     number of the act that brought the case before that step: coming back is another visit, and who sent it
              back may decide in that one
    agreed    how many persons have decided for it at the step it waits for
    posted_on since when the notice hangs at which the case waits; null where none does
    moved_on  the day of the step finished last, or on which it was sent back, before which nothing later can be
    person    who acted, and `hand` what part they had: a review, an approval, an assessment decides

    The database refuses a decision by somebody who made anything of the case, who decided at another of its steps,
    or who decided in this visit already; there is no switch.
    """

    county = models.BigIntegerField()
    place = models.BigIntegerField()
    case = models.ForeignKey("procedures.Case", on_delete=models.PROTECT, related_name="standings")
    act = models.ForeignKey("procedures.Act", on_delete=models.PROTECT, related_name="standings")
    done = models.SmallIntegerField()
    at = models.SmallIntegerField()
    visit = models.BigIntegerField()
    agreed = models.SmallIntegerField(default=0)
    posted_on = models.DateField(null=True)
    moved_on = models.DateField()
    state = models.CharField(max_length=10, choices=CaseState)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    hand = models.SmallIntegerField(choices=Hand)
    live = models.BooleanField(default=True)
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(live=True), name="standing_in_force_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "place"], condition=models.Q(live=True), name="standing_of_place")
        ]

    def __str__(self) -> str:
        """Return case and step."""
        return f"case {self.case_id} after step {self.done}"
