"""Indices of inequality by hand, and quantiles where people are counted by weight."""

import math
from itertools import pairwise

import pytest

from bangfu.analysis.measures.lorenz import lorenz_points
from tests.analysis.measures.people import measured, whole


@pytest.mark.parametrize(("people", "gini"), [(100, 0.99), (1000, 0.999), (10_000, 0.9999)])
def test_one_who_has_everything_makes_the_gini_almost_one(people, gini):
    assert whole([0.0] * (people - 1) + [7.0])["gini"] == pytest.approx(gini)


def test_equal_people_have_no_inequality():
    found = whole([5.0] * 4)
    names = ("gini", "theil_t", "theil_l", "ge2", "atkinson_05", "atkinson_1", "atkinson_2")
    assert [found[name] for name in names] == pytest.approx([0.0] * 7, abs=1e-15)
    assert found["qsr"] is not None


def test_both_forms_of_the_gini_by_hand():
    found = whole([1.0, 3.0], [2.0, 1.0])
    assert found["gini"] == pytest.approx((2 * (4 - 2) * 1 + (6 - 1) * 3) / (3 * 5) - 1)
    assert found["gini_convey"] == pytest.approx((2 * (4 - 1) * 1 + (6 - 1) * 3) / (3 * 5) - 1)


def test_theil_entropy_and_atkinson_by_hand():
    found = whole([1.0, 3.0])
    assert found["theil_t"] == pytest.approx((0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2)
    assert found["theil_l"] == pytest.approx((math.log(2) + math.log(2 / 3)) / 2)
    assert found["ge2"] == pytest.approx(0.5 * (1 / 2) ** 2)
    assert found["atkinson_05"] == pytest.approx(1 - ((1 + math.sqrt(3)) / 2) ** 2 / 2)
    assert found["atkinson_1"] == pytest.approx(1 - math.sqrt(3) / 2)
    assert found["atkinson_2"] == pytest.approx(1 - 1 / ((1 + 1 / 3) / 2) / 2)


def test_people_without_welfare_are_left_out_of_logarithms_and_counted():
    found, others = whole([0.0, -1.0, 1.0, 3.0]), whole([1.0, 3.0])
    for name in ("theil_t", "theil_l", "atkinson_05", "atkinson_1", "atkinson_2"):
        assert found[name] == pytest.approx(others[name])
    assert found["not_positive"] == 2
    assert found["gini"] > others["gini"]


@pytest.mark.parametrize(
    ("welfare", "weight", "median"),
    [
        pytest.param([1.0, 2.0, 3.0], [1.0, 1.0, 1.0], 2.0, id="the one in the middle"),
        pytest.param([1.0, 2.0, 3.0, 4.0], [1.0] * 4, 2.5, id="the mean of two where the half is met exactly"),
        pytest.param([1.0, 2.0, 3.0], [0.1, 0.2, 0.3], 2.5, id="met exactly whatever the weights' last digits"),
        pytest.param([1.0, 2.0, 3.0], [2.0, 2.0, 0.0], 1.5, id="nobody stands behind a weight of zero"),
        pytest.param([1.0], [5.0], 1.0, id="one row"),
    ],
)
def test_a_median_is_that_of_eu_silc(welfare, weight, median):
    assert whole(welfare, weight)["median"] == pytest.approx(median)


def test_a_fifth_takes_in_who_is_at_its_border():
    found = whole([1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 12.0])
    assert found["qsr"] == pytest.approx((8 + 12) / (1 + 1))


def test_the_lorenz_curve_runs_from_nobody_to_everybody():
    points = lorenz_points(measured([1.0, 3.0], [1.0, 1.0]).ordered, 4)
    assert [each["people"] for each in points] == [0, 0.25, 0.5, 0.75, 1]
    assert [each["welfare"] for each in points] == pytest.approx([0, 0.125, 0.25, 0.625, 1])
    assert [each["generalised"] for each in points] == pytest.approx([0, 0.25, 0.5, 1.25, 2])


def test_a_lorenz_curve_of_nothing_has_no_shares():
    points = lorenz_points(measured([0.0, 0.0], [0.0, 1.0]).ordered, 1)
    assert [each["welfare"] for each in points] == [None, None]
    assert [each["generalised"] for each in points] == [0, 0]


def test_the_gini_is_twice_the_area_above_the_lorenz_curve():
    welfare = [1.0, 2.0, 2.0, 5.0, 9.0]
    points = lorenz_points(measured(welfare).ordered, 5)
    area = sum((a["welfare"] + b["welfare"]) / 10 for a, b in pairwise(points))
    assert whole(welfare)["gini"] == pytest.approx(1 - 2 * area)
