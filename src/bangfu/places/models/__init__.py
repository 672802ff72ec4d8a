"""Tables of the places."""

from bangfu.places.models.place import Place

__all__ = ["Place"]
