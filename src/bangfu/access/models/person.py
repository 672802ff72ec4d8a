"""Who works with the register."""

from django.db import models


class Person(models.Model):
    """A person who works with the system (工作人员), not a person of the register.

    os_login  the operating system's account that speaks for the person in an office home
    """

    name = models.CharField(max_length=100, unique=True)
    os_login = models.CharField(max_length=64, null=True, unique=True)
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=~models.Q(name=""), name="person_has_name"),)

    def __str__(self) -> str:
        """Return the name."""
        return self.name
