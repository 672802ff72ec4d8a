"""Tables of the places."""

from bangfu.places.models.outline import Outline
from bangfu.places.models.place import Place

__all__ = ["Outline", "Place"]
