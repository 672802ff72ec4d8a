"""Groups: each like a table of its own, together the whole."""

from fractions import Fraction

import pytest

from bangfu.analysis.measures.columns import Table
from bangfu.analysis.measures.direct import direct_estimates
from bangfu.analysis.measures.groups import parted_inequality, poor_shares
from bangfu.analysis.measures.line import Line
from bangfu.analysis.measures.multidimensional import Scheme, count_deprivations
from bangfu.analysis.measures.report import deprivation_report, measured_report
from bangfu.analysis.measures.sample import Design
from tests.analysis.measures.people import measured, table, whole

WELFARE = [1.0, 6.0, 2.0, 5.0, 9.0, 4.0]
WEIGHTS = [1.0, 2.0, 1.5, 1.0, 0.5, 2.0]
TOWNS = ["b", "a", "b", "a", "b", None]


def test_a_group_has_the_indices_of_its_people_alone():
    found = measured(WELFARE, WEIGHTS, Line(4.5), by=TOWNS)
    own = whole([6.0, 5.0], [2.0, 1.0], 4.5)
    group = found.groups.row(0, named=True)
    names = [name for name in own if name != "group" and not name.endswith(("_se", "density"))]
    assert {name: group[name] for name in names} == pytest.approx({name: own[name] for name in names})


def test_a_report_names_groups_and_their_shares():
    told = measured_report(measured(WELFARE, WEIGHTS, Line(4.5), by=TOWNS), lorenz_steps=2)
    assert list(told["by"]) == ["a", "b"]
    assert told["by"]["a"]["share_of_people"] == pytest.approx(0.5)
    assert told["by"]["b"]["share_of_poor"] == 1
    assert told["rows"]["without_group"] == 1
    assert len(told["lorenz"]) == 3


def test_a_report_without_line_has_no_poverty_but_all_keys():
    told = measured_report(measured(WELFARE, by=TOWNS))
    assert told["line"] is told["line_se"] is told["strict"] is None
    assert told["fgt0"] == {"value": None, "se": None}
    assert "share_of_poor" not in told["by"]["a"]


def test_a_report_of_deprivations_names_groups_too():
    people = table(a=[1, 0, 1, 1], b=[1, 0, 0, 1], g=["x", "x", "y", None])
    scheme = Scheme.nested([["a"], ["b"]], Fraction(1, 2))
    told = deprivation_report(count_deprivations(people, scheme, Design(by="g")), scheme)
    assert told["by"]["y"]["h"]["value"] == 1
    assert told["by"]["y"]["indicators"]["b"]["censored"] == 0
    assert told["k"] == 0.5
    assert "by" not in deprivation_report(count_deprivations(people, scheme), scheme)


def test_without_poor_people_no_group_has_a_share_of_them():
    shares = poor_shares(measured(WELFARE, line=Line(0.5), by=TOWNS).groups)
    assert [each["share_of_poor"] for each in shares] == [None, None]


def test_inequality_is_that_between_groups_and_within_them():
    rows = [(y, w, t) for y, w, t in zip(WELFARE, WEIGHTS, TOWNS, strict=True) if t]
    welfare, weights, towns = zip(*rows, strict=True)
    found = measured(list(welfare), list(weights), by=list(towns))
    parts = parted_inequality(found.groups)
    for name in ("theil_t", "theil_l"):
        assert parts[name]["total"] == pytest.approx(found.whole[name])
        assert parts[name]["between"] + parts[name]["within"] == pytest.approx(found.whole[name])


def test_equal_means_leave_nothing_between_groups():
    parts = parted_inequality(measured([1.0, 3.0, 2.0, 2.0], by=["x", "x", "y", "y"]).groups)
    assert parts["theil_t"]["between"] == pytest.approx(0, abs=1e-15)


def test_groups_without_any_welfare_have_no_inequality():
    parts = parted_inequality(measured([0.0, 0.0], by=["x", "y"]).groups)
    assert parts["theil_l"] == {"between": None, "within": None, "total": None}


def test_a_group_of_debtors_leaves_the_others_alone():
    parts = parted_inequality(measured([-1.0, 1.0, 3.0], by=["x", "y", "y"]).groups)
    assert parts["theil_l"]["within"] == pytest.approx(whole([1.0, 3.0])["theil_l"])


def test_a_direct_estimate_divides_by_the_known_people():
    people: Table = table(y=[1.0, 5.0, 2.0, 9.0], w=[3.0, 1.0, 2.0, 2.0], a=["x", "x", "y", "z"])
    found = direct_estimates(people, "y", Design(weight="w", by="a"), Line(4.0), {"x": 10.0, "z": 4.0})
    assert found["x"].value == pytest.approx(0.3)
    assert found["x"].se == pytest.approx(6**0.5 / 10)
    assert found["x"].cv == pytest.approx(found["x"].se / 0.3)
    assert found["z"].cv is None
    assert "y" not in found
