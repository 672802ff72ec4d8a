"""How early a place exited, and what that earns (早摘帽早奖励): the plan that stood beside the day of the decision."""

from dataclasses import dataclass
from typing import Final

from bangfu.decisions.models import Decision, PlannedExit
from bangfu.kernel.days import whole_months
from bangfu.kernel.texts import Text
from bangfu.params import Source, load
from bangfu.places.scope import chain_of
from bangfu.rules.rates import early_exit_reward_fen

_SCALES: Final = {"county": "early_exit_reward"}
"""Kind of place -> the scale of the reward for its early exit; a place of another kind has none."""


@dataclass(frozen=True, slots=True)
class Reward:
    """What a local rule gives for an early exit: its name, the amount in fen, and where it stands."""

    title: Text
    fen: int
    source: Source


@dataclass(frozen=True, slots=True)
class Kept:
    """How an exit stands to its plan.

    early, late  whole months before or after the planned day; both 0 within a month of it
    reward       None where no rule of the area gives one
    """

    early: int
    late: int
    reward: Reward | None


def plan_of(place: int, programme: str) -> PlannedExit | None:
    """Return the plan of a place's exit under a programme that was recorded last; None where there is none."""
    plans = PlannedExit.objects.filter(county=chain_of(place), place=place, programme=programme)
    return plans.select_related("event").order_by("id").last()


def kept(decided: Decision, plan: PlannedExit) -> Kept:
    """Return how the exit that was decided stands to its plan, with the reward of the day."""
    day, planned = decided.effective_from, plan.planned_on
    return Kept(whole_months(day, planned), whole_months(planned, day), _reward(decided, plan))


def _reward(decided: Decision, plan: PlannedExit) -> Reward | None:
    programme = load().programme(plan.programme)
    scale = programme.scales.get(_SCALES.get(decided.subject_kind, ""))
    version = scale.on(decided.effective_from, decided.subject_id) if scale is not None else None
    if scale is None or version is None:
        return None
    fen = early_exit_reward_fen(plan.planned_on, decided.effective_from, version.rows)
    return Reward(scale.title, fen, version.source)
