"""Where a division lies."""

from django.db import models

from bangfu.places.models.place import Place


class Outline(models.Model):
    """The outline of a division (区划轮廓) for maps; it says nothing of where anybody lives.

    geometry  GeoJSON of a Polygon or MultiPolygon in degrees, compact, five decimals
    west, south, east, north
              the box around it, in hundred-thousandths of a degree
    """

    place = models.OneToOneField(Place, on_delete=models.PROTECT, primary_key=True, related_name="outline")
    geometry = models.TextField()
    west = models.IntegerField()
    south = models.IntegerField()
    east = models.IntegerField()
    north = models.IntegerField()
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(west__lte=models.F("east")) & models.Q(south__lte=models.F("north")),
                name="outline_box_in_order",
            ),
        )

    def __str__(self) -> str:
        """Return whose outline it is."""
        return f"outline of {self.place_id}"
