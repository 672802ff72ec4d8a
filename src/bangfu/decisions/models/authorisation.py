"""A household's signed consent to being looked up."""

from django.db import models


class Authorisation(models.Model):
    """The household's signed authorisation to compare its members with lists of other departments (承诺授权书).

    signer  code of the list `relation`: who of the household signed
    paper   number under which the signed paper is filed; no name
    person  who recorded it
    """

    county = models.BigIntegerField()
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="+", db_index=False)
    signed_on = models.DateField()
    signer = models.SmallIntegerField()
    paper = models.CharField(max_length=60)
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = (models.Index(fields=("county", "household"), name="authorisation_household"),)
        constraints = (
            models.UniqueConstraint(fields=("household", "signed_on", "paper"), name="authorisation_recorded_once"),
        )
