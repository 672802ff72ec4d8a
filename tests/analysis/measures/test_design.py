"""Standard errors: what the textbook says of simple designs holds, and what is special is told."""

from statistics import stdev

import pytest

from bangfu.analysis.measures.line import Line
from tests.analysis.measures.people import measured, whole

WELFARE = [1.0, 2.0, 2.5, 3.5, 4.0, 5.0, 7.5, 9.0]
NORTH_SOUTH = ["n"] * 4 + ["s"] * 4


def test_one_row_per_cluster_without_strata_is_simple_random_sampling():
    assert whole(WELFARE)["mean_se"] == pytest.approx(stdev(WELFARE) / len(WELFARE) ** 0.5)
    share = whole(WELFARE, line=3)["fgt0"]
    assert whole(WELFARE, line=3)["fgt0_se"] == pytest.approx((share * (1 - share) / (len(WELFARE) - 1)) ** 0.5)


def test_clusters_of_one_row_are_no_clusters():
    names = [str(place) for place in range(len(WELFARE))]
    assert whole(WELFARE, line=3, cluster=names)["fgt1_se"] == pytest.approx(whole(WELFARE, line=3)["fgt1_se"])


def test_rows_of_a_cluster_count_as_one_draw():
    doubled, names = WELFARE * 2, [str(place) for place in range(len(WELFARE))] * 2
    found = measured(doubled, line=Line(3.0), cluster=names)
    assert found.whole["fgt0_se"] == pytest.approx(whole(WELFARE, line=3)["fgt0_se"])
    assert found.sample.design()["clusters"] == len(WELFARE)


def test_strata_take_away_what_differs_between_them():
    found = whole(WELFARE, strata=NORTH_SOUTH)
    parts = [stdev(WELFARE[:4]) ** 2 / 4 / 4, stdev(WELFARE[4:]) ** 2 / 4 / 4]
    assert found["mean_se"] == pytest.approx(sum(parts) ** 0.5)
    assert found["mean_se"] < whole(WELFARE)["mean_se"]


def test_a_cluster_name_counts_within_its_stratum():
    found = measured(WELFARE, strata=NORTH_SOUTH, cluster=["1", "1", "2", "2"] * 2)
    assert found.sample.design() == {
        "strata": 2,
        "clusters": 4,
        "single_cluster_strata": 0,
        "single_cluster_rule": "centred_on_zero",
    }


def test_a_stratum_with_one_cluster_is_compared_with_zero_and_told():
    found = measured(WELFARE, strata=["n"] * 7 + ["s"])
    mean = sum(WELFARE) / 8
    north = [(each - mean) / 8 for each in WELFARE[:7]]
    middle = sum(north) / 7
    expected = 7 / 6 * sum((each - middle) ** 2 for each in north) + ((WELFARE[7] - mean) / 8) ** 2
    assert found.whole["mean_se"] == pytest.approx(expected**0.5)
    assert found.sample.design()["single_cluster_strata"] == 1


def test_a_stratum_with_one_cluster_moves_a_relative_line_too():
    lonely = measured(WELFARE, line=Line(share=0.7, of="mean"), strata=["n"] * 7 + ["s"])
    assert lonely.line_se == pytest.approx(0.7 * lonely.whole["mean_se"])
    assert lonely.whole["fgt1_se"] > 0


def test_a_sample_of_one_cluster_has_no_standard_error():
    assert whole(WELFARE, line=3, cluster=["1"] * 8)["fgt0_se"] is None
    assert whole([5.0], line=3)["mean_se"] is None


def test_equal_welfare_has_no_variance():
    found = measured([3.0] * 6, line=Line(share=0.5, of="median"))
    assert found.whole["mean_se"] == found.whole["median_se"] == found.whole["gini_se"] == 0
    assert found.whole["fgt0_se"] == found.whole["fgt1_se"] == found.line_se == 0


@pytest.mark.parametrize("line", [Line(3.2), Line(share=0.7, of="mean"), Line(share=0.8, of="median")])
@pytest.mark.parametrize("cluster", [None, ["a", "b", "c", "d"] * 2])
def test_a_group_of_all_has_the_errors_of_the_whole(line, cluster):
    design = {"strata": NORTH_SOUTH, "by": ["x"] * 8} | ({"cluster": cluster} if cluster else {})
    found = measured(WELFARE, [1.0, 2.0] * 4, line, **design)
    group = found.groups.row(0, named=True)
    assert {name: group[name] for name in found.whole} == pytest.approx(found.whole)


@pytest.mark.parametrize("line", [Line(3.2), Line(share=0.7, of="mean"), Line(share=0.8, of="median")])
def test_a_group_is_a_domain_of_the_whole_design(line):
    """A share of a group is a ratio; its error by hand over all clusters, those without a member as zeros."""
    by, clusters = ["x", "y", "x", "y", "x", "x", "y", "x"], ["a", "a", "b", "b", "c", "c", "d", "d"]
    found = measured(WELFARE, line=line, by=by, cluster=clusters)
    mine = found.groups.filter(group=0).row(0, named=True)
    step, influences = 1e-6, dict.fromkeys(clusters, 0.0)
    for place, cluster in enumerate(clusters):
        shares = []
        for move in (step, -step):
            weight = [1.0] * 8
            weight[place] += move
            moved = measured(WELFARE, weight, line if line.of == "mean" else Line(found.line.value), by=by)
            shares.append(moved.groups.filter(group=0)["fgt1"].item())
        influences[cluster] += (shares[0] - shares[1]) / (2 * step)
    totals = list(influences.values())
    by_hand = (4 / 3 * sum((each - sum(totals) / 4) ** 2 for each in totals)) ** 0.5
    if line.of == "median":
        assert mine["fgt1_se"] != pytest.approx(by_hand)  # the median's own variance comes on top
    else:
        assert mine["fgt1_se"] == pytest.approx(by_hand, rel=1e-5)
