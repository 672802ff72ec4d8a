"""The influence of a person is what an index changes by when the person counts a little more."""

from functools import cache

import pytest

from bangfu.analysis.measures.line import Line
from tests.analysis.measures.people import measured, whole

WELFARE = (1.0, 2.0, 2.0, 3.5, 4.0, 5.0, 7.5, 9.0, 9.0, 20.0)
WEIGHTS = [2.0, 1.0, 3.0, 1.5, 2.0, 2.5, 1.0, 2.0, 1.0, 0.5]
SMOOTH = (
    "mean",
    "gini",
    "theil_t",
    "theil_l",
    "ge2",
    "atkinson_05",
    "atkinson_1",
    "atkinson_2",
    "fgt0",
    "fgt1",
    "fgt2",
    "watts",
    "sen",
    "sst",
)
OF_MEAN = ("fgt1", "fgt2", "watts", "sst")
"""Indices that move smoothly with a line that moves."""
STEP = 1e-6


@cache
def by_moving_weights(line, welfare):
    """Return the standard errors that follow from the change of each index when each weight grows a little."""
    influences = []
    for place, weight in enumerate(WEIGHTS):
        more, less = list(WEIGHTS), list(WEIGHTS)
        more[place], less[place] = weight + STEP, weight - STEP
        above, below = whole(welfare, more, line), whole(welfare, less, line)
        influences.append({name: weight * (above[name] - below[name]) / (2 * STEP) for name in SMOOTH})
    count = len(influences)
    return {
        name: (count / (count - 1) * sum(each[name] ** 2 for each in influences)) ** 0.5  # influences add up to nothing
        for name in SMOOTH
    }


@pytest.mark.parametrize("name", SMOOTH)
def test_a_standard_error_follows_from_small_changes_of_the_weights(name):
    expected = by_moving_weights(Line(4.5), WELFARE)[name]
    assert once(Line(4.5), WELFARE)[f"{name}_se"] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("name", OF_MEAN)
def test_a_line_that_is_a_share_of_the_mean_moves_with_the_weights(name):
    line = Line(share=0.7, of="mean")
    assert once(line, WELFARE)[f"{name}_se"] == pytest.approx(by_moving_weights(line, WELFARE)[name], rel=1e-5)


@pytest.mark.parametrize("name", ["theil_t", "theil_l", "atkinson_05", "watts"])
def test_people_without_welfare_have_no_influence_on_logarithms(name):
    poor = (0.0, *WELFARE[1:])
    expected = by_moving_weights(Line(4.5), poor)[name]
    assert once(Line(4.5), poor)[f"{name}_se"] == pytest.approx(expected, rel=1e-5)


@cache
def once(line, welfare):
    return whole(welfare, WEIGHTS, line)


def test_the_variance_of_a_relative_line_is_told():
    fixed, moving = measured(WELFARE, line=Line(4.5)), measured(WELFARE, line=Line(share=0.7, of="mean"))
    assert fixed.line_se == 0
    assert moving.line_se == pytest.approx(0.7 * moving.whole["mean_se"])


def test_a_line_of_the_median_has_the_error_of_the_median():
    found = measured(WELFARE, WEIGHTS, Line(share=0.6, of="median"))
    assert found.line_se == pytest.approx(0.6 * found.whole["median_se"])
