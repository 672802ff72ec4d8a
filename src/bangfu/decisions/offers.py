"""Which single cases may be opened about a household or a place, by the programmes in force (可发起事项)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bangfu.access.acting import today
from bangfu.decisions.models import Decision, Disposition
from bangfu.decisions.place_standing import latest_of
from bangfu.decisions.standing_now import fitting_proposals
from bangfu.kernel.codes import Level
from bangfu.kernel.errors.comparisons import RemovalNotProposed
from bangfu.kernel.errors.evidence import NothingToRun
from bangfu.kernel.errors.parameters import ParameterNotInForce, ParameterUnknown
from bangfu.kernel.texts import Text
from bangfu.params import Programme, load
from bangfu.procedures.course import version_on
from bangfu.procedures.notices import PROPOSALS
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_named

_PROCEDURES: Final[dict[bool, dict[str, tuple[str, ...]]]] = {
    False: {
        "identified": ("identify",),
        "relapsed": ("relapse", "identify"),
        "exited": ("exit",),
        "removed": ("remove",),
    },
    True: {"monitored": ("identify",), "cleared": ("clear",)},
}
"""Whether the programme monitors -> proposal -> the procedures by which it goes, the first that there is."""
CLUES: Final = {
    "application": Text(zh="农户申请", en="application of the household"),
    "visit": Text(zh="走访排查", en="visit"),
    "department": Text(zh="部门预警", en="told by a department"),
    "rule": Text(zh="系统规则", en="a rule of the program"),
    "comparison": Text(zh="数据比对", en="comparison of lists"),
}
"""Where a case comes from."""
_REMOVED: Final = "removed"
_PLACES: Final = {Level.VILLAGE: "exit_village", Level.COUNTY: "exit_county"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A case that may be opened about a household."""

    programme: str
    procedure: str
    proposal: str

    @property
    def name(self) -> str:
        """Return how a form names it."""
        return f"{self.programme}:{self.procedure}:{self.proposal}"

    @property
    def title(self) -> Text:
        """Return what is proposed, and by which programme."""
        words, programme = PROPOSALS[self.proposal], load().programme(self.programme).title
        return Text(zh=f"{words.zh}（{programme.zh}）", en=f"{words.en} ({programme.en})")


def offers() -> list[Offer]:
    """Return every case that may be opened today, by the programmes in force: those that were run, or else all.

    A removal may be opened by any programme in force that has the procedure: few have it, and a household that was
    wrongly listed is removed whichever was run last.
    """
    offered = [
        Offer(programme, procedure, proposal)
        for programme in _programmes(today())
        for proposal, procedures in _PROCEDURES[_runs(programme, "clear", today())].items()
        for procedure in [one for one in procedures if _runs(programme, one, today())][:1]
    ]
    return list(dict.fromkeys([*offered, *_removals()]))


def offers_for(household: int) -> list[Offer]:
    """Return those that fit what the household is at present; of removals the one."""
    fitting, removal = fitting_proposals(household), removal_offer(household)
    return [one for one in offers() if one.proposal in fitting and (one.proposal != _REMOVED or one == removal)]


def removal_offer(household: int) -> Offer | None:
    """Return the removal of a household: by the programme that gave it its status, else the first that can today.

    None where the household is not on the list, or where no programme in force has the procedure.
    """
    if _REMOVED not in fitting_proposals(household):
        return None
    can = {one.programme: one for one in _removals()}
    decided = Decision.objects.filter(subject_kind="household", subject_id=household, status_event__isnull=False)
    given = decided.order_by("-id").values_list("case__programme", flat=True).first()
    return can.get(given or "") or next(iter(can.values()), None)


def check_removal(household: int, proposal: str, clue: str) -> None:
    """Raise RemovalNotProposed for a removal after a comparison of which nobody decided that it be proposed."""
    if proposal != _REMOVED or clue != "comparison":
        return
    proposed = Disposition.Outcome.REMOVE_PROPOSED
    if not Disposition.objects.filter(hit__household_id=household, outcome=proposed).exists():
        raise RemovalNotProposed


def latest_run(programme: str | None = None) -> Run | None:
    """Return the latest run, of a programme where one is named; None where there is none."""
    try:
        return run_named(None, programme)
    except NothingToRun:
        return None


def exits_of_places(run: Run, level: Level) -> bool:
    """Tell whether the exit of a place of this level may be opened on a run: the latest of its programme."""
    procedure = _PLACES.get(level)
    return procedure is not None and latest_of(run.programme) == run and _runs(run.programme, procedure, today())


def unpublished() -> list[Programme]:
    """Return the programmes in force today by which nothing can be opened: their procedures are not published yet.

    None where another programme in force has procedures.
    """
    in_force = [load().programme(name) for name in _in_force(today())]
    return [] if any(one.procedures(today()) for one in in_force) else in_force


def _programmes(on: date) -> list[str]:
    in_force = _in_force(on)
    ran = list(dict.fromkeys(Run.objects.order_by("-id").values_list("programme", flat=True)))
    return [name for name in ran if name in in_force] or in_force


def _in_force(on: date) -> list[str]:
    return [name for name, one in load().programmes.items() if one.start <= on and (one.end is None or one.end >= on)]


def _removals() -> list[Offer]:
    on = today()
    return [Offer(programme, "remove", _REMOVED) for programme in _in_force(on) if _runs(programme, "remove", on)]


def _runs(programme: str, procedure: str, on: date) -> bool:
    """Tell whether a programme has a procedure in force on a day."""
    try:
        version_on(programme, procedure, on)
    except (ParameterUnknown, ParameterNotInForce):
        return False
    return True
