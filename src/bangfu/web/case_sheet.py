"""The work sheet (名单): the cases of a place that wait for one step, put together from queries."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import polars as pl
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_of
from bangfu.kernel.actors import Can
from bangfu.kernel.codes import Level
from bangfu.kernel.errors.parameters import ParameterError
from bangfu.kernel.errors.procedures import StepUnknown
from bangfu.kernel.texts import Text
from bangfu.params import Step, load
from bangfu.places.paths import paths_of
from bangfu.places.queries import numbers_within
from bangfu.places.scope import Scope
from bangfu.places.tree import Node, line_to, node_at
from bangfu.procedures.course import Course, course_of, version_on
from bangfu.procedures.deadlines import late_cases
from bangfu.procedures.models import Hand
from bangfu.procedures.queries import ready_cases
from bangfu.procedures.queues import stands_of, waiting_in
from bangfu.procedures.sheets import hands_in, standing_now, waiting_at
from bangfu.procedures.standings import content_of
from bangfu.procedures.stops import stops_of
from bangfu.web.case_form import Typed
from bangfu.web.case_lines import HAND, SECOND, Around, Line, lines_of

PER_PAGE: Final = 200
_PAGE: Final = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which sheet: a step of a procedure at a place of one's own; no place: all of them.

    hanging  only those whose notice hangs, or whose does not; None: both
    page     from 1
    only     one case alone
    """

    course: Course
    step: Step
    place: Node | None
    hanging: bool | None = None
    page: int = 1
    only: int | None = None

    @classmethod
    def of(cls, query: QueryDict, scope: Scope) -> "Asked":
        """Read an address; raises Http404 for no step of any law, PlaceUnknown outside the scope."""
        programme, procedure = query.get("programme", ""), query.get("procedure", "")
        if programme not in load().programmes:
            raise Http404
        try:
            law_from = date.fromisoformat(query.get("law_from", ""))
            version = version_on(programme, procedure, law_from)
            course = course_of(version)
            step = course.step(query.get("step", ""))
        except (ValueError, ParameterError, StepUnknown):
            raise Http404 from None
        if version.law_from != law_from:
            raise Http404
        code, page = query.get("place", ""), query.get("page", "")
        return cls(
            course=course,
            step=step,
            place=node_at(scope, code) if code else None,
            hanging={"0": False, "1": True}.get(query.get("hanging", "")),
            page=int(page) if _PAGE.fullmatch(page) else 1,
        )

    def address(
        self,
        *,
        step: Step | None = None,
        place: str | None = None,
        hanging: bool | None = None,
        page: int | None = None,
    ) -> str:
        """Return the address of this sheet, or of one beside it: another step, another place ('' for all)."""
        code = place if place is not None else self.place.code if self.place else ""
        return address_of_sheet(self.course, step or self.step, code, hanging=hanging, page=page)


def address_of_sheet(
    course: Course, step: Step, code: str, *, hanging: bool | None = None, page: int | None = None
) -> str:
    """Return the address of the sheet of a step at the place with a code; '' for all of one's own."""
    version = course.version
    parts: dict[str, str | int] = {
        "programme": version.programme,
        "procedure": version.procedure,
        "law_from": version.law_from.isoformat(),
        "step": step.name,
        "place": code,
        "hanging": "" if hanging is None else int(hanging),
        "page": page or "",
    }
    return f"{reverse('case_sheet')}?{urlencode({name: value for name, value in parts.items() if value != ''})}"


