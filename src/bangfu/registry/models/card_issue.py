"""New household cards that took the place of lost ones."""

from django.db import models

from bangfu.registry.models.base import Recorded


class CardIssue(Recorded):
    """A household card issued anew (换发明白卡): the code of every earlier one opens nothing any more.

    The first card of a household needs no row: its issue is 1.

    issue      2, 3 ... the number from which the card's code is derived
    issued_on  the day
    """

    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="+", db_index=False)
    issue = models.IntegerField()
    issued_on = models.DateField()

    class Meta:
        db_table = "registry_card_issue"
        constraints = (models.UniqueConstraint(fields=("household", "issue"), name="card_issue_once"),)
