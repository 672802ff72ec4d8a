"""Record the day for which the exit of a village or county is planned."""

from datetime import date
from typing import Final

from django.db import transaction

from bangfu.access.acting import today
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_number
from bangfu.decisions.models import PlannedExit
from bangfu.decisions.place_standing import SUBJECTS, exit_of
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.codes import Level
from bangfu.kernel.errors.exits import ExitUnderWay, PlaceExitedAlready, PlanDayUnfit
from bangfu.kernel.errors.register import PlaceUnknown
from bangfu.kernel.home import Home
from bangfu.kernel.texts import day_said
from bangfu.params import load
from bangfu.places.models import Place
from bangfu.places.scope import Scope, chain_of
from bangfu.procedures.course import version_on
from bangfu.procedures.models import CaseState, Standing

_COLUMNS: Final = ("id", "county", "place", "programme", "planned_on")


@transaction.atomic
def plan_exit(*, by: Actor, scope: Scope, place: int, programme: str, planned_on: date) -> PlannedExit:
    """Record for which day the exit of a village or county is planned (计划退出时间).

    Plans are never altered, a later one counts; none is recorded once the exit is being decided or has been, for a
    reward rests on the plan that stood before.

    by          needs the right to work for the county at the place
    scope       where the person may do so
    planned_on  a day on which the programme runs, past or to come
    Raises      PlaceUnknown, NotPermitted, ParameterUnknown, ParameterNotInForce, PlanDayUnfit, PlaceExitedAlready,
                ExitUnderWay
    """
    found = Place.objects.filter(number=place).first()
    if found is None or found.level not in SUBJECTS or not scope.contains(place):
        raise PlaceUnknown(place=place)
    require(by, Can.WORK_COUNTY, place)
    subject, county = SUBJECTS[Level(found.level)], chain_of(place)
    version_on(programme, f"exit_{subject}", today())
    _check_day(programme, planned_on)
    lock_chain(county)
    _check_open(place, county, programme)
    row = PlannedExit(
        id=next_number(PlannedExit), county=county, place=place, programme=programme, planned_on=planned_on
    )
    values = [getattr(row, name) for name in _COLUMNS]
    row.event = append_event(
        by=by,
        county=county,
        action="exit.plan",
        subject=f"place {place}",
        body={"tables": {PlannedExit._meta.db_table: commit_rows(Home.current().keys, _COLUMNS, [values])}},
    )
    row.save(force_insert=True)
    return row


def _check_day(programme: str, planned_on: date) -> None:
    law = load().programme(programme)
    last = law.end or date.max
    if not law.start <= planned_on <= last:
        raise PlanDayUnfit(first=day_said(law.start), last=day_said(last))


def _check_open(place: int, county: int, programme: str) -> None:
    """Refuse a plan for what has exited or is about to; raises PlaceExitedAlready, ExitUnderWay."""
    exited = exit_of(place, programme)
    if exited is not None:
        raise PlaceExitedAlready(day=day_said(exited.effective_from), case=exited.case_id)
    waiting = Standing.objects.filter(county=county, place=place, live=True, state=CaseState.OPEN.value)
    open_case = waiting.filter(case__subject_kind__in=SUBJECTS.values(), case__programme=programme).first()
    if open_case is not None:
        raise ExitUnderWay(case=open_case.case_id)