class Sheet:
    """A work sheet as one person sees it on a day (工作名单).

    typed  what the person typed before, where the form was sent
    """

    def __init__(self, actor: ActingPerson, scope: Scope, asked: Asked, on: date, typed: Typed | None = None) -> None:
        self.actor, self.asked, self.on, self.typed = actor, asked, on, typed
        self.course, self.step, self.place = asked.course, asked.step, asked.place
        self.right = self.course.right(self.step)
        self.allowed = scope_of(actor, self.right)
        inside = self.allowed if self.place is None and self.allowed.roots else scope
        self.all = waiting_at(inside, self.course, self.step, self.place.number if self.place else None)
        self.looked = inside if self.place is None else Scope((self.place.number,))
        if asked.only is not None:
            self.all = self.all.filter(pl.col("case") == asked.only)
        self.frame = self._readable()

    @property
    def hidden(self) -> int:
        """How many cases wait whose households the person may count but not read of."""
        return self.all.height - self.frame.height

    @cached_property
    def may(self) -> bool:
        """Tell whether the person takes this step here."""
        return bool(self.allowed.roots) if self.place is None else self.actor.may(self.right, self.place.number)

    @property
    def alone(self) -> bool:
        """Tell whether a meeting can be recorded here: each village holds its own."""
        return self.step.kind != "meeting" or self.frame["place"].n_unique() <= 1

    @cached_property
    def waiting(self) -> dict[int, str]:
        """Return of the cases that cannot take the step today, why not."""
        found = ready_cases(self.frame, self.step, self.on)[1]
        if self.may and self.course.decides(self.step):
            hands = hands_in(self.actor, self.frame["case"].to_list(), self.step)
            words = {Hand.MADE: HAND, Hand.DECIDED: SECOND}
            found = {case: words[hand] for case, hand in hands.items()} | found
        return found

    @cached_property
    def ready(self) -> pl.DataFrame:
        """The cases that can take the step today."""
        return self.frame.filter(~pl.col("case").is_in(list(self.waiting)))

    @cached_property
    def late(self) -> dict[int, int]:
        """The ready cases past the last day for this step today, with the days."""
        return self.late_on(self.on)

    def late_on(self, day: date) -> dict[int, int]:
        """Return the ready cases past the last day for this step on a day; none where a notice is only posted."""
        some = self.ready.filter(_hangs()) if self.step.kind == "notice" else self.ready
        return late_cases(some, self.step, stops_of(some["case"].to_list()), day)

    @property
    def digest(self) -> str:
        """The digest of all ready cases."""
        return content_of(self.ready)

    @cached_property
    def shown(self) -> pl.DataFrame:
        """The cases of this page: those of one kind where some notices hang and others do not yet."""
        some = self.frame if self.hanging is None else self.frame.filter(_hangs() == self.hanging)
        return some.slice((self.page - 1) * PER_PAGE, PER_PAGE)

    @cached_property
    def hanging_counts(self) -> tuple[int, int]:
        """How many have no notice yet, and of how many it hangs."""
        hangs = int(self.frame.select(_hangs().sum()).item() or 0)
        return self.frame.height - hangs, hangs

    @cached_property
    def hanging(self) -> bool | None:
        """Which kind this page shows; None where there is one kind alone."""
        fresh, hangs = self.hanging_counts
        if not fresh or not hangs:
            return None
        return bool(self.asked.hanging)

    @property
    def closes(self) -> bool:
        """Tell whether the step is to close the notice that hangs."""
        return bool(self.hanging_counts[1]) if self.hanging is None else self.hanging

    @cached_property
    def pages(self) -> int:
        """How many pages there are."""
        count = self.frame.height if self.hanging is None else self.hanging_counts[self.hanging]
        return max(1, -(-count // PER_PAGE))

    @property
    def page(self) -> int:
        """Which page this is."""
        return min(max(self.asked.page, 1), self.pages)

    @cached_property
    def crumbs(self) -> list[Node]:
        """The places from the person's own down to this one."""
        return [] if self.place is None else line_to(self.allowed if self.may else self.looked, self.place.number)

    @cached_property
    def lines(self) -> list[Line]:
        """The cases of this page."""
        return lines_of(self.shown, self.around)

    @cached_property
    def moved(self) -> list[Line]:
        """The chosen cases that do not wait for this step any more, with what was done in them meanwhile."""
        gone = set(self.typed.seen if self.typed else ()) - set(self.frame["case"])
        return lines_of(standing_now(sorted(gone)), self.around) if gone else []

    @cached_property
    def around(self) -> Around:
        """What every line is told beside its own columns."""
        return Around(self.step, self.on, self.waiting, self.typed)

    def strip(self) -> list[tuple[Step, int, str]]:
        """Return each step of the procedure with how many cases wait for it here, and the address of its sheet."""
        stands = {course.version: counts for course, counts in stands_of(waiting_in(self.looked))}
        counts = stands.get(self.course.version, {})
        return [(step, counts.get(step.order, 0), self.asked.address(step=step)) for step in self.course.steps]

    def below(self) -> list[tuple[Text, int, int, str]]:
        """Return the places one level down: name, cases that wait, those ready, and the address of their sheet."""
        level = self.place.level if self.place else Level.COUNTRY
        if level == Level.VILLAGE or self.frame["place"].n_unique() <= 1:
            return []
        ready = dict(self.ready.group_by("place").len().iter_rows())
        paths = paths_of(self.frame["place"].unique())
        depth = _branching([[step.number for step in path] for path in paths.values()])
        found: dict[int, list[Any]] = {}
        for place, count in self.frame.group_by("place", maintain_order=True).len().iter_rows():
            step = paths[place][min(depth, len(paths[place]) - 1)]
            told = found.setdefault(step.number, [step.name, 0, 0, self.asked.address(place=step.code)])
            told[1], told[2] = told[1] + count, told[2] + ready.get(place, 0)
        return [(name, count, some, address) for name, count, some, address in found.values()]

    def _readable(self) -> pl.DataFrame:
        """Return the cases without the households that the person may count only."""
        households = pl.col("subject_kind") == "household"
        reads = scope_of(self.actor, Can.READ_REGISTER)
        if reads.whole or not self.all.select(households.any()).item():
            return self.all
        return self.all.filter(~households | pl.col("place").is_in(numbers_within(reads).implode()))


def _hangs() -> pl.Expr:
    return pl.col("posted_on").is_not_null()


def _branching(lines: list[list[int]]) -> int:
    """Return the depth at which paths part."""
    depth = 0
    while depth < min(len(line) for line in lines) and len({line[depth] for line in lines}) == 1:
        depth += 1
    return depth
