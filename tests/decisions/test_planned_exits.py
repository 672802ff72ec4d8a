"""The exit of a place is planned before it is decided; what came early earns what the rule of the day says."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from bangfu.access.acting import acting
from bangfu.audit.models import Event
from bangfu.decisions.actions.open_place_exit import open_place_exit
from bangfu.decisions.actions.plan_exit import plan_exit
from bangfu.decisions.models import PlannedExit
from bangfu.decisions.place_plans import kept, plan_of
from bangfu.kernel.errors.access import NotPermitted
from bangfu.kernel.errors.exits import ExitUnderWay, PlaceExitedAlready, PlanDayUnfit
from bangfu.kernel.errors.parameters import ParameterUnknown
from bangfu.kernel.errors.register import PlaceUnknown
from bangfu.places.scope import Scope
from tests.decisions.places import COUNTY, POOR_VILLAGE, finish, run_on, villages_become
from tests.web.doubting import text_of
from tests.web.walking import english

pytestmark = pytest.mark.store
DAY = date(2018, 12, 31)


@pytest.fixture(autouse=True)
def start(hamlet):
    """The second Monday of January."""
    hamlet.move_day(date(2017, 1, 9))


def planned(place=POOR_VILLAGE, on=DAY, by="李文员", programme="cn_2014", scope=None):
    whose = acting(by)
    return plan_exit(by=whose, scope=scope or Scope.everywhere(), place=place, programme=programme, planned_on=on)


def test_the_last_plan_counts_and_every_plan_stays_on_record():
    planned()
    second = planned(on=date(2019, 12, 31))
    assert plan_of(POOR_VILLAGE, "cn_2014") == second
    assert plan_of(POOR_VILLAGE, "gd_2016") is None
    assert list(PlannedExit.objects.order_by("id").values_list("planned_on", flat=True)) == [DAY, date(2019, 12, 31)]
    assert Event.objects.get(pk=second.event_id).action == "exit.plan"
    with pytest.raises(DatabaseError), transaction.atomic():
        PlannedExit.objects.update(planned_on=DAY)


@pytest.mark.parametrize(
    ("on", "fits"),
    [
        pytest.param(date(2013, 12, 31), False, id="the day before the programme"),
        pytest.param(date(2014, 1, 1), True, id="its first day"),
        pytest.param(date(2020, 12, 31), True, id="its last day"),
        pytest.param(date(2021, 1, 1), False, id="the day after it"),
    ],
)
def test_an_exit_is_planned_for_a_day_of_its_programme(on, fits):
    if fits:
        assert planned(on=on).planned_on == on
    else:
        with pytest.raises(PlanDayUnfit):
            planned(on=on)


def test_only_the_county_office_plans_and_only_for_places_that_exit():
    with pytest.raises(NotPermitted):
        planned(by="刘村办")
    with pytest.raises(PlaceUnknown):
        planned(place=990101100000)
    with pytest.raises(PlaceUnknown):
        planned(scope=Scope(()))
    with pytest.raises(ParameterUnknown):
        planned(place=COUNTY, programme="gd_2016")
    assert not PlannedExit.objects.exists()


def test_a_plan_stands_once_the_exit_is_being_decided(client_of, hamlet):
    villages_become(hamlet, population=10_000)
    run = run_on(hamlet, date(2017, 1, 8))
    planned()
    case = open_place_exit(by=acting("李文员"), scope=Scope.everywhere(), run=run, place=POOR_VILLAGE, home=hamlet)
    with pytest.raises(ExitUnderWay):
        planned(on=date(2020, 12, 31))
    finish(hamlet, case)
    with pytest.raises(PlaceExitedAlready):
        planned(on=date(2020, 12, 31))
    page = english(client_of("李文员")).get(f"/places/{POOR_VILLAGE}/")
    assert "Planned for 31 December 2018" in text_of(page)
    assert "It came 23 whole months early." in text_of(page)
    assert "by rule" not in text_of(page)
    assert "/plan-exit/" not in page.content.decode()


def decided(on, place=COUNTY, kind="county"):
    return SimpleNamespace(subject_kind=kind, subject_id=place, effective_from=on)


@pytest.mark.parametrize(
    ("on", "fen", "early", "late"),
    [
        pytest.param(date(2017, 12, 31), 500_000_000, 12, 0, id="a year early"),
        pytest.param(date(2018, 1, 1), 0, 11, 0, id="a day short of a year"),
        pytest.param(date(2018, 12, 31), 0, 0, 0, id="as planned"),
        pytest.param(date(2019, 1, 31), 0, 0, 1, id="a month late"),
    ],
)
def test_a_county_is_rewarded_by_the_rule_of_the_day(on, fen, early, late):
    found = kept(decided(on), planned(place=COUNTY))
    assert (found.reward.fen, found.early, found.late) == (fen, early, late)
    assert found.reward.source.provisional


def test_a_village_has_no_rule_of_reward():
    assert kept(decided(date(2017, 1, 31), POOR_VILLAGE, "village"), planned()).reward is None


def test_the_page_takes_a_plan_and_refuses_what_is_none(client_of):
    clerk = english(client_of("李文员"))
    assert "No day is planned for its exit." in text_of(clerk.get(f"/places/{COUNTY}/"))
    address = f"/places/{COUNTY}/plan-exit/"
    sent = {"programme": "cn_2014", "planned_on": "2018-12-31"}
    assert "Write the day as" in text_of(clerk.post(address, sent | {"planned_on": "soon"}, follow=True))
    late = clerk.post(address, sent | {"planned_on": "2030-01-01"}, follow=True)
    assert "between 1 January 2014 and 31 December 2020" in text_of(late)
    assert "Planned for 31 December 2018" in text_of(clerk.post(address, sent, follow=True))
    assert "/plan-exit/" not in english(client_of("孙督查")).get(f"/places/{COUNTY}/").content.decode()
