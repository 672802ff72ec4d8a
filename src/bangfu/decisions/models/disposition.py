"""What the household says to a hit, and what a person decides about it."""

from django.db import models


class Hearing(models.Model):
    """What a household said to a hit (听取说明). Its words are sealed: they may name others."""

    county = models.BigIntegerField()
    hit = models.ForeignKey("decisions.Hit", on_delete=models.PROTECT, related_name="hearings")
    heard_on = models.DateField()
    words_sealed = models.TextField()
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)


class Disposition(models.Model):
    """What a person decided about a hit, with the reason (疑点处理). It changes no status by itself.

    outcome  keep: the doubt is true and help goes on; remove_proposed: a case for removal shall be opened;
             dismissed: the doubt was none
    maker    who handed the list in; the database refuses a decision by the same person
    """

    class Outcome(models.TextChoices):
        """What may be decided."""

        KEEP = "keep"
        REMOVE_PROPOSED = "remove_proposed"
        DISMISSED = "dismissed"

    county = models.BigIntegerField()
    hit = models.OneToOneField("decisions.Hit", on_delete=models.PROTECT, related_name="disposition")
    outcome = models.CharField(max_length=20, choices=Outcome)
    decided_on = models.DateField()
    reason = models.TextField()
    maker = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~models.Q(person=models.F("maker")), name="disposition_by_second_person"),
        )
