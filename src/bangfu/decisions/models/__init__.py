"""Tables of decisions."""

from bangfu.decisions.models.authorisation import Authorisation
from bangfu.decisions.models.comparison import Comparison
from bangfu.decisions.models.disposition import Disposition, Hearing
from bangfu.decisions.models.hit import Hit

__all__ = ["Authorisation", "Comparison", "Disposition", "Hearing", "Hit"]
