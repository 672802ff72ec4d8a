"""Tries at a public door, counted so that nobody can go on guessing."""

from django.db import models


class Attempt(models.Model):
    """One try at a door that is open to anybody (尝试): a note for a quarter of an hour or a day, then dropped.

    door  which door and which count, for instance card.number
    key   keyed digest of what is counted: a number that was typed, an address of the network, a village
    at    when
    """

    door = models.CharField(max_length=24)
    key = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("door", "key", "at"), name="attempt_counted"),
            models.Index(fields=("at",), name="attempt_old"),
        )

    def __str__(self) -> str:
        """Return the door."""
        return self.door
