"""The page that a household's card opens: its own matters in plain words, and nothing of anybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bangfu.access.field_classes import HOUSEHOLD, Sight, Sights
from bangfu.kernel.days import OPEN_START
from bangfu.kernel.errors.evidence import HouseholdNotInRun, NothingToRun
from bangfu.kernel.home import Home
from bangfu.kernel.status import POVERTY_TRACK, STATUS_NAMES, StatusKind
from bangfu.kernel.texts import Text
from bangfu.params import load
from bangfu.places.scope import Scope
from bangfu.procedures.boards import Hung, notices_of, supervision_phone, told_all
from bangfu.procedures.models import ActKind, CaseState
from bangfu.procedures.notices import PROPOSALS
from bangfu.procedures.queries import CasesAsked, Path, cases_listed, path_of
from bangfu.procedures.receipts import office_of
from bangfu.registry.card_codes import card_number
from bangfu.registry.directory import home_of
from bangfu.registry.dossier import Dossier, dossier
from bangfu.registry.masking import Told
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_named
from bangfu.snapshots.reasons import Reasons, reasons
from bangfu.web.household_page import Portrait

OWN: Final = Sights({HOUSEHOLD: Sight.FULL})
"""What a card opens: what the village needs to help. Numbers of identity papers, phones and cards stay shut."""


@dataclass(frozen=True, slots=True)
class StepSeen:
    """One step of the way, as a household sees it.

    state  done, now, or later; since: the day on which it was done
    """

    title: Text
    actor: Text
    state: str
    since: date | None


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """A case as its household sees it: where it stands, what comes next, and how it ended.

    reason  why it was refused or withdrawn, '' otherwise
    notice  the notice on which it hangs now
    """

    path: Path
    proposal: Text
    steps: tuple[StepSeen, ...]
    reason: str
    notice: Hung | None

    @property
    def open(self) -> bool:
        """Tell whether it goes on."""
        return str(self.path.standing.state) == CaseState.OPEN

    @property
    def refused(self) -> bool:
        """Tell whether it ended without what was proposed."""
        return str(self.path.standing.state) in {CaseState.REFUSED, CaseState.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class CardPage:
    """Everything that the page says.

    status  what the household is called, and since when (None: since before the register began)
    unknown what is not known though the result rests on it
    """

    number: str
    head: str | None
    members: int
    village: int
    village_name: str
    town_name: str
    group: str | None
    status: tuple[tuple[Text, date | None], ...]
    measures: Told
    cases: tuple[CaseSeen, ...]
    why: Reasons | None
    unknown: tuple[Text, ...]
    phone: str

    @property
    def case(self) -> CaseSeen | None:
        """The case that goes on, the latest first; None without one."""
        return next((one for one in self.cases if one.open), None)


def card_page(household: int, on: date) -> CardPage:
    """Return what a household reads of itself; raises HouseholdUnknown when it lives nowhere any more."""
    scope = Scope((home_of(Scope.everywhere(), household)["village"],))
    found = dossier(scope, household)
    portrait = Portrait(found, OWN, load(), Home.current().keys, on)
    cases = _cases(scope, household, on)
    why = _why(cases, scope, household)
    programme = cases[0].path.case.programme if cases else why.run.programme if why else ""
    return CardPage(
        number=card_number(household, found.household_no),
        head=portrait.head.name if portrait.head else None,
        members=len(portrait.members),
        village=found.village,
        village_name=office_of(found.village, "village"),
        town_name=office_of(found.village, "town") or office_of(found.village, "county"),
        group=found.group_name,
        status=_status(found),
        measures=portrait.fact("measures"),
        cases=cases,
        why=why,
        unknown=tuple(one.title for one in why.told.findings if one.outcome is None) if why else (),
        phone=supervision_phone(programme, on) if programme else "",
    )


def _status(found: Dossier) -> tuple[tuple[Text, date | None], ...]:
    last: dict[bool, tuple[Text, date | None]] = {}
    for entry in found.status:
        kind = StatusKind(entry.facts["kind"])
        since = entry.effective_from if entry.effective_from > OPEN_START else None
        last[kind in POVERTY_TRACK] = (STATUS_NAMES[kind], since)
    return tuple(one for _, one in sorted(last.items(), reverse=True))


def _cases(scope: Scope, household: int, on: date) -> tuple[CaseSeen, ...]:
    """Return the household's cases, the open ones first, of the others the latest alone."""
    asked = CasesAsked(state="", subject_kind="household", subject_id=household)
    rows = cases_listed(scope, asked).sort("case", descending=True)
    seen = [_case(path_of(scope, case, on), on) for case in rows["case"]]
    return tuple([one for one in seen if one.open] or seen[:1])


def _case(path: Path, on: date) -> CaseSeen:
    case, standing = path.case, path.standing
    days = {one.step.order: one.on for one in path.acts if one.step and one.kind == ActKind.DONE and not one.undone}
    ended = str(standing.state) != CaseState.OPEN
    steps = tuple(
        StepSeen(step.title, step.actor, "done", days.get(step.order))
        if step.order <= standing.done
        else StepSeen(step.title, step.actor, "now" if step is path.next else "later", None)
        for step in path.course.steps
        if not ended or step.order <= standing.done
    )
    proposal = PROPOSALS.get(case.proposal, Text(zh=case.proposal, en=case.proposal))
    last = path.acts[-1]
    return CaseSeen(
        path, proposal, steps, last.reason if ended and standing.state != CaseState.FINISHED else "", _notice(path, on)
    )


def _notice(path: Path, on: date) -> Hung | None:
    hanging, _ = notices_of(path.case.place, on, None)
    hung = told_all(hanging, hangs=True)
    return next((one for one in hung if any(line.case == path.case.pk for line in one.lines)), None)


def _why(cases: Sequence[CaseSeen], scope: Scope, household: int) -> Reasons | None:
    """Return the reasons of the run on which the case rests, else of the latest run."""
    run = cases[0].path.case.run if cases else None
    rests = _reasons(run, scope, household) if run else None
    return rests or _reasons(None, scope, household)


def _reasons(run: Run | None, scope: Scope, household: int) -> Reasons | None:
    try:
        return reasons(run or run_named(None), Home.current(), scope, household)
    except (NothingToRun, HouseholdNotInRun):
        return None
