"""One division of the tree."""

from django.db import models

from bangfu.kernel.codes import Level


class Place(models.Model):
    """A division (行政区划), from province to village, with the days between which its code is valid.

    number      what columns carry: the 12-digit code itself where China, else a number above it
    code        the code as written by its authority
    level       1 province, 2 city, 3 county, 4 town, 5 village
    valid_from  first day of the code, None when nobody stated it; `valid_to` its last day
    successor   the division that took over when the code ended
    aliases     other and former names, separated by |
    province, city, county, town
                numbers of the division's ancestors and of itself at these levels, 0 where none; a town
                directly under a city has the city for its county. A subtree is one equality.
    """

    number = models.BigIntegerField(primary_key=True)
    code = models.CharField(max_length=60, unique=True)
    level = models.SmallIntegerField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, default="")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="predecessors")
    aliases = models.TextField(default="")
    province = models.BigIntegerField(default=0)
    city = models.BigIntegerField(default=0)
    county = models.BigIntegerField(default=0)
    town = models.BigIntegerField(default=0)
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(level__gte=Level.PROVINCE, level__lte=Level.VILLAGE), name="place_level"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_from__lte=models.F("valid_to")),
                name="place_days_in_order",
            ),
        )
        indexes = (
            models.Index(fields=("province",), name="place_province"),
            models.Index(fields=("city",), name="place_city"),
            models.Index(fields=("county",), name="place_county"),
            models.Index(fields=("town",), name="place_town"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name
