"""Tables of people and grants."""

from bangfu.access.models.grant import Grant
from bangfu.access.models.person import Person

__all__ = ["Grant", "Person"]
