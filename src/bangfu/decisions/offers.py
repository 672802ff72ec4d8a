"""Which single cases may be opened about a household or a place, by the programmes in force (可发起事项)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bangfu.access.acting import today
from bangfu.decisions.standing_now import fitting_proposals
from bangfu.kernel.codes import Level
from bangfu.kernel.errors.evidence import NothingToRun
from bangfu.kernel.errors.parameters import ParameterNotInForce, ParameterUnknown
from bangfu.kernel.texts import Text
from bangfu.params import load
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
    """Return every case of the programmes that were run, or else of those in force, that may be opened today."""
    return [
        Offer(programme, procedure, proposal)
        for programme in _programmes(today())
        for proposal, procedures in _PROCEDURES[_runs(programme, "clear", today())].items()
        for procedure in [one for one in procedures if _runs(programme, one, today())][:1]
    ]


def offers_for(household: int) -> list[Offer]:
    """Return those that fit what the household is at present."""
    fitting = fitting_proposals(household)
    return [one for one in offers() if one.proposal in fitting]


def removal_offer(programme: str) -> Offer:
    """Return the removal of a household, by the programme of the latest run, or else of the one named."""
    run = latest_run()
    return Offer(programme if run is None else run.programme, "remove", "removed")


def latest_run(programme: str | None = None) -> Run | None:
    """Return the latest run, of a programme where one is named; None where there is none."""
    try:
        return run_named(None, programme)
    except NothingToRun:
        return None


def exits_of_places(run: Run, level: Level) -> bool:
    """Tell whether the exit of a place of this level may be opened on a run: the latest of its programme."""
    procedure = _PLACES.get(level)
    return procedure is not None and latest_run(run.programme) == run and _runs(run.programme, procedure, today())


def _programmes(on: date) -> Iterator[str]:
    known = load().programmes
    ran = list(dict.fromkeys(Run.objects.order_by("-id").values_list("programme", flat=True)))
    in_force = [name for name, one in known.items() if one.start <= on and (one.end is None or one.end >= on)]
    yield from (name for name in ran or in_force if name in known)


def _runs(programme: str, procedure: str, on: date) -> bool:
    """Tell whether a programme has a procedure in force on a day."""
    try:
        version_on(programme, procedure, on)
    except (ParameterUnknown, ParameterNotInForce):
        return False
    return True
