"""What-if: the same households under altered rules; every difference comes from what was altered."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.analysis.frames import held
from bangfu.analysis.plan import make_plan
from bangfu.analysis.reform import Reform, reformed
from bangfu.analysis.rows import judge
from bangfu.analysis.run import evaluate
from bangfu.analysis.thresholds import Threshold
from bangfu.analysis.transfers import Transfer, cost_of, with_gap
from bangfu.analysis.what_if import by_group, by_place, compare, errors, totals, within
from bangfu.kernel.errors.parameters import ParameterUnknown, ReformWithoutEffect
from bangfu.params import load
from tests.analysis.area import COUNTY, INSURED, NO_LACK, VILLAGE, area

ON = date(2016, 12, 31)
LINE = 295_200
ITEMS = {
    "wage_fen": 100_000, "business_fen": 0, "business_cost_fen": 0, "property_fen": 0, "transfer_fen": 200_000,
}  # fmt: skip


def home(members=1, village=VILLAGE, **facts):
    return (NO_LACK | {"village": village, **facts}, [INSURED] * members)


def per_head(fen, **facts):
    return home(net_income_pc_fen=fen, **facts)


def plan_of(frames, programme="cn_2014", on=ON):
    return make_plan(load(), programme, on, frames.villages["county"].to_list())


def compared(homes, reform):
    frames = area(homes)
    plan = plan_of(frames)
    return frames, compare(frames, judge(frames, plan), plan, reform)


def answers(homes, reform):
    return compared(homes, reform)[1].rows["after"].to_list()


def test_a_reform_that_alters_nothing_changes_nobody():
    _, found = compared([per_head(LINE), per_head(LINE - 1), home()], Reform())
    assert found.moved.is_empty()
    assert found.rows["before"].to_list() == found.rows["after"].to_list() == [0, 1, None]


def test_a_higher_line_lets_in_who_is_below_it_and_nobody_else():
    _, found = compared([per_head(350_000), per_head(349_999), per_head(1)], Reform({"poverty_line": 350_000}))
    assert found.rows["after"].to_list() == [0, 1, 1]
    assert found.moved["household"].to_list() == [found.rows["household"][1]]
    assert totals(found)["households"] == {
        "yes_before": 1, "yes_after": 2, "entered": 1, "left": 0, "unknown_before": 0, "unknown_after": 0,
    }  # fmt: skip


def test_a_line_of_nothing_lets_everybody_out():
    assert answers([per_head(0), per_head(LINE)], Reform({"poverty_line": 0})) == [0, 0]


def test_an_item_left_out_of_income_lets_in_who_lived_on_it():
    assert answers([home(**ITEMS)], Reform()) == [0]
    assert answers([home(**ITEMS)], Reform(items={"transfer_fen": "exclude"})) == [1]


def test_a_criterion_may_be_enough_alone_or_be_asked_besides():
    homes = [per_head(LINE, housing_grade="D级"), per_head(1), per_head(1, housing_grade="D级")]
    assert answers(homes, Reform(also=("housing_unsafe",))) == [1, 1, 1]
    assert answers(homes, Reform(only_if=("housing_unsafe",))) == [0, 0, 1]


def test_a_criterion_that_the_programme_has_but_identification_never_asked_can_be_taken_up():
    assert answers([per_head(LINE)], Reform(also=("income_above_exit_line",))) == [0]
    frames = area([per_head(LINE)])
    plan = plan_of(frames)
    bare = reformed(plan, Reform(), [COUNTY])
    assert [each.name for each in bare.criteria] == [each.name for each in plan.criteria]


def test_further_numbers_of_the_law_can_be_altered():
    children = [(NO_LACK | {"net_income_pc_fen": LINE}, [{**INSURED, "age": 16, "enrolment": None}])]
    frames = area(children)
    plan = plan_of(frames)
    altered = reformed(plan, Reform({"compulsory_age_to": 16}, also=("education_gap",)), [COUNTY])
    assert judge(frames, plan)["education_gap"].to_list() == [0]
    assert judge(frames, altered)["education_gap"].to_list() == [None]


@pytest.mark.parametrize(
    "reform",
    [
        Reform({"poverty_lin": 1}),
        Reform(items={"wages": "add"}),
        Reform(items={"wage_fen": "double"}),
        Reform(also=("income_below",)),
        Reform(only_if=("income_below",)),
    ],
)
def test_a_name_that_the_programme_does_not_have_is_an_error(reform):
    frames = area([per_head(1)])
    with pytest.raises(ParameterUnknown):
        reformed(plan_of(frames), reform, [COUNTY])


def test_a_parameter_that_identification_does_not_use_is_an_error():
    frames = area([per_head(1)])
    with pytest.raises(ReformWithoutEffect):
        reformed(plan_of(frames), Reform({"wrong_exit_rate_limit": 1}), [COUNTY])


def test_one_line_replaces_those_of_the_provinces():
    homes = [per_head(720_000, village=village, risks=["因病"]) for village in (520102100201, 530102100201)]
    frames = area(homes)
    plan = make_plan(load(), "cn_2021", date(2023, 6, 30), [520102000000, 530102000000])
    altered = reformed(plan, Reform({"monitoring_line": 800_000}), [520102000000, 530102000000])
    (only,) = altered.thresholds["income_below_monitoring_line"]
    assert (only.value.value, only.counties) == (800_000, None)
    assert judge(frames, altered)["outcome"].to_list() == [1, 1]


def test_a_criterion_taken_up_brings_its_own_threshold():
    frames = area([per_head(1)])
    plan = plan_of(frames)
    fewer = reformed(plan, Reform(), [COUNTY])
    without = {name: found for name, found in plan.thresholds.items() if name != "income_above_exit_line"}
    (found,) = reformed(replace(plan, thresholds=without), Reform(), [COUNTY]).thresholds["income_above_exit_line"]
    assert isinstance(found, Threshold)
    assert fewer.thresholds["income_above_exit_line"] == (found,)


def test_places_add_up_from_the_village():
    frames, found = compared([per_head(LINE), per_head(1), per_head(400_000)], Reform({"poverty_line": 300_000}))
    placed = by_place(found, held(frames.places, "place", "parent"))
    assert placed["place"].to_list()[-1] == VILLAGE
    assert set(placed["households_entered"]) == {1}
    assert set(placed["persons_yes_after"]) == {2}


def test_a_comparison_cut_to_no_village_counts_nobody():
    _, found = compared([per_head(1)], Reform())
    assert totals(within(found, pl.Series([1])))["households"]["yes_before"] == 0
    assert totals(within(found, pl.Series([VILLAGE])))["households"]["yes_before"] == 1


def test_groups_add_up_to_the_whole_and_the_unknown_group_comes_last():
    _, found = compared([per_head(1), per_head(2), per_head(LINE)], Reform({"poverty_line": LINE + 1}))
    groups = pl.DataFrame({"household": found.rows["household"], "group": [2, None, 2]})
    told = by_group(found, groups)
    assert [one["group"] for one in told] == [2, None]
    assert [one["households"]["yes_after"] for one in told] == [2, 1]


def test_errors_are_told_for_both_sides_and_only_for_known_truths():
    _, found = compared([per_head(1), per_head(LINE), home(), per_head(2)], Reform({"poverty_line": LINE + 1}))
    truth = pl.DataFrame({"household": found.rows["household"][:3], "poor": [True, True, True]})
    told = errors(found, truth)
    assert told["before"]["households"] == {
        "identified": 1, "poor": 3, "hit": 1, "inclusion_error": 0, "exclusion_error": 2, "undecided": 1,
    }  # fmt: skip
    assert told["after"]["persons"]["exclusion_error"] == 1


def test_the_gap_of_a_household_is_what_all_its_members_lack():
    frames = area([home(3, net_income_pc_fen=295_000), home(2, **ITEMS), home(2), per_head(LINE)])
    plan = plan_of(frames)
    assert with_gap(judge(frames, plan), plan)["gap_fen"].to_list() == [600, 2 * LINE - 300_000, None, 0]


def test_a_programme_without_a_line_knows_no_gap():
    frames = area([per_head(1)])
    plan = plan_of(frames)
    blind = replace(plan, criteria=())
    assert blind.line_criterion is None
    assert with_gap(judge(frames, plan), blind)["gap_fen"].to_list() == [None]


def test_the_gap_is_the_gap_money_of_the_indicators_to_the_last_fen():
    frames = area([home(3, net_income_fen=700_000), home(2, **ITEMS), per_head(LINE)])
    plan = plan_of(frames)
    told = evaluate(frames, load(), "cn_2014", ON).indicators.filter(place=VILLAGE, indicator="gap_money")
    assert cost_of(with_gap(judge(frames, plan), plan), Transfer()).gap_fen == told["numerator"].item() > 0


def cost(homes, **transfer):
    frames = area(homes)
    plan = plan_of(frames)
    return cost_of(with_gap(judge(frames, plan), plan), Transfer(**transfer))


def test_lifting_everybody_to_the_line_costs_exactly_the_gap():
    found = cost([home(2, net_income_pc_fen=LINE - 10), per_head(LINE - 5), per_head(LINE)])
    assert (found.gap_fen, found.cost_fen, found.spent_fen) == (25, 25, 25)
    assert (found.below, found.below_left, found.gap_left_fen) == (2, 0, 0)


def test_a_budget_goes_to_the_poorest_first():
    found = cost([per_head(LINE - 5), per_head(LINE - 10)], budget_fen=10)
    assert (found.cost_fen, found.spent_fen, found.paid_households, found.gap_left_fen) == (15, 10, 1, 5)


def test_a_budget_that_is_a_fen_short_pays_nobody():
    assert cost([per_head(LINE - 10)], budget_fen=9).paid_households == 0


def test_a_payment_per_head_may_leave_some_below_the_line():
    found = cost([home(3, net_income_pc_fen=LINE - 10), per_head(LINE - 5)], per_head_fen=5)
    assert (found.cost_fen, found.paid_persons, found.below_left, found.gap_left_fen) == (20, 4, 1, 15)


@given(st.lists(st.integers(0, 400_000), min_size=1, max_size=12), st.integers(0, 400_000), st.integers(0, 400_000))
@settings(max_examples=25, deadline=None)
def test_more_are_poor_under_a_higher_line(incomes, one, other):
    frames = area([per_head(fen) for fen in incomes])
    plan = plan_of(frames)
    rows = judge(frames, plan)
    low, high = (totals(compare(frames, rows, plan, Reform({"poverty_line": line}))) for line in sorted((one, other)))
    assert low["persons"]["yes_after"] <= high["persons"]["yes_after"]
    assert low["gap_after_fen"] <= high["gap_after_fen"]
