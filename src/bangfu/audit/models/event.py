"""One link of a county's chain."""

from django.db import models


class Event(models.Model):
    """What one person did in one transaction (审计事件); written once, never changed or deleted.

    county     number of the county whose chain it continues; 0 for the country
    seq        1, 2, 3 ... within the county
    at         time of the server's clock; a label, the order is `seq`
    actor_id   the person, in the people table
    action     the verb, for instance `import.apply`
    subject    what it was done to, as kind and number: `batch 12`; no name, no identity number
    body       canonical JSON: facts, and under `tables` the commitments of the rows written
    prev_hash  hash of the event before it, 64 zeros for the first
    hash       SHA-256 over both
    seal       keyed digest of `hash`; a chain computed anew without the key lacks it
    """

    county = models.BigIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField()
    actor_name = models.TextField()
    action = models.TextField()
    subject = models.TextField()
    body = models.TextField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("county", "seq"), name="event_once_in_county"),)
        indexes = (
            models.Index(fields=("actor_id", "at"), name="event_actor"),
            models.Index(fields=("subject",), name="event_subject"),
        )

    def __str__(self) -> str:
        """Return place and verb of the event."""
        return f"{self.county}/{self.seq} {self.action}"
