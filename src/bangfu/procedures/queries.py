"""Everything that reads cases. Each query takes the scope or the person who looks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl
from django.db import connection

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_of
from bangfu.kernel.bulk import in_list, read_frame
from bangfu.kernel.errors.procedures import CaseUnknown
from bangfu.params import Step
from bangfu.places.scope import Scope
from bangfu.procedures.course import RIGHTS, Course, Version, course_of
from bangfu.procedures.deadlines import deadline_of
from bangfu.procedures.models import Act, ActKind, Case, CaseState, Notice, Standing
from bangfu.procedures.standings import SELECTED, STANDING
from bangfu.procedures.stops import stops_of, upheld_against
from bangfu.rules.steps import Span, last_day

_QUEUE: Final = {
    "programme": pl.String,
    "procedure": pl.String,
    "law_from": pl.Date,
    "done": pl.Int16,
    "posted_on": pl.Date,
    "place": pl.Int64,
    "count": pl.Int64,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Cases of one procedure that wait for the same step.

    posted_on  since when the notice hangs at which they wait; None where it does not, or not yet
    count      how many; places: in how many villages
    """

    course: Course
    step: Step
    posted_on: date | None
    count: int
    places: int

    @property
    def until(self) -> date | None:
        """The day on which the notice may be closed if nothing stops it; None without one."""
        if self.posted_on is None:
            return None
        return last_day(self.posted_on, self.step.minimum_days, (), self.posted_on)


def waiting_for(actor: ActingPerson) -> list[Waiting]:
    """Return what waits for a person: steps that their rights allow in their places (待办步骤)."""
    scope = scope_of(actor, *RIGHTS)
    if not scope.roots:
        return []
    rows = _queue(scope)
    found = []
    for key, mine in rows.group_by("programme", "procedure", "law_from", "done", "posted_on", maintain_order=True):
        programme, procedure, law_from, done, posted_on = key
        course = course_of(Version(str(programme), str(procedure), law_from))
        step = course.after(int(str(done)))
        if step is None:
            continue
        allowed = scope_of(actor, course.right(step))
        if not allowed.roots:
            continue
        covered = mine if allowed.whole else mine.join(_inside(allowed), on="place", how="semi")
        if covered.height:
            posted = posted_on if isinstance(posted_on, date) else None
            found.append(Waiting(course, step, posted, int(covered["count"].sum()), covered["place"].n_unique()))
    return found


_FORMS: Final = {"case": pl.Int64, "act": pl.Int64, "form": pl.String}


def _queue(scope: Scope) -> pl.DataFrame:
    inside, places = scope.where("s.place")
    sql = (
        "SELECT c.programme, c.procedure, c.law_from, s.done, s.posted_on, s.place, COUNT(*) "
        "FROM procedures_standing s JOIN procedures_case c ON c.id = s.case_id "
        f"WHERE s.live AND s.state = %s AND {inside} "
        "GROUP BY c.programme, c.procedure, c.law_from, s.done, s.posted_on, s.place "
        "ORDER BY c.programme, c.procedure, c.law_from, s.done, s.posted_on"
    )
    return read_frame(connection, sql, [CaseState.OPEN.value, *places], _QUEUE)


def _inside(scope: Scope) -> pl.DataFrame:
    inside, places = scope.where("number")
    return read_frame(connection, f"SELECT number FROM places_place WHERE {inside}", places, {"place": pl.Int64})


@dataclass(frozen=True, slots=True)
class CasesAsked:
    """Which cases a list shows; what is None or empty does not cut.

    done  order of the last finished step
    """

    place: int | None = None
    procedure: str = ""
    done: int | None = None
    state: str = CaseState.OPEN.value
    subject_kind: str = ""
    subject_id: int | None = None


def cases_listed(scope: Scope, asked: CasesAsked) -> pl.DataFrame:
    """Return the cases of a scope in the columns of standings.STANDING, by place and number."""
    parts, parameters = [], []
    inside, places = scope.where("s.place")
    if asked.place is not None:
        below, more = Scope((asked.place,)).where("s.place")
        parts, parameters = [below], [*more]
    for column, value in (
        ("c.procedure", asked.procedure or None),
        ("s.done", asked.done),
        ("s.state", asked.state or None),
        ("c.subject_kind", asked.subject_kind or None),
        ("c.subject_id", asked.subject_id),
    ):
        if value is not None:
            parts.append(f"{column} = %s")
            parameters.append(value)
    conditions = " AND ".join([inside, *parts])
    sql = f"{SELECTED} AND {conditions} ORDER BY s.place, s.case_id"
    return read_frame(connection, sql, [*places, *parameters], STANDING)


