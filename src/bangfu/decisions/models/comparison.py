"""One list of another department, compared with the register once."""

from django.db import models
from django.db.models import F


class Comparison(models.Model):
    """A list compared with the registered persons of one county (数据比对).

    kind         vehicles, companies, housing, payroll, deaths, ...; duplicates where the register is compared
                 with itself
    office       whose list it is
    stated_on    the day on which the list was true
    programme    under whose rules the hits are weighed
    digest       keyed digest of the file, in hex
    rows         rows of the list: rejected + not_authorised + matched + ambiguous + unmatched
    rejected     rows that could not be read
    not_authorised  rows on persons whose household has signed no authorisation; nothing more is known of them
    ambiguous    rows that fit several persons equally well, so that none of them is meant
    households_without  households of the county that have signed no authorisation where one is asked for
    person       who handed the list in
    """

    county = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    office = models.CharField(max_length=100)
    stated_on = models.DateField()
    programme = models.CharField(max_length=20)
    digest = models.CharField(max_length=32)
    rows = models.IntegerField()
    rejected = models.IntegerField()
    not_authorised = models.IntegerField()
    matched = models.IntegerField()
    ambiguous = models.IntegerField()
    unmatched = models.IntegerField()
    households_without = models.IntegerField()
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = (models.Index(fields=("county", "kind", "stated_on"), name="comparison_of_county"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    rows=F("rejected") + F("not_authorised") + F("matched") + F("ambiguous") + F("unmatched")
                ),
                name="comparison_adds_up",
            ),
        )
