"""Tables of decisions."""

from bangfu.decisions.models.authorisation import Authorisation
from bangfu.decisions.models.comparison import Comparison
from bangfu.decisions.models.decision import Decision
from bangfu.decisions.models.disposition import Disposition, Hearing
from bangfu.decisions.models.hit import Hit
from bangfu.decisions.models.planned_exit import PlannedExit
from bangfu.decisions.models.round import Round, RoundKind

__all__ = [
    "Authorisation",
    "Comparison",
    "Decision",
    "Disposition",
    "Hearing",
    "Hit",
    "PlannedExit",
    "Round",
    "RoundKind",
]
