"""What every row of the register has: a number, a county, and the audit event that recorded it."""

from django.db import models


class Recorded(models.Model):
    """A row of the register, written once.

    id      number taken before the row is written, rising in the order of recording
    county  number of the county, leading key of every index (partitions and shards go by it)
    event   the audit event that recorded the row: when, by whom, from which source
    """

    id = models.BigAutoField(primary_key=True)
    county = models.BigIntegerField()
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class DatedFact(Recorded):
    """A complete row about one topic, true from a day until the next row of the same topic."""

    effective_from = models.DateField()

    class Meta:
        abstract = True


class HouseholdFact(DatedFact):
    """A dated fact about a household."""

    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["county", "household"], name="%(class)s_subject")]


class PersonFact(DatedFact):
    """A dated fact about a person."""

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["county", "person"], name="%(class)s_subject")]


class VillageFact(DatedFact):
    """A dated fact about an administrative village."""

    village = models.BigIntegerField()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["county", "village"], name="%(class)s_subject")]
