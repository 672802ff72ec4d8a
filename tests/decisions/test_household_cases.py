"""A single case fits what the household is, and rests on measured facts; places exit by their rates."""

from datetime import date

import polars as pl
import pytest

from bangfu.access.acting import acting
from bangfu.decisions.actions.open_household_case import Wanted, open_household_case
from bangfu.decisions.actions.open_place_exit import open_place_exit
from bangfu.decisions.place_exits import checks_of, failing, population_of
from bangfu.decisions.standing_now import status_of
from bangfu.kernel.errors.procedures import CaseOpenAlready, CriteriaNotMet, StatusDoesNotFit
from bangfu.kernel.errors.register import HouseholdUnknown, PlaceUnknown
from bangfu.kernel.status import StatusKind
from bangfu.places.scope import Scope
from bangfu.procedures.models import Case
from bangfu.rules.rates import may_exit
from bangfu.snapshots.queries import run_frames, run_named, run_rows

pytestmark = pytest.mark.store
START = date(2017, 1, 9)


@pytest.fixture
def clerk(hamlet):
    hamlet.move_day(START)
    return acting("李文员")


@pytest.fixture
def run(hamlet):
    return run_named(None)


def household(run, home, status, **outcomes):
    rows = run_rows(run, home).filter(pl.col("status") == status)
    for name, outcome in outcomes.items():
        rows = rows.filter(pl.col(name) == outcome)
    return rows["household"][0]


def opened(clerk, run, home, number, procedure, proposal, **more):
    wanted = Wanted("cn_2014", procedure, proposal, **more)
    return open_household_case(by=clerk, scope=Scope.everywhere(), household=number, wanted=wanted, run=run, home=home)


def test_an_exit_needs_a_run_that_found_it(clerk, run, hamlet):
    fit = household(run, hamlet, StatusKind.IDENTIFIED, exit=1)
    case = opened(clerk, run, hamlet, fit, "exit", "exited")
    assert Case.objects.get(pk=case).run == run
    unfit = household(run, hamlet, StatusKind.IDENTIFIED, exit=0)
    with pytest.raises(CriteriaNotMet):
        opened(clerk, run, hamlet, unfit, "exit", "exited")
    with pytest.raises(CriteriaNotMet):
        opened(clerk, None, hamlet, household(run, hamlet, StatusKind.IDENTIFIED, exit=1), "exit", "exited")


def test_a_case_fits_what_the_household_is(clerk, run, hamlet):
    poor = household(run, hamlet, StatusKind.IDENTIFIED)
    assert status_of(poor, monitoring=False) == StatusKind.IDENTIFIED
    with pytest.raises(StatusDoesNotFit) as refused:
        opened(clerk, run, hamlet, poor, "identify", "identified")
    assert refused.value.facts["status"].zh == "在册贫困户"


def test_a_household_has_one_open_case_of_a_procedure(clerk, run, hamlet):
    fit = household(run, hamlet, StatusKind.IDENTIFIED, exit=1)
    opened(clerk, run, hamlet, fit, "exit", "exited")
    with pytest.raises(CaseOpenAlready):
        opened(clerk, run, hamlet, fit, "exit", "exited")


def test_outside_the_scope_a_household_does_not_exist(clerk, run, hamlet):
    fit = household(run, hamlet, StatusKind.IDENTIFIED, exit=1)
    with pytest.raises(HouseholdUnknown):
        open_household_case(
            by=clerk,
            scope=Scope(()),
            household=fit,
            wanted=Wanted("cn_2014", "exit", "exited"),
            run=run,
            home=hamlet,
        )


def test_a_clue_starts_the_days_to_finish(clerk, run, hamlet):
    hamlet.move_day(date(2021, 6, 1))
    exited = run_rows(run, hamlet).filter(pl.col("status") == StatusKind.EXITED)["household"]
    poor = next(number for number in exited if status_of(number, monitoring=True) is None)
    wanted = Wanted("cn_2021", "identify", "monitored", clue="self_report", clue_on=date(2021, 5, 28), group=1)
    case = open_household_case(by=clerk, scope=Scope.everywhere(), household=poor, wanted=wanted, run=None, home=hamlet)
    assert Case.objects.get(pk=case).clue_on == date(2021, 5, 28)


def test_a_village_whose_incidence_is_too_high_does_not_exit(clerk, run, hamlet):
    places = run_frames(run, hamlet, Scope.everywhere())["places"]
    unfit = places.filter((pl.col("name") == "exit_village") & (pl.col("outcome").fill_null(0) != 1))["place"][0]
    with pytest.raises(CriteriaNotMet):
        open_place_exit(by=clerk, scope=Scope.everywhere(), run=run, place=unfit, home=hamlet)
    with pytest.raises(PlaceUnknown):
        open_place_exit(by=clerk, scope=Scope(()), run=run, place=unfit, home=hamlet)


def test_the_people_of_a_county_add_up(run, hamlet):
    county = run_rows(run, hamlet)["county"][0]
    people = population_of(run, county, hamlet)
    assert people.poor + people.exited + people.unregistered == people.rural > 0


def test_rates_that_nobody_counted_are_unknown_and_named(run, hamlet):
    county = run_rows(run, hamlet)["county"][0]
    checks = checks_of(run, county, {}, hamlet)
    assert may_exit(checks) is None
    assert "错退率" in failing(checks).zh
