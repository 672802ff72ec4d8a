"""A place exits once, by the latest run, if it is on record as poor; its rates stand beside their limits."""

import json
from datetime import date

import pytest

from bangfu.access.acting import acting
from bangfu.decisions.actions.open_place_exit import open_place_exit
from bangfu.decisions.models import Decision
from bangfu.decisions.place_exits import checks_of, conditions_of, evaluation_of, failing, place_finding
from bangfu.decisions.place_standing import exit_of, recorded_of, villages_of
from bangfu.kernel.codes import Level
from bangfu.kernel.errors.exits import PlaceExitedAlready, PlaceNotPoor, RunNotLatest
from bangfu.kernel.errors.parameters import ParameterNotInForce
from bangfu.kernel.errors.procedures import CriteriaNotMet
from bangfu.places.scope import Scope
from bangfu.procedures.models import Case
from bangfu.snapshots.queries import run_before, run_named
from tests.decisions.places import COUNTY, OTHER_VILLAGE, POOR_VILLAGE, finish, run_on, villages_become

pytestmark = pytest.mark.store
START = date(2017, 1, 9)


@pytest.fixture(autouse=True)
def start(hamlet):
    """The second Monday of January."""
    hamlet.move_day(START)


@pytest.fixture
def exiting(hamlet):
    """A run by which every village with these populations may exit."""
    villages_become(hamlet, villages=(POOR_VILLAGE, OTHER_VILLAGE), population=10_000)
    return run_on(hamlet, date(2017, 1, 8))


def opened(run, home, place=POOR_VILLAGE):
    return open_place_exit(by=acting("李文员"), scope=Scope.everywhere(), run=run, place=place, home=home)


def test_only_the_latest_run_carries_an_exit(hamlet, exiting):
    with pytest.raises(RunNotLatest) as refused:
        opened(run_before(exiting), hamlet)
    assert (refused.value.facts["day"].zh, refused.value.facts["latest"].zh) == ("2016年12月31日", "2017年1月8日")
    assert Case.objects.get(pk=opened(exiting, hamlet)).run == exiting


def test_a_run_made_later_of_an_earlier_day_is_not_the_latest(hamlet, exiting):
    again = run_on(hamlet, date(2017, 1, 6))
    with pytest.raises(RunNotLatest):
        opened(again, hamlet)
    assert opened(exiting, hamlet)


def test_a_programme_that_has_ended_carries_no_exit(hamlet, exiting):
    hamlet.move_day(date(2021, 1, 1))
    with pytest.raises(ParameterNotInForce):
        opened(exiting, hamlet)


def test_a_village_exits_once(hamlet, exiting):
    case = opened(exiting, hamlet)
    assert exit_of(POOR_VILLAGE, "cn_2014") is None
    finish(hamlet, case)
    assert exit_of(POOR_VILLAGE, "cn_2014").case_id == case
    assert exit_of(POOR_VILLAGE, "gd_2016") is None
    with pytest.raises(PlaceExitedAlready) as refused:
        opened(exiting, hamlet)
    assert refused.value.facts["case"] == case
    assert Case.objects.count() == 1


def test_what_a_later_decision_reversed_may_exit_again(hamlet, exiting):
    case = opened(exiting, hamlet)
    finish(hamlet, case)
    reverse(case)
    assert exit_of(POOR_VILLAGE, "cn_2014") is None
    assert opened(exiting, hamlet) != case


def reverse(case):
    """Write what a later procedure would: the village is poor again."""
    last = Decision.objects.get(case_id=case)
    other = Case.objects.get(pk=case)
    other.pk, other.proposal, other.procedure = None, "relapsed", "relapse_village"
    other.save(force_insert=True)
    last.pk, last.case, last.proposal = None, other, "relapsed"
    last.save(force_insert=True)


def test_a_village_that_is_recorded_as_not_poor_has_nothing_to_exit_from(hamlet, exiting):
    assert place_finding(exiting, OTHER_VILLAGE, "village", hamlet)[0] == 1
    with pytest.raises(PlaceNotPoor) as refused:
        opened(exiting, hamlet, OTHER_VILLAGE)
    assert refused.value.facts["attribute"].zh == "非贫困村"
    assert not Case.objects.exists()


