"""Work sheets (名单): what somebody needs to know of the cases of a list before a step is taken, in columns."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import polars as pl
from django.db import connection
from django.db.models import Q

from bangfu.access.acting import ActingPerson
from bangfu.audit.models import Event
from bangfu.kernel.bulk import in_list, read_frame
from bangfu.kernel.errors.procedures import CaseUnknown
from bangfu.params import Step
from bangfu.places.scope import COUNTRY, Scope, chain_of
from bangfu.procedures.course import Course
from bangfu.procedures.models import Act, ActKind, Case, CaseState, Hand, Notice
from bangfu.procedures.queries import CasesAsked, cases_listed
from bangfu.procedures.standings import EARLIER_HAND, SELECTED, STANDING

UNDOABLE: Final = (ActKind.DONE, ActKind.AGREED, ActKind.RETURNED, ActKind.REFUSED, ActKind.WITHDRAWN)
_FOUND_BY: Final = {"case": pl.Int64, "run": pl.Int64, "grounds": pl.String}
_ACTS: Final = {
    "standing": pl.Int64,
    "case": pl.Int64,
    "kind": pl.String,
    "step": pl.String,
    "on": pl.Date,
    "person": pl.Int64,
    "name": pl.String,
}
_LATEST: Final = 3


def waiting_at(scope: Scope, course: Course, step: Step, place: int | None) -> pl.DataFrame:
    """Return the open cases that wait for a step in a place of the scope (None: all of it), as `cases_listed` does."""
    asked = CasesAsked(place=place, procedure=course.version.procedure, done=step.order - 1)
    of_version = (pl.col("programme") == course.version.programme) & (pl.col("law_from") == course.version.law_from)
    return cases_listed(scope, asked).filter(of_version)


def standing_now(cases: Sequence[int]) -> pl.DataFrame:
    """Return where cases stand, in the columns of standings.STANDING; the caller has asked whether they may be seen."""
    condition, parameter = in_list(connection, "s.case_id", list(cases))
    return read_frame(connection, f"{SELECTED} AND {condition} ORDER BY s.place, s.case_id", [parameter], STANDING)


def found_by(cases: Sequence[int]) -> dict[int, tuple[int | None, dict[str, Any]]]:
    """Return case -> the run that found it and its grounds."""
    condition, parameter = in_list(connection, "id", list(cases))
    sql = f"SELECT id, run_id, grounds FROM procedures_case WHERE {condition}"
    rows = read_frame(connection, sql, [parameter], _FOUND_BY)
    return {case: (run, json.loads(grounds)) for case, run, grounds in rows.iter_rows()}


def hands_in(actor: ActingPerson, cases: Sequence[int], step: Step) -> dict[int, Hand]:
    """Return the cases that the person cannot decide at a step, with the part that they had in each.

    It is the rule of `check_other_hands`, told for each case: MADE for who made anything of it or decided it at
    another step, DECIDED for who gave the first of two approvals already.
    """
    condition, parameter = in_list(connection, "s.case_id", list(cases))
    sql = (
        "SELECT s.case_id, MAX(CASE WHEN s.hand = %s AND s.at = %s THEN 1 ELSE 0 END) FROM procedures_standing s "
        f"JOIN procedures_standing w ON w.case_id = s.case_id AND w.live WHERE {condition} AND s.person_id = %s "
        f"AND {EARLIER_HAND} GROUP BY s.case_id"
    )
    made, decided = Hand.MADE.value, Hand.DECIDED.value
    values = [decided, step.order, parameter, actor.person_id, made, decided, step.order]
    rows = read_frame(connection, sql, values, {"case": pl.Int64, "here": pl.Int64})
    return {case: Hand.DECIDED if here else Hand.MADE for case, here in rows.iter_rows()}


def returns_of(cases: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Return case -> how often it was sent back, and the last reason; only cases that ever were."""
    condition, parameter = in_list(connection, "s.case_id", list(cases))
    sql = (
        "SELECT s.case_id, a.reason FROM procedures_standing s JOIN procedures_act a ON a.id = s.act_id "
        f"WHERE {condition} AND a.kind = %s AND NOT EXISTS (SELECT 1 FROM procedures_act u WHERE u.undoes_id = a.id) "
        "ORDER BY s.id"
    )
    found: dict[int, tuple[int, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [parameter, ActKind.RETURNED.value])
        for case, reason in cursor.fetchall():
            found[case] = (found.get(case, (0, ""))[0] + 1, reason)
    return found


def check_known(scope: Scope, cases: Collection[int]) -> None:
    """Refuse cases that do not exist or lie outside a scope: nobody learns which; raises CaseUnknown."""
    places = dict(Case.objects.filter(pk__in=cases).values_list("pk", "place"))
    inside = {place for place in set(places.values()) if scope.contains(place)}
    missing = [case for case in cases if places.get(case) not in inside]
    if missing:
        raise CaseUnknown(case=missing[0])


@dataclass(frozen=True, slots=True)
class Later:
    """What was done in a case after somebody looked at it."""

    case: int
    kind: ActKind
    step: str
    on: date
    person: int
    name: str


def later_acts(seen: dict[int, int]) -> dict[int, Later]:
    """Return the first act in each case after the standing that somebody saw; only cases that moved since.

    seen  case -> number of the standing seen
    """
    condition, parameter = in_list(connection, "s.case_id", list(seen))
    sql = (
        'SELECT s.id, s.case_id, a.kind, a.step, a."on", a.person_id, p.name FROM procedures_standing s '
        f"JOIN procedures_act a ON a.id = s.act_id JOIN access_person p ON p.id = a.person_id WHERE {condition} "
        "ORDER BY s.id"
    )
    found: dict[int, Later] = {}
    for number, case, kind, *rest in read_frame(connection, sql, [parameter], _ACTS).iter_rows():
        if number > seen[case] and case not in found:
            found[case] = Later(case, ActKind(kind), *rest)
    return found


@dataclass(frozen=True, slots=True)
class Posting:
    """What one person did in one go: acts of one entry of the chain, one a place and outcome.

    event     the entry, on the chain of the county
    kinds     what was done -> with how many cases
    undoable  whether nothing stands on it, so that it may be taken back
    notices   village -> number of the notice that it hung
    """

    event: int
    county: int
    kinds: Mapping[ActKind, int]
    step: str
    on: date
    recorded_at: datetime
    undoable: bool
    notices: dict[int, int]


def latest_postings(actor: ActingPerson, course: Course, place: int, most: int = _LATEST) -> list[Posting]:
    """Return what the person did last with cases of a procedure at a place and below it, the latest first."""
    within = Scope((place,)).holds("place")
    county = chain_of(place)
    if county != COUNTRY:
        within &= Q(county=county)
    mine = Act.objects.filter(
        within,
        person_id=actor.person_id,
        programme=course.version.programme,
        procedure=course.version.procedure,
        law_from=course.version.law_from,
    ).exclude(kind__in=(ActKind.OPENED, ActKind.UNDONE))
    events = mine.order_by("-event_id").values_list("county", "event_id").distinct()[:most]
    return [_posting(actor, *event) for event in events]


def _posting(actor: ActingPerson, county: int, event: int) -> Posting:
    acts = list(Act.objects.filter(county=county, person_id=actor.person_id, event_id=event).order_by("id"))
    condition, parameter = in_list(connection, "act_id", [act.pk for act in acts])
    sql = (
        "SELECT act_id, COUNT(*), SUM(CASE WHEN live AND state <> %s THEN 1 ELSE 0 END) FROM procedures_standing "
        f"WHERE {condition} GROUP BY act_id"
    )
    schema = {"act": pl.Int64, "cases": pl.Int64, "standing": pl.Int64}
    counts = read_frame(connection, sql, [CaseState.FINISHED.value, parameter], schema)
    cases, kinds = dict(counts.select("act", "cases").iter_rows()), Counter[ActKind]()
    for act in acts:
        kinds[ActKind(act.kind)] += cases[act.pk]
    notices = dict(Notice.objects.filter(act__in=acts).values_list("place", "pk"))
    stands = counts["cases"].sum() == counts["standing"].sum()
    return Posting(
        event=event,
        county=county,
        kinds=kinds,
        step=acts[0].step,
        on=acts[0].on,
        recorded_at=recorded_at([event])[event],
        undoable=stands and not notices and all(act.kind in UNDOABLE for act in acts),
        notices=notices,
    )


def recorded_at(events: Collection[int]) -> dict[int, datetime]:
    """Return when each entry of the chain was written: when what it tells was recorded, not when it was done."""
    return dict(Event.objects.filter(pk__in=events).values_list("pk", "at"))


def hung_by(acts: Collection[int]) -> dict[int, Notice]:
    """Return act -> the notice that it hung; only acts that hung one."""
    return {notice.act_id: notice for notice in Notice.objects.filter(act__in=acts)}


def cases_about(scope: Scope, county: int, kind: str, subject: int) -> list[int]:
    """Return the numbers of the cases about a subject of a county, the latest first."""
    found = Case.objects.filter(scope.holds("place"), county=county, subject_kind=kind, subject_id=subject)
    return list(found.order_by("-id").values_list("pk", flat=True))
