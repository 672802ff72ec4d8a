"""Poverty and inequality of places: whole numbers that add up, whatever the order and the size."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.analysis.frames import Frames
from bangfu.analysis.gini import gini_parts
from bangfu.analysis.income_sums import fitted, people, with_income_sums
from bangfu.analysis.measures.line import Line
from bangfu.analysis.plan import make_plan
from bangfu.analysis.run import evaluate
from bangfu.params import load
from tests.analysis.area import COUNTY, INSURED, NO_LACK, VILLAGE, area
from tests.analysis.measures.people import whole

ON = date(2016, 12, 31)
LINE_FEN = 295_200
WIDE = ("above", "below")
INCOMES = [(100_000, 3, 0), (295_199, 1, 0), (295_200, 2, 1), (400_000, 2, 1), (1_000_000, 1, 0), (None, 4, 1)]
"""Fen per head, members, village."""


def homes():
    return [
        (NO_LACK | {"net_income_pc_fen": fen, "village": VILLAGE + village}, [INSURED] * members)
        for fen, members, village in INCOMES
    ]


def figures(frames):
    rows = evaluate(frames, load(), "cn_2014", ON).indicators.iter_rows()
    return {(place, name): (above, below) for place, name, above, below in rows}


@pytest.fixture(scope="module")
def found():
    return figures(area(homes()))


def test_the_income_gap_is_money_for_every_member(found):
    gap = 3 * (LINE_FEN - 100_000) + 1
    assert found[VILLAGE, "gap_money"] == (gap, None)
    assert found[COUNTY, "gap_money"] == (gap, None)
    assert found[VILLAGE + 1, "gap_money"] == (0, None)


def test_income_poverty_counts_only_people_whose_income_is_known(found):
    assert found[COUNTY, "income_poverty"] == (4, 9)
    assert found[VILLAGE + 1, "income_poverty"] == (0, 4)


def test_mean_income_counts_only_people_with_a_figure(found):
    assert found[VILLAGE + 1, "mean_income"] == (2 * 295_200 + 2 * 400_000, 4)


@pytest.mark.parametrize(
    ("indicator", "index"), [("income_poverty", "fgt0"), ("poverty_depth", "fgt1"), ("poverty_severity", "fgt2")]
)
@pytest.mark.parametrize("place", [VILLAGE, VILLAGE + 1, COUNTY])
def test_places_have_the_indices_of_their_people(found, place, indicator, index):
    people = [(fen, members) for fen, members, village in INCOMES if fen and place in {COUNTY, VILLAGE + village}]
    welfare, weight = ([float(each) for each in column] for column in zip(*people, strict=True))
    above, below = found[place, indicator]
    assert above / below == pytest.approx(whole(welfare, weight, Line(float(LINE_FEN)))[index])


@pytest.mark.parametrize("place", [VILLAGE, VILLAGE + 1, COUNTY])
def test_places_have_the_gini_of_their_people_exactly(found, place):
    people = sorted((fen, members) for fen, members, village in INCOMES if fen and place in {COUNTY, VILLAGE + village})
    persons, money = sum(w for _, w in people), sum(y * w for y, w in people)
    up_to = ranked = 0
    for fen, members in people:
        up_to += members
        ranked += members * fen * (2 * up_to - members)
    assert Fraction(*found[place, "income_gini"]) == Fraction(ranked, persons * money) - 1


def test_a_programme_without_an_income_line_tells_no_poverty_of_income():
    rows = evaluate(area(homes()), load(), "cn_2014", ON).rows
    told = with_income_sums(rows, replace(make_plan(load(), "cn_2014", ON, [COUNTY]), criteria=()))
    assert set(told.collect_schema()) - set(rows.columns) == {"incomes_fen"}


def test_a_place_without_any_known_income_has_no_rates():
    found = figures(area([(NO_LACK, [INSURED])]))
    assert found[VILLAGE, "income_poverty"] == found[VILLAGE, "poverty_depth"] == (0, None)
    assert found[VILLAGE, "income_gini"] == (None, None)


def test_debts_of_all_together_leave_a_place_without_a_gini():
    found = figures(area([(NO_LACK | {"net_income_pc_fen": -5}, [INSURED])]))
    assert found[VILLAGE, "income_gini"] == (None, None)
    assert found[VILLAGE, "gap_money"] == (LINE_FEN + 5, None)


def test_enormous_amounts_do_not_run_over():
    found = figures(area([(NO_LACK | {"net_income_pc_fen": -(10**11)}, [INSURED] * 9)]))
    assert found[VILLAGE, "poverty_severity"] == (None, 10**15)
    assert found[VILLAGE, "gap_money"] == (9 * (LINE_FEN + 10**11), None)


def test_a_ratio_of_large_parts_is_told_in_parts_of_a_million_billions():
    wide = pl.DataFrame({"above": [10**22, 7, None], "below": [3 * 10**22, 9, None]}, dict.fromkeys(WIDE, pl.Int128))
    above, below = fitted(*map(pl.col, WIDE))
    told = wide.select(above=above, below=below)
    assert told.rows() == [(333_333_333_333_333, 10**15), (7, 9), (None, None)]


def test_a_nation_of_equals_has_no_inequality_and_of_one_owner_nearly_all():
    rows = pl.DataFrame({"village": [1] * 3, "persons": [40_000_000] * 3, "income_pc_fen": [0, 0, 3_000_000]})
    places = pl.DataFrame({"village": [1], "place": [1]})
    above, below = gini_parts(people(rows), places).row(0)[1:]
    assert Fraction(above, below) == Fraction(2, 3)
    equal = gini_parts(people(rows.with_columns(income_pc_fen=5)), places).row(0)
    assert equal[1] == 0


@st.composite
def peopled(draw):
    """Return people of villages that lie at different depths below one place, and the tree of these places."""
    above = {1: [1, 11, 99], 2: [2, 11, 99], 3: [3, 99], 4: [4], 5: [5, 12, 13, 99]}
    income = st.integers(-(10**12), 10**12) | st.integers(-3, 3)
    row = st.tuples(st.sampled_from([*above]), income, st.integers(1, 9))
    rows = draw(st.lists(row, max_size=12))
    tree = [(village, place) for village, places in above.items() for place in places]
    return rows, tree


@settings(max_examples=60)
@given(peopled(), st.sampled_from([8, 40, 64]))
def test_every_place_has_the_gini_of_its_people_whatever_fits_into_a_word(drawn, word_bits):
    rows, tree = drawn
    told = pl.DataFrame(rows, schema={"village": pl.Int64, "y": pl.Int64, "w": pl.Int64}, orient="row")
    places = pl.DataFrame(tree, schema={"village": pl.Int64, "place": pl.Int64}, orient="row")
    found = {place: parts for place, *parts in gini_parts(told, places, word_bits).iter_rows()}
    assert found == {
        place: _gini([(y, w) for village, y, w in rows if (village, place) in tree])
        for place in {place for village, place in tree if village in {row[0] for row in rows}}
    }


def _gini(people):
    """Return the parts of the Gini coefficient, from the difference between each two persons."""
    whole = sum(w for _, w in people) * sum(y * w for y, w in people)
    apart = sum(w * v * abs(y - x) for y, w in people for x, v in people) // 2
    return [apart, whole] if whole > 0 else [None, None]


def test_the_order_of_households_changes_no_figure(found):
    frames = area(homes())
    turned = Frames(frames.households.reverse(), frames.persons.reverse(), frames.villages, frames.places)
    assert figures(turned) == found