def test_what_nobody_recorded_is_said_in_the_grounds_and_refuses_nothing(hamlet, exiting):
    on_record = Case.objects.get(pk=opened(exiting, hamlet))
    assert json.loads(on_record.grounds) == {"recorded_poor": True}
    villages_become(hamlet, on=START, villages=(OTHER_VILLAGE,), village_attribute=None)
    assert recorded_of(OTHER_VILLAGE, Level.VILLAGE, "cn_2014", START).poor is None
    not_on_record = Case.objects.get(pk=opened(exiting, hamlet, OTHER_VILLAGE))
    assert json.loads(not_on_record.grounds) == {"recorded_poor": None}
    assert recorded_of(COUNTY, Level.COUNTY, "cn_2014", START).poor is None


@pytest.mark.parametrize(
    ("attribute", "poor"),
    [
        pytest.param(1, True, id="poor"),
        pytest.param(4, True, id="in deep poverty"),
        pytest.param(5, True, id="relatively poor"),
        pytest.param(2, False, id="not poor"),
        pytest.param(3, False, id="exited by an earlier record"),
        pytest.param(6, None, id="a key village says neither"),
    ],
)
def test_the_attribute_of_a_village_says_whether_it_is_poor(hamlet, attribute, poor):
    villages_become(hamlet, on=START, village_attribute=attribute)
    assert recorded_of(POOR_VILLAGE, Level.VILLAGE, "cn_2014", START).poor is poor


def test_the_villages_of_a_county_are_counted_from_their_own_facts(hamlet, exiting):
    before = villages_of(COUNTY, "cn_2014", START)
    assert (before.count, before.poor, before.unrecorded, before.exited) == (3, 1, 0, 0)
    finish(hamlet, opened(exiting, hamlet))
    assert villages_of(COUNTY, "cn_2014", START).exited == 1


def test_an_exit_is_refused_with_the_rate_the_limit_and_how_far_it_is_beyond(hamlet):
    with pytest.raises(CriteriaNotMet) as refused:
        opened(run_named(None), hamlet)
    words = refused.value.facts["criteria"]
    assert words.zh == "贫困发生率11.21%（限值≤2%，超出限值9.21个百分点，超45人）"
    assert words.en == "incidence 11.21% (limit ≤2%, 9.21 points beyond, 45 persons too many)"


def test_what_keeps_its_limit_tells_its_margin(hamlet, exiting):
    reading = conditions_of(exiting, POOR_VILLAGE, "village", hamlet)["incidence_within_limit"]
    assert (reading.shown.zh, reading.limit.zh, reading.counted, reading.kept) == ("0.54%", "≤2%", "54 / 10,000", True)
    assert reading.margin.zh == "余量1.46个百分点，合146人"


def test_an_income_that_a_village_must_reach_tells_how_much_is_short(hamlet):
    run = run_on(hamlet, date(2016, 12, 31), "gd_2016")
    outcome, against = place_finding(run, POOR_VILLAGE, "village", hamlet)
    assert (outcome, against[0].zh) == (0, "村人均可支配收入8,410.00元（限值≥8,707.20元，还差297.20元）")
    assert against[0].en.endswith("(limit ≥8,707.20 yuan, 297.20 yuan short)")


COUNTS = {
    "exited_examined": 200,
    "wrongly_exited": 4,
    "unregistered_examined": 400,
    "omitted": 9,
    "asked": 300,
    "approve": 271,
}


def test_every_rate_of_an_evaluation_stands_beside_its_limit(hamlet):
    told = {one.title.en: one for one in evaluation_of(run_named(None), COUNTY, COUNTS, hamlet)}
    assert told["wrong-exit rate"].margin.en == "0 points within, 0 persons"
    assert told["wrong-exit rate"].kept is True
    assert told["omission rate"].margin.en == "0.25 points beyond, 1 person too many"
    assert told["public recognition"].margin.en == "0.33 points within, 1 household"
    assert told["composite incidence"].counted == ""
    assert told["composite incidence"].kept is False
    assert "人" in told["composite incidence"].margin.zh


def test_an_evaluation_that_fails_says_by_how_much(hamlet):
    words = failing(checks_of(run_named(None), COUNTY, COUNTS, hamlet))
    assert "漏评率2.25%（限值≤2%，超出限值0.25个百分点，超1人）" in words.zh
    assert "错退率" not in words.zh
    assert "错退率没有数据（限值≤2%）" in failing(checks_of(run_named(None), COUNTY, {}, hamlet)).zh