def ready_cases(frame: pl.DataFrame, step: Step, on: date) -> tuple[pl.DataFrame, dict[int, str]]:
    """Return the cases that may take a step on a day, and of the others why not.

    Returns  the cases that are ready, and case -> objection (one is open, or was right and nothing followed), notice
             (its days are not served)
    """
    stops = stops_of(frame["case"].to_list())
    waiting = {case: "objection" for case, spans in stops.items() if any(span.last is None for span in spans)}
    waiting |= dict.fromkeys(upheld_against(list(stops)) if stops else (), "objection")
    if step.kind == "notice":
        for case, posted_on in frame.select("case", "posted_on").iter_rows():
            spans = stops.get(case, [])
            if posted_on is not None and case not in waiting:
                served_on = last_day(posted_on, step.minimum_days, spans, on)
                if served_on > on:
                    waiting[case] = "notice"
    return frame.filter(~pl.col("case").is_in(list(waiting))), waiting


@dataclass(frozen=True, slots=True)
class Passed:
    """One act of a case as its path shows it."""

    step: Step | None
    kind: ActKind
    on: date
    person: str
    reason: str
    form: dict[str, Any]
    act: int
    event: int
    undone: bool


@dataclass(frozen=True, slots=True)
class Path:
    """The way of a case at a glance (办理进度): what was done by whom and when, and what comes next.

    next      the step for which it waits; None when it ended
    upheld    whether an objection was right, so that it goes no further until it is sent back or refused
    until     the day on which the hanging notice may be closed; None without one
    deadline  the day by which the next step is to be finished; None where the law sets none
    """

    case: Case
    course: Course
    standing: Standing
    acts: tuple[Passed, ...]
    next: Step | None
    stops: tuple[Span, ...]
    upheld: bool
    until: date | None
    deadline: date | None

    @property
    def stopped(self) -> bool:
        """Tell whether an objection is open."""
        return any(span.last is None for span in self.stops)


def path_of(scope: Scope, number: int, on: date) -> Path:
    """Return the way of a case; raises CaseUnknown when its place is not in the scope."""
    case = Case.objects.filter(pk=number).select_related("run").first()
    if case is None or not scope.contains(case.place):
        raise CaseUnknown(case=number)
    course = course_of(Version(case.programme, case.procedure, case.law_from))
    standing = Standing.objects.get(case=case, live=True)
    step = course.after(standing.done) if standing.state == CaseState.OPEN else None
    stops = tuple(stops_of([case.pk]).get(case.pk, ()))
    until = None
    if step is not None and standing.posted_on is not None:
        until = last_day(standing.posted_on, step.minimum_days, stops, on)
    return Path(
        case=case,
        course=course,
        standing=standing,
        acts=_passed(case.pk, course),
        next=step,
        stops=stops,
        upheld=step is not None and bool(stops and upheld_against([case.pk])),
        until=until,
        deadline=None if step is None else deadline_of(step, case.clue_on, stops, on),
    )


def _passed(case: int, course: Course) -> tuple[Passed, ...]:
    acts = Act.objects.filter(standings__case_id=case).select_related("person").order_by("id")
    undone = set(Act.objects.filter(undoes__in=acts).values_list("undoes_id", flat=True))
    steps = {step.name: step for step in course.steps}
    return tuple(
        Passed(
            step=steps.get(act.step),
            kind=ActKind(act.kind),
            on=act.on,
            person=act.person.name,
            reason=act.reason,
            form=json.loads(act.form),
            act=act.pk,
            event=act.event_id,
            undone=act.pk in undone,
        )
        for act in acts
    )


def notice_cases(notice: Notice) -> list[int]:
    """Return the numbers of the cases that a notice names."""
    return list(Standing.objects.filter(act_id=notice.act_id).order_by("case_id").values_list("case_id", flat=True))


def codes_found(cases: Sequence[int]) -> dict[int, dict[str, int]]:
    """Return case -> code list -> the entry that its steps found, the last word of what was not taken back."""
    if not cases:
        return {}
    condition, parameter = in_list(connection, "s.case_id", list(cases))
    undone = "SELECT 1 FROM procedures_act u WHERE u.undoes_id = a.id"
    sql = (
        "SELECT s.case_id, a.id, a.form FROM procedures_standing s JOIN procedures_act a ON a.id = s.act_id "
        f"WHERE {condition} AND a.form LIKE %s AND NOT EXISTS ({undone}) ORDER BY a.id"
    )
    rows = read_frame(connection, sql, [parameter, '%"codes"%'], _FORMS)
    forms = {act: json.loads(form)["codes"] for act, form in rows.select("act", "form").unique("act").iter_rows()}
    found: dict[int, dict[str, int]] = {}
    for case, act in rows.select("case", "act").iter_rows():
        found.setdefault(case, {}).update(forms[act])
    return found
