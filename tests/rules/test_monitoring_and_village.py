"""Signs of risk, and criteria of villages: both sides of every boundary."""

from types import SimpleNamespace

import pytest

from bangfu.rules import (
    collective_income_absent,
    incidence_within,
    poor_share_at_least,
    rigid_spending_exceeds_income,
    risk_present,
    village_income_below_line,
    was_exited,
    without_labour,
)
from tests.rules.asking import ask


def test_a_recorded_risk_is_a_risk_and_none_found_is_none():
    assert ask(risk_present, risks=[2, 6, 0, None]) == [True, True, False, None]


def test_a_household_left_poverty_by_its_origin():
    assert ask(lambda household: was_exited(household, {"origin": (2,)}), origin=[2, 1, None]) == [True, False, None]


def test_a_household_without_labour_is_recorded_as_such():
    assert ask(without_labour, no_labour_backstop=[1, 0, None]) == [True, False, None]


@pytest.mark.parametrize(
    ("spent", "income", "heads", "members", "heavy"),
    [
        pytest.param(801, 800, 2, 2, True, id="one fen more than the household's income"),
        pytest.param(800, 800, 2, 2, False, id="exactly the income"),
        pytest.param(801, 400, 1, 2, True, id="one fen more, income stated per head"),
        pytest.param(800, 400, 1, 2, False, id="exactly, income stated per head"),
        pytest.param(0, -1, 1, 1, True, id="a loss is below no spending at all"),
    ],
)
def test_spending_is_heavy_when_it_exceeds_the_income_of_the_whole_household(spent, income, heads, members, heavy):
    household = SimpleNamespace(allowable_oop_fen=spent, income_fen=income, income_heads=heads, members=members)
    assert rigid_spending_exceeds_income(household) is heavy


@pytest.mark.parametrize(
    ("poor", "population", "within"),
    [
        pytest.param(20, 1000, True, id="exactly two per cent may exit"),
        pytest.param(21, 1000, False, id="one person more may not"),
        pytest.param(200, 10_001, True, id="just below"),
        pytest.param(0, 0, None, id="an empty village has no rate"),
        pytest.param(None, 1000, None, id="unknown poor"),
        pytest.param(1, None, None, id="unknown population"),
    ],
)
def test_incidence_is_compared_as_a_product(poor, population, within):
    columns = {"poor_persons": [poor], "population": [population]}
    assert ask(lambda village: incidence_within(village, 200, 10_000), **columns) == [within]


def test_below_two_per_cent_leaves_out_two_per_cent_itself():
    columns = {"poor_persons": [20, 19], "population": [1000, 1000]}
    assert ask(lambda village: incidence_within(village, 200, 10_000, "<"), **columns) == [False, True]


def test_a_village_is_poor_from_five_per_cent_on():
    columns = {"poor_persons": [50, 49], "population": [1000, 1000]}
    assert ask(lambda village: poor_share_at_least(village, 500, 10_000), **columns) == [True, False]


def test_a_village_stands_below_its_income_line_or_not():
    assert village_income_below_line(SimpleNamespace(village_income_pc_fen=799_999), 800_000)
    assert not village_income_below_line(SimpleNamespace(village_income_pc_fen=800_000), 800_000)


def test_a_village_without_collective_income_has_none_recorded_as_none():
    assert ask(collective_income_absent, collective_income_fen=[0, 1, None]) == [True, False, None]
