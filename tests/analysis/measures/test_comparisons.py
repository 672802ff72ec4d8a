"""Three comparisons of growth: strict, in points, and with doubt where growth is an estimate."""

import pytest

from bangfu.analysis.measures.comparisons import Growth, compare_growth, holm

REFERENCES = {"city": Growth(8.1), "province": Growth(9.1), "nation's poor areas": Growth(10.1)}


def test_margins_are_percentage_points():
    found = compare_growth({"county": Growth(11.1)}, REFERENCES)["county"]
    assert [one.margin for one in found.values()] == pytest.approx([3, 2, 1])
    assert all(one.higher for one in found.values())


@pytest.mark.parametrize(
    ("percent", "higher"), [pytest.param(8.1, False, id="equal is not higher"), pytest.param(8.2, True, id="above")]
)
def test_a_comparison_is_strict(percent, higher):
    assert compare_growth({"county": Growth(percent)}, REFERENCES)["county"]["city"].higher is higher


def test_without_a_standard_error_nothing_is_said_of_chance():
    one = compare_growth({"county": Growth(11.0)}, REFERENCES)["county"]["city"]
    assert one.probability is one.holm is None


def test_the_probability_is_that_of_a_normal_difference():
    found = compare_growth({"county": Growth(10.0, 0.3)}, {"city": Growth(9.5, 0.4)})["county"]["city"]
    assert found.probability == pytest.approx(0.8413447, abs=1e-7)  # one standard error above
    assert found.holm == pytest.approx(1 - 0.8413447, abs=1e-7)


def test_many_areas_are_corrected_for_being_many():
    areas = {"a": Growth(12.0, 1.0), "b": Growth(10.0, 1.0), "c": Growth(9.0)}
    found = compare_growth(areas, {"city": Growth(9.0)})
    first, second = 1 - found["a"]["city"].probability, 1 - found["b"]["city"].probability
    assert found["a"]["city"].holm == pytest.approx(2 * first)
    assert found["b"]["city"].holm == pytest.approx(second)
    assert found["c"]["city"].holm is None


def test_holms_values_by_hand():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert holm([]) == []
