"""Indices of poverty by hand, on the line and beside it, and where nothing can be divided."""

import math

import pytest

from bangfu.analysis.measures.line import Line
from tests.analysis.measures.people import measured, whole

WELFARE = [1.0, 2.0, 4.0, 5.0, 8.0]


def test_the_indices_by_hand():
    found = whole(WELFARE, line=4)
    assert found["fgt0"] == pytest.approx(2 / 5)
    assert found["fgt1"] == pytest.approx((3 / 4 + 2 / 4) / 5)
    assert found["fgt2"] == pytest.approx((9 / 16 + 4 / 16) / 5)
    assert found["watts"] == pytest.approx((math.log(4) + math.log(2)) / 5)
    assert found["gap_money"] == pytest.approx(5)
    assert found["rmpg"] == pytest.approx((4 - 1.5) / 4)


def test_sens_index_is_incidence_depth_and_the_gini_of_the_poor():
    found = whole(WELFARE, line=4)
    gap, gini = found["fgt1"] / found["fgt0"], whole([1.0, 2.0])["gini"]
    assert found["sen"] == pytest.approx(found["fgt0"] * (gap + (1 - gap) * gini))


def test_the_index_of_shorrocks_is_depth_and_the_gini_of_gaps():
    found = whole(WELFARE, line=4)
    gaps = whole([3 / 4, 2 / 4, 0.0, 0.0, 0.0])["gini"]
    assert found["sst"] == pytest.approx(found["fgt1"] * (1 + gaps))


@pytest.mark.parametrize(
    ("line", "at_or_below", "poor"),
    [
        pytest.param(4.0, False, 2, id="exactly on the line is not below it"),
        pytest.param(4.0, True, 3, id="at or below takes in who is exactly on it"),
        pytest.param(4.000001, False, 3, id="just above"),
    ],
)
def test_a_line_is_strict_unless_asked_otherwise(line, at_or_below, poor):
    found = whole(WELFARE, line=Line(line, at_or_below=at_or_below))
    assert found["poor_sample"] == poor
    assert found["fgt1"] == pytest.approx(whole(WELFARE, line=line)["fgt1"])


def test_nobody_is_poor_when_all_are_above_the_line():
    found = whole([10.0, 20.0, 30.0], [1.0, 2.0, 3.0], line=9)
    assert [found[name] for name in ("fgt0", "fgt1", "fgt2", "watts", "sen", "sst", "gap_money")] == [0.0] * 7
    assert [found[f"{name}_se"] for name in ("fgt0", "fgt1", "watts", "sen", "sst")] == [0.0] * 5
    assert found["rmpg"] is None


def test_a_line_below_the_least_welfare_fails_nothing():
    found = whole([1.0, 2.0, 3.0], line=0)
    assert found["fgt0"] == found["fgt1"] == found["sst"] == 0
    assert found["fgt0_se"] == 0
    assert found["fgt1_se"] == 0


def test_everybody_is_poor_when_all_are_below_the_line():
    assert whole([float(each) for each in range(1, 101)], line=101)["fgt0"] == 1


def test_people_without_any_welfare_lack_the_whole_line():
    found = whole([0.0] * 10, line=12)
    assert found["fgt0"] == found["fgt1"] == found["fgt2"] == 1
    assert found["watts"] == 0  # nobody's logarithm is known
    assert found["not_positive"] == 10
    assert found["gini"] is found["theil_t"] is found["qsr"] is None


def test_debts_are_gaps_beyond_the_line():
    found = whole([-2.0, 6.0], line=4)
    assert found["fgt1"] == pytest.approx(1.5 / 2)
    assert found["gap_money"] == pytest.approx(6)


def test_a_share_of_a_line_that_is_not_above_zero_is_unknown():
    found = whole([-2.0, 6.0], line=-1)
    assert found["fgt0"] == 0.5
    assert found["fgt1"] is found["sen"] is found["rmpg"] is None
    assert found["fgt1_se"] is found["sen_se"] is found["rmpg_se"] is None


def test_a_relative_line_on_the_ground_moves_nothing():
    found = measured([-3.0, -2.0, 1.0, 2.0], line=Line(share=0.5, of="mean"))
    assert found.line.value < 0
    assert found.whole["fgt0"] == 0.5
    assert found.whole["fgt0_se"] is None


@pytest.mark.parametrize(("share", "of", "value"), [(0.6, "median", 2.4), (0.5, "mean", 2.0)])
def test_a_relative_line_is_worked_out_from_everybody(share, of, value):
    assert measured(WELFARE, line=Line(share=share, of=of)).line.value == pytest.approx(value)


def test_without_a_line_only_inequality_is_measured():
    found = whole(WELFARE)
    assert "fgt0" not in found
    assert found["gini"] > 0
