"""Deprivations counted together: the published example of four people, and what must hold for any."""

from fractions import Fraction

import pytest

from bangfu.analysis.measures.multidimensional import Scheme, count_deprivations
from bangfu.analysis.measures.sample import Design
from bangfu.kernel.errors.tables import AnswerNotYesNo, NothingToMeasure
from tests.analysis.measures.people import table

FIVE = {"a": [0, 1, 1, 0, 0], "b": [0, 0, 1, 1, 0], "c": [1, 0, 1, 0, 1], "d": [1, 0, 0, 0, 1]}
"""Scores of 1/2, 1/4, 3/4, 1/4 and 1/2 under equal weights: the worked example of mpitbR's vignette."""
HALF = Scheme.nested([["a"], ["b"], ["c"], ["d"]], Fraction(1, 2))


def counted(columns, scheme=HALF, **design):
    return count_deprivations(table(**columns), scheme, Design(**design))


def test_the_worked_example_of_five_people():
    found = counted(FIVE).whole
    assert found["h"] == pytest.approx(0.6)
    assert found["a"] == pytest.approx(0.58333, abs=5e-6)
    assert found["m0"] == pytest.approx(0.35)
    assert found["uncensored a"] == pytest.approx(2 / 5)
    assert found["censored a"] == pytest.approx(1 / 5)
    assert sum(found[f"contribution {name}"] for name in FIVE) == pytest.approx(1)


@pytest.mark.parametrize(
    ("cutoff", "poor"),
    [
        pytest.param(Fraction(1, 3), 1, id="a score of exactly the cut-off is poor"),
        pytest.param(Fraction(334, 1000), 0, id="a cut-off just above it"),
        pytest.param(Fraction(33, 100), 1, id="just below"),
    ],
)
def test_a_third_is_exactly_a_third(cutoff, poor):
    scheme = Scheme(dict.fromkeys("abc", Fraction("0.1")), cutoff)
    assert counted({"a": [1], "b": [0], "c": [0]}, scheme).whole["h"] == poor


def test_nested_weights_are_equal_by_dimension_then_by_indicator():
    shares = Scheme.nested([["a"], ["b", "c"]], Fraction(1, 2)).shares()
    assert shares == {"a": Fraction(1, 2), "b": Fraction(1, 4), "c": Fraction(1, 4)}


def test_a_row_that_lacks_an_indicator_is_left_out_and_told():
    found = counted({**FIVE, "b": [0, None, 1, 1, 0], "w": [1.0, 1.0, None, 1.0, 1.0]}, weight="w")
    assert found.sample.account() == {
        "read": 5,
        "used": 3,
        "dropped": {"a_missing": 0, "b_missing": 1, "c_missing": 0, "d_missing": 0, "weight_missing": 1},
        "without_group": 0,
    }


def test_nobody_poor_has_no_intensity_and_no_contributions():
    found = counted({"a": [0, 0], "b": [1, 0], "c": [0, 0], "d": [0, 0]}).whole
    assert found["h"] == found["m0"] == 0
    assert found["a"] is found["a_se"] is found["contribution b"] is None
    assert found["uncensored b"] == 0.5


def test_groups_add_up_to_the_whole_by_their_people():
    found = counted({**FIVE, "w": [2, 1, 1, 3, 1], "g": ["x", "y", "y", "x", None]}, weight="w", by="g")
    assert found.sample.groups == ("x", "y")
    assert found.groups["people"].to_list() == [5, 2]
    assert found.groups["m0"].to_list() == pytest.approx([2 / 5 * 1 / 2, 1 / 2 * 3 / 4])
    assert found.sample.ungrouped == 1


def test_standard_errors_of_incidence_and_adjusted_headcount_by_hand():
    found = counted(FIVE).whole
    scores = [0.5, 0, 0.75, 0, 0.5]
    spread = sum((each - 0.35) ** 2 for each in scores) / 4 / 5
    assert found["m0_se"] == pytest.approx(spread**0.5)
    assert found["h_se"] == pytest.approx((0.6 * 0.4 / 4) ** 0.5)


def test_truth_values_and_numbers_are_answers_and_others_are_refused():
    assert counted({**FIVE, "a": ["FALSE", "true", "1", "0.0", "0"]}).whole["m0"] == pytest.approx(0.35)
    assert counted({**FIVE, "a": [False, True, True, False, False]}).whole["m0"] == pytest.approx(0.35)
    with pytest.raises(AnswerNotYesNo) as refused:
        counted({**FIVE, "b": [0, 0, 2, 9, 0]})
    assert refused.value.facts == {"file": "people.csv", "column": "b", "row": 4, "count": 2}


def test_a_table_without_a_whole_row_cannot_be_counted():
    with pytest.raises(NothingToMeasure):
        counted({"a": [None], "b": [1], "c": [1], "d": [1]})


def test_an_indicator_may_bear_any_name():
    names = ("weight", "group", "people", "h")
    found = counted(
        dict(zip(names, FIVE.values(), strict=True)), Scheme.nested([[name] for name in names], Fraction(1, 2))
    )
    assert found.whole["m0"] == pytest.approx(0.35)
