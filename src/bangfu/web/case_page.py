"""The page of one case (办理进度): every step of the law in a row, what was done, what comes next and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from bangfu.access.acting import ActingPerson
from bangfu.decisions.grounds import law_of
from bangfu.kernel.actors import Can
from bangfu.kernel.codes import Level
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text
from bangfu.params import Step, load
from bangfu.places.paths import Step as PlaceStep
from bangfu.places.paths import paths_of
from bangfu.places.scope import Scope
from bangfu.places.tree import Node
from bangfu.procedures.models import ActKind, CaseState, Notice
from bangfu.procedures.queries import Passed, Path, path_of
from bangfu.procedures.sheets import cases_about, hung_by, recorded_at, standing_now
from bangfu.web.case_acts import Outcome
from bangfu.web.case_conditions import conditions_seen
from bangfu.web.case_form import Typed
from bangfu.web.case_lines import Around, Line, lines_of
from bangfu.web.case_sheet import Asked, Sheet
from bangfu.web.case_step import step_form
from bangfu.web.case_words import DONE_WORDS, STATE_COLOURS, STATE_WORDS, address_of, roles_with, votes_named
from bangfu.web.sheet_page import PostingShown, postings_shown

_LATEST: Final = 5
DONE, NOW, AHEAD = "done", "now", "ahead"


@dataclass(frozen=True, slots=True)
class ActSeen:
    """One act as the path shows it: what, by whom, when, when recorded, and the notice that it hung."""

    passed: Passed
    words: Any
    recorded_at: datetime
    notice: Notice | None

    @property
    def notice_address(self) -> str:
        """The address of the notice's page; empty where the site has none."""
        return address_of("notice", number=self.notice.pk) if self.notice else ""

    @property
    def codes(self) -> list[Text]:
        """What the step found, of the lists that it asks for."""
        lists, found = load().code_lists, self.passed.form.get("codes", {})
        return [entry.label for name, code in found.items() for entry in lists[name].entries if entry.number == code]

    @property
    def votes(self) -> list[int] | None:
        """For, against and abstaining where the vote was not unanimous."""
        return next(iter(self.passed.form.get("votes", {}).values()), None)


@dataclass(frozen=True, slots=True)
class StepSeen:
    """One step of the law: done, now or ahead; whose it is; and what was done at it."""

    step: Step
    turn: str
    roles: list[Text]
    acts: list[ActSeen]


class CaseSeen:
    """A case as one person sees it on a day."""

    def __init__(self, actor: ActingPerson, path: Path, on: date) -> None:
        self.actor, self.path, self.on, self.case = actor, path, on, path.case

    @cached_property
    def place(self) -> Node:
        """Where it is worked on."""
        step = self.crumbs[-1]
        return Node(step.number, step.code, Level(step.level), step.name)

    @cached_property
    def crumbs(self) -> tuple[PlaceStep, ...]:
        """The places from the province down to its own."""
        return paths_of([self.case.place])[self.case.place]

    def sheet(self, typed: Typed | None = None) -> Sheet | None:
        """Return the sheet of this case alone at the step for which it waits; None when it has ended."""
        if self.path.next is None:
            return None
        asked = Asked(self.path.course, self.path.next, self.place, only=self.case.pk)
        return Sheet(self.actor, Scope((self.case.place,)), asked, self.on, typed)

    def steps(self) -> list[StepSeen]:
        """Return every step of the law, with what was done at it."""
        acts = self._acts()
        return [
            StepSeen(
                step=step,
                turn=self._turn(step),
                roles=roles_with(self.path.course.right(step)),
                acts=[act for act in acts if act.passed.step == step],
            )
            for step in self.path.course.steps
        ]

    def shown(self, typed: Typed | None = None, outcome: Outcome | None = None) -> Mapping[str, Any]:
        """Return what the page shows; after a form that could not be carried out, with what was typed."""
        sheet, state = self.sheet(typed), CaseState(self.path.standing.state)
        events = {passed.event for passed in self.path.acts}
        run = self.case.run
        return {
            "path": self.path,
            "case": self.case,
            "line": self._line(sheet),
            "crumbs": self.crumbs,
            "opened": next(act for act in self._acts() if act.passed.kind == ActKind.OPENED),
            "steps": self.steps(),
            "state": (STATE_WORDS[state], STATE_COLOURS.get(state, "")),
            "late": self.path.deadline is not None and self.path.deadline < self.on,
            "law": law_of(run, self.case.proposal, Home.current(), self.case.subject_kind) if run else None,
            "why": f"?run={run.name}" if run else "",
            "reads": self.actor.may(Can.READ_REGISTER, self.case.place),
            "sheet": sheet,
            "form": step_form(sheet) if sheet else None,
            "wrong": outcome,
            "postings": [one for one in self._postings(events) if one.posting.undoable],
            "address": reverse("case", args=[self.case.pk]),
            "votes": self._votes(sheet),
            "conditions": conditions_seen(self.case, self.path.acts, typed.counts if typed else None),
            "today": self.on,
        }

    def _postings(self, events: set[int]) -> list[PostingShown]:
        return postings_shown(self.actor, self.path.course, self.case.place, events)

    def _votes(self, sheet: Sheet | None) -> list[tuple[str, str, str]]:
        """Return the three inputs of a vote: name, words, and what was typed."""
        line = self._line(sheet)
        return [(name, words, typed) for (name, words), typed in zip(votes_named(), line.votes, strict=True)]

    def _line(self, sheet: Sheet | None) -> Line:
        if sheet is not None and sheet.lines:
            return sheet.lines[0]
        step = self.path.course.steps[-1]
        return lines_of(standing_now([self.case.pk]), Around(step, self.on, {}, None))[0]

    def _turn(self, step: Step) -> str:
        if step == self.path.next:
            return NOW
        return DONE if step.order <= self.path.standing.done else AHEAD

    def _acts(self) -> list[ActSeen]:
        passed = self.path.acts
        moments, notices = recorded_at({one.event for one in passed}), hung_by({one.act for one in passed})
        return [
            ActSeen(self._own_votes(one), DONE_WORDS[one.kind], moments[one.event], notices.get(one.act))
            for one in passed
        ]

    def _own_votes(self, passed: Passed) -> Passed:
        """Return an act with the votes and the days late of this case alone: those of others are others' business."""
        number = str(self.case.pk)
        votes = {case: votes for case, votes in passed.form.get("votes", {}).items() if case == number}
        late = passed.form.get("late", {}).get(number, 0)
        reason = passed.reason if late or passed.kind != ActKind.DONE else ""
        return replace(passed, reason=reason, form={**passed.form, "votes": votes, "late": late})


def case_seen(actor: ActingPerson, scope: Scope, number: int, on: date) -> CaseSeen:
    """Return a case of the person's scope; raises CaseUnknown, PermissionDenied for who may count households only."""
    path = path_of(scope, number, on)
    if path.case.subject_kind == "household" and not actor.may(Can.READ_REGISTER, path.case.place):
        raise PermissionDenied
    return CaseSeen(actor, path, on)


def paths_about(scope: Scope, county: int, household: int, on: date) -> list[Path]:
    """Return the paths of the latest cases about a household, the latest first."""
    return [path_of(scope, number, on) for number in cases_about(scope, county, "household", household)[:_LATEST]]
