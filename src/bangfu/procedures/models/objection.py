"""What people say against a case, and what they are told."""

from django.db import models


class ObjectionKind(models.TextChoices):
    """What somebody raises."""

    OBJECTION = "objection"
    APPEAL = "appeal"
    COMPLAINT = "complaint"


class Channel(models.TextChoices):
    """How it came."""

    HOUSEHOLD = "household"
    PUBLIC = "public"
    CLERK = "clerk"


class Objection(models.Model):
    """An objection to a case, an appeal, or a complaint (异议、申诉、投诉).

    place     the village that it is about
    case      the case that it stops; null for a complaint about anything else
    about     level of the unit complained about; it is answered one level above
    level     who answers: town, county, city
    follows   the objection of which this is the appeal
    receipt   what the complainant is given to ask again; opaque
    words     what was said, sealed; `who` the complainant's name and how to reach them, sealed, or null
    due_on    by when it must be answered
    """

    county = models.BigIntegerField()
    place = models.BigIntegerField()
    case = models.ForeignKey("procedures.Case", on_delete=models.PROTECT, null=True, related_name="objections")
    kind = models.CharField(max_length=10, choices=ObjectionKind)
    channel = models.CharField(max_length=10, choices=Channel)
    about = models.CharField(max_length=10)
    level = models.CharField(max_length=10)
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="appeal")
    receipt = models.CharField(max_length=16, unique=True)
    words = models.TextField()
    who = models.TextField(null=True)
    raised_on = models.DateField()
    due_on = models.DateField()
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = (models.Index(fields=("county", "place"), name="objection_of_place"),)

    def __str__(self) -> str:
        """Return kind and number."""
        return f"{self.kind} {self.pk}"


class Answer(models.Model):
    """The answer to an objection (答复): whether it is right, why, by whom.

    upheld  whether the objection is right; then the case is sent back or ended by its own act
    reason  what the complainant is told
    """

    county = models.BigIntegerField()
    objection = models.OneToOneField("procedures.Objection", on_delete=models.PROTECT, related_name="answer")
    upheld = models.BooleanField()
    reason = models.TextField()
    on = models.DateField()
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    def __str__(self) -> str:
        """Return the objection's number."""
        return f"answer to {self.objection_id}"
