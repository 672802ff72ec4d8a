"""The exit of a village or county on its page (贫困村、贫困县退出): what was decided, and what a run finds now."""

from dataclasses import dataclass

from bangfu.access.acting import ActingPerson, today
from bangfu.decisions.margins import Reading
from bangfu.decisions.models import Decision, PlannedExit
from bangfu.decisions.offers import exits_of_places
from bangfu.decisions.place_exits import DECISIONS, conditions_of, place_finding
from bangfu.decisions.place_plans import Kept, kept, plan_of
from bangfu.decisions.place_standing import SUBJECTS, Recorded, Villages, exit_of, recorded_of, villages_of
from bangfu.kernel.actors import Can
from bangfu.kernel.codes import Level
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text
from bangfu.places.tree import Node
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_manifest
from bangfu.web.lead_words import case_address


@dataclass(frozen=True, slots=True)
class ExitSeen:
    """The exit of a place as its page shows it; nothing of it is stored.

    run       the run that the page shows
    decided   the decision by which the place has exited; None where none stands
    case      the address of its case; empty for who may not read cases
    outcome   whether the run finds every condition met: 1, 0, or None for unknown
    against   what speaks against it, in words
    readings  the conditions beside their limits
    villages  how far the villages of a county are; None for a village
    offered   whether the exit may be proposed here by this person
    plan      for which day it is planned; None where nobody planned it
    kept      how the exit stands to the plan; None before it
    plans     whether this person may record a plan here
    """

    run: Run
    decided: Decision | None
    case: str
    outcome: int | None
    against: list[Text]
    readings: list[Reading]
    recorded: Recorded
    villages: Villages | None
    offered: bool
    plan: PlannedExit | None
    kept: Kept | None
    plans: bool

    @property
    def since(self) -> bool:
        """Tell whether the run is of a day after the exit, so that it tells whether the conditions still hold."""
        return self.decided is not None and self.run.true_on >= self.decided.effective_from


def exit_seen(actor: ActingPerson, run: Run, node: Node, home: Home) -> ExitSeen | None:
    """Return the exit of a place by a run; None where the programme of the run knows no exit of such places."""
    subject, on = SUBJECTS.get(node.level), today()
    told = run_manifest(run, home)["findings"].get(subject or "", {"decisions": {}})
    if subject is None or DECISIONS[subject] not in told["decisions"]:
        return None
    decided = exit_of(node.number, run.programme)
    recorded = recorded_of(node.number, node.level, run.programme, on)
    outcome, against = place_finding(run, node.number, subject, home)
    plan = plan_of(node.number, run.programme)
    reads = actor.may(Can.READ_REGISTER, node.number)
    exits = exits_of_places(run, node.level) and decided is None
    may_open, may_plan = (actor.may(right, node.number) for right in (Can.OPEN_CASES, Can.WORK_COUNTY))
    return ExitSeen(
        run=run,
        decided=decided,
        case=case_address(decided.case_id) if decided is not None and reads else "",
        outcome=outcome,
        against=against,
        readings=list(conditions_of(run, node.number, subject, home).values()),
        recorded=recorded,
        villages=villages_of(node.number, run.programme, on) if node.level is Level.COUNTY else None,
        offered=exits and may_open and recorded.poor is not False,
        plan=plan,
        kept=kept(decided, plan) if decided is not None and plan is not None else None,
        plans=exits and may_plan,
    )
