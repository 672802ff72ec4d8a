"""What a person may do, where, and from when to when."""

from django.db import models

from bangfu.access.models.person import Person


class Grant(models.Model):
    """A role of a person in the subtree of a place (授权), between two days, both included.

    place  number of the place at the head of the subtree; 0 the whole country
    household  the one household that the role is about, for the role of a household; None for every other role
    to_on  last day, None while nobody ended it
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    place = models.BigIntegerField()
    household = models.BigIntegerField(null=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(to_on__isnull=True) | models.Q(from_on__lte=models.F("to_on")),
                name="grant_days_in_order",
            ),
        )

    def __str__(self) -> str:
        """Return role and place."""
        return f"{self.role} {self.place}"
