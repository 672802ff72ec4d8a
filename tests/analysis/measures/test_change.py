"""What changed between two tables: the parts make up the whole, and nobody's growth is invented."""

import pytest

from bangfu.analysis.measures.change import decompose_change, growth_incidence
from bangfu.analysis.measures.line import Line
from bangfu.analysis.measures.report import change_report
from tests.analysis.measures.people import measured, whole

BEFORE = [1.0, 2.0, 3.0, 4.0, 10.0]
AFTER = [2.0, 2.0, 4.0, 6.0, 9.0]
LINE = Line(3.5)


def pair(before=BEFORE, after=AFTER, line=LINE, second=None):
    return measured(before, line=line), measured(after, line=second or line)


def test_growth_and_redistribution_make_up_the_change():
    for one in decompose_change(*pair()).values():
        assert one["growth"] + one["redistribution"] == pytest.approx(one["change"])


def test_the_parts_are_the_mean_of_both_orders():
    found = decompose_change(*pair())["fgt1"]
    up, down = 23 / 20, 20 / 23
    grown = whole([each * up for each in BEFORE], line=3.5)["fgt1"]
    shrunk = whole([each * down for each in AFTER], line=3.5)["fgt1"]
    expected = ((grown - found["before"]) + (found["after"] - shrunk)) / 2
    assert found["growth"] == pytest.approx(expected)


def test_everybody_growing_alike_is_growth_alone():
    found = decompose_change(*pair(after=[each * 1.5 for each in BEFORE]))
    assert all(one["redistribution"] == pytest.approx(0, abs=1e-12) for one in found.values())


def test_a_transfer_between_people_is_redistribution_alone():
    found = decompose_change(*pair(after=[2.0, 2.0, 3.0, 4.0, 9.0]))
    assert all(one["growth"] == pytest.approx(0, abs=1e-12) for one in found.values())
    assert found["fgt1"]["redistribution"] < 0


def test_other_money_with_its_own_line_changes_nothing():
    found = decompose_change(*pair(after=[each * 1000 for each in BEFORE], second=Line(3500.0)))
    assert all(one["change"] == pytest.approx(0, abs=1e-12) for one in found.values())


def test_two_samples_have_the_error_of_both():
    before, after = pair()
    found = decompose_change(before, after)["fgt0"]
    assert found["se"] == pytest.approx((before.whole["fgt0_se"] ** 2 + after.whole["fgt0_se"] ** 2) ** 0.5)


def test_a_sample_without_an_error_leaves_the_change_without_one():
    assert decompose_change(measured([2.0], line=LINE), measured(AFTER, line=LINE))["fgt0"]["se"] is None


def test_every_quantile_grows_as_its_people_did():
    found = growth_incidence(*pair(after=[each * 1.5 for each in BEFORE]), 5)
    assert [each["share"] for each in found["points"]] == pytest.approx([0.2, 0.4, 0.6, 0.8])
    assert [each["growth"] for each in found["points"]] == pytest.approx([0.5] * 4)
    assert found["mean"] == found["poor"] == pytest.approx(0.5)


def test_growth_of_the_poor_is_that_of_quantiles_up_to_the_incidence():
    found = growth_incidence(*pair(after=[2.0, 3.0, 3.0, 4.0, 10.0]), 2)
    assert found["poor"] == pytest.approx((1.0 + 0.5 + 0) / 3, abs=2e-3)
    assert found["mean"] == pytest.approx(2 / 20)


def test_who_had_nothing_has_no_rate_of_growth():
    found = growth_incidence(*pair(before=[0.0, 2.0, 3.0, 4.0, 10.0]), 5)
    assert found["points"][0]["growth"] == pytest.approx((2.0 + 2.0) / 2 / 1.0 - 1)
    assert found["poor_left_out"] == pytest.approx(1 / 3, abs=2e-3)


def test_without_poor_people_there_is_no_growth_of_the_poor():
    found = growth_incidence(*pair(line=Line(0.5)), 2)
    assert found["poor"] is None
    assert found["poor_left_out"] == 0


def test_without_a_line_only_growth_is_told():
    before, after = measured([-1.0, 1.0]), measured([1.0, 2.0])
    told = change_report(before, after, steps=2)
    assert "decomposition" not in told
    assert told["growth_incidence"]["mean"] is None
    assert "poor" not in told["growth_incidence"]


def test_a_mean_that_is_not_above_zero_cannot_be_parted():
    assert "decomposition" not in change_report(*pair(before=[-5.0, 1.0]), steps=2)
    assert "decomposition" in change_report(*pair(), steps=2)
