"""A key with which a program calls the API for a person."""

from django.db import models

from bangfu.access.models.person import Person

LONGEST_LABEL = 100


class Token(models.Model):
    """A token of one person (接口令牌): whoever shows it may do what the person may, or less, until it ends.

    The token itself is nowhere; the row knows it by its keyed digest.

    label         what the person calls it, so that it can be told from others
    place         it works in the subtree of this place only; 0 wherever the person may act
    rights        it carries these rights only, in alphabet order with spaces between; empty: all that the person has
    expires_on    the last day on which it works
    last_used_on  the last day on which somebody showed it
    revoked_on    the day on which it was taken back
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    digest = models.CharField(max_length=32, unique=True)
    label = models.CharField(max_length=LONGEST_LABEL)
    place = models.BigIntegerField()
    rights = models.TextField()
    created_on = models.DateField()
    expires_on = models.DateField()
    last_used_on = models.DateField(null=True)
    revoked_on = models.DateField(null=True)
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(created_on__lte=models.F("expires_on")), name="token_days_in_order"
            ),
        )

    def __str__(self) -> str:
        """Return the label."""
        return self.label
