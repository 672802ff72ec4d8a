"""What one comparison says of one household."""

from django.db import models


class Hit(models.Model):
    """One thing that a list says of a household, or does not say though it should (比对命中). A doubt, no verdict.

    kind       kind of its lead: comparison.<list>, or unserved.<what>
    household  whom it is about; none where the list names somebody who is not registered
    person     the member whom the row names; none where it is about the household
    sheet, row where it stands in the list, counted from 1; none where somebody is missing from the list
    how        id: the same identity number; likely: name, birth and place fit; absent: not on the list;
               outside: not in the register
    score_bp   how likely the row means the person, in hundredths of a percent; 10000 for the same number
    key        keyed digest of list, person and thing: the same thing is asked about once; what was only likely and was
               dismissed, once more when the person's own number says it
    facts      what the row says, as JSON, without name, number, address or plate
    told_on    the day that the row gives: registered, bought, died
    after_registration  whether that day lies after the household was registered; none where unknown
    severity   block: blocks until answered; review: examined with special care; help: somebody may lack help
    """

    class How(models.TextChoices):
        """How the row found its household."""

        ID = "id"
        LIKELY = "likely"
        ABSENT = "absent"
        OUTSIDE = "outside"

    class Severity(models.TextChoices):
        """What the doubt asks for until it is decided."""

        BLOCK = "block"
        REVIEW = "review"
        HELP = "help"

    county = models.BigIntegerField()
    comparison = models.ForeignKey("decisions.Comparison", on_delete=models.PROTECT, related_name="hits")
    kind = models.CharField(max_length=60)
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    sheet = models.SmallIntegerField(null=True)
    row = models.IntegerField(null=True)
    how = models.CharField(max_length=10, choices=How)
    score_bp = models.IntegerField()
    key = models.CharField(max_length=32)
    facts = models.TextField()
    told_on = models.DateField(null=True)
    after_registration = models.BooleanField(null=True)
    severity = models.CharField(max_length=10, choices=Severity)
    lead = models.ForeignKey("work.Lead", on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("county", "key"), name="hit_asked_about_once"),)
