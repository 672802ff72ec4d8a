"""What would change: exact to the fen, checked by judging again one fen further and one fen nearer."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.analysis.changes import what_would_change
from bangfu.analysis.run import evaluate
from bangfu.params import load
from tests.analysis.area import ENGINES, INSURED, NO_LACK, area

ON = date(2016, 12, 31)
ITEMS = {
    "wage_fen": 100_000,
    "business_fen": 50_000,
    "business_cost_fen": 20_000,
    "property_fen": 0,
    "transfer_fen": 10_000,
}


def asked(facts, members=(INSURED, INSURED), decision="identify", programme="cn_2014", on=ON, engine="polars"):
    frames = area([({}, []), (facts, list(members))], engine)
    manifest = evaluate(frames, load(), programme, on).manifest
    return what_would_change(frames, load(), manifest, 2, decision)


def changes(*arguments, **named):
    return {(each.field, each.person): each for each in asked(*arguments, **named).changes}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_poor_household_s_wage_would_have_to_be_higher_by_exactly_the_gap(engine):
    change = changes(NO_LACK | ITEMS, engine=engine)["wage_fen", None]
    gap = 2 * 295_200 - (100_000 + 50_000 - 20_000 + 10_000)
    assert (change.recorded, change.needed, change.difference) == (100_000, 100_000 + gap, gap)
    assert change.outcome is False
    assert change.sentence.zh == "如果工资性收入多4,504.00元，即不是1,000.00元而是5,504.00元，结果将变为：不符合条件。"


def test_the_change_is_the_least_that_changes_the_result():
    change = changes(NO_LACK | ITEMS)["wage_fen", None]
    outcomes = [
        evaluate(area([(NO_LACK | ITEMS | {"wage_fen": wage}, [INSURED] * 2)]), load(), "cn_2014", ON).rows["outcome"][
            0
        ]
        for wage in (change.needed - 1, change.needed)
    ]
    assert outcomes == [1, 0]


def test_an_amount_that_cannot_fall_far_enough_is_firm():
    result = asked(NO_LACK | ITEMS)
    assert "生产经营性支出" in {title.zh for title in result.firm}
    assert ("business_cost_fen", None) not in {(each.field, each.person) for each in result.changes}


def test_a_household_above_the_line_would_be_poor_with_more_cost_or_less_wage():
    found = changes(NO_LACK | ITEMS | {"wage_fen": 900_000})
    surplus = 900_000 + 50_000 - 20_000 + 10_000 - 2 * 295_200
    assert found["business_cost_fen", None].difference == surplus + 1
    assert found["wage_fen", None].difference == -surplus - 1
    assert "少3,496.01元" in found["wage_fen", None].sentence.zh


def test_one_member_more_or_less_may_change_the_result():
    on_the_line = NO_LACK | ITEMS | {"wage_fen": 2 * 295_200 - 40_000}
    assert (changes(on_the_line)[None, None].recorded, changes(on_the_line)[None, None].needed) == (2, 3)
    below = NO_LACK | ITEMS | {"wage_fen": 300_000}
    assert changes(below)[None, None].needed == 1
    assert (None, None) not in changes(NO_LACK | ITEMS)


def test_a_household_of_one_cannot_lose_its_last_member():
    found = changes(NO_LACK | ITEMS | {"wage_fen": 300_000}, members=[INSURED])
    assert found[None, None].needed == 2


def test_members_declared_otherwise_than_counted_are_named():
    found = changes(NO_LACK | ITEMS | {"declared_members": 3})
    change = found["declared_members", None]
    assert (change.recorded, change.needed, change.outcome) == (3, 2, True)


def test_a_missing_income_is_named_with_the_amounts_between_which_the_result_turns():
    result = asked(NO_LACK | ITEMS | {"wage_fen": None})
    wage = [each for each in result.changes if each.field == "wage_fen"]
    gap = 2 * 295_200 - (50_000 - 20_000 + 10_000)
    assert {(each.needed, each.outcome) for each in wage} == {(gap - 1, True), (gap, False)}
    assert all(each.recorded is None and each.difference is None for each in wage)
    assert "工资性收入没有登记；如果核实为" in wage[0].sentence.zh
    assert {title.zh for title in result.missing} >= {"工资性收入", "人均纯收入", "纯收入"}


def test_a_missing_income_behind_the_exit_is_told_at_the_exit_line_not_at_that_of_identification():
    told = [each for each in asked(NO_LACK, decision="exit").changes if each.field == "net_income_pc_fen"]
    assert {(each.needed, each.outcome) for each in told} == {(314_599, False), (314_601, True)}


def test_a_household_without_members_misses_its_members_not_a_change_of_them():
    result = asked(NO_LACK | ITEMS, members=[])
    assert result.outcome is None
    assert (None, None) not in {(each.field, each.person) for each in result.changes}


def test_parts_of_transfers_are_facts_where_the_group_is_missing():
    result = asked(NO_LACK | ITEMS | {"transfer_fen": None, "dibao_fen": 10_000})
    assert "dibao_fen" in {each.field for each in result.changes}


def test_an_exit_hangs_on_every_guarantee_and_names_the_person():
    ready = NO_LACK | {"net_income_pc_fen": 400_000}
    found = changes(ready, decision="exit")
    assert found["housing_grade", None].outcome is False
    assert found["food_assured", None].needed == 0
    assert found["resident_medical", 201].needed == 0
    assert found["net_income_pc_fen", None].needed == 314_600


def test_one_lack_named_with_the_person_whose_fact_it_is():
    ready = NO_LACK | {"net_income_pc_fen": 400_000}
    child = INSURED | {"age": 9, "enrolment": "非在校"}
    result = asked(ready, members=[INSURED, child], decision="exit")
    found = {(each.field, each.person): each for each in result.changes}
    assert found["age", 202].needed == 5
    assert found["enrolment", 202].outcome is True
    assert found["age", 202].title.zh == "年龄"
    assert ("enrolment", 201) not in found


def test_two_lacks_make_each_of_them_firm():
    facts = NO_LACK | {"net_income_pc_fen": 400_000, "housing_grade": "D级", "water_safe": 0}
    result = asked(facts, decision="exit")
    assert result.changes == ()
    assert {"危房户", "饮水安全"} <= {title.zh for title in result.firm}


def test_spending_and_risk_are_facts_of_monitoring():
    facts = NO_LACK | {
        "origin": "脱贫户",
        "risks": ["因病"],
        "net_income_pc_fen": 800_000,
        "allowable_oop_fen": 1_600_000,
    }
    found = changes(facts, programme="cn_2021", on=date(2022, 6, 30))
    assert (found["allowable_oop_fen", None].needed, found["allowable_oop_fen", None].difference) == (1_600_001, 1)
    assert found["net_income_pc_fen", None].needed == 799_999
    monitored = facts | {"net_income_pc_fen": 600_000}
    found = changes(monitored, programme="cn_2021", on=date(2022, 6, 30))
    assert found["risks", None].needed == 0


def test_a_run_over_several_provinces_keeps_the_household_s_own_line():
    facts = NO_LACK | {"origin": "脱贫户", "risks": ["因病"], "net_income_pc_fen": 729_999, "allowable_oop_fen": 0}
    homes = [(facts | {"village": village}, [INSURED]) for village in (520102100201, 530102100201)]
    frames, on = area(homes), date(2023, 6, 30)
    manifest = evaluate(frames, load(), "cn_2021", on).manifest
    first, second = (what_would_change(frames, load(), manifest, number) for number in (1, 2))
    assert (first.outcome, second.outcome) == (True, False)
    assert [each.needed for each in first.changes if each.field == "net_income_pc_fen"] == [730_000]
    assert [each.needed for each in second.changes if each.field == "net_income_pc_fen"] == [699_999]


AMOUNT = st.integers(0, 900_000)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    items=st.fixed_dictionaries(dict.fromkeys(ITEMS, AMOUNT)),
    size=st.integers(1, 4),
)
def test_every_change_of_an_amount_is_exact(items, size):
    """The needed amount changes the result, and the fen before it does not."""
    facts = NO_LACK | items
    tried = []
    for change in asked(facts, members=[INSURED] * size).changes:
        if change.field in ITEMS:
            nearer = change.needed - (1 if change.difference > 0 else -1)
            tried += [
                (change.outcome, True, {change.field: change.needed}),
                (change.outcome, False, {change.field: nearer}),
            ]
    rows = evaluate(
        area([(facts | fact, [INSURED] * size) for *_, fact in tried] or [({}, [])]), load(), "cn_2014", ON
    ).rows
    for (outcome, reached, _), found in zip(tried, rows["outcome"].to_list(), strict=False):
        assert (found == outcome) is reached
