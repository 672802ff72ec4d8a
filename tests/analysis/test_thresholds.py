"""Thresholds: one value everywhere, or one by county; the line of an unknown place is unknown."""

from datetime import date

import polars as pl
import pytest

from bangfu.analysis.frames import Frames
from bangfu.analysis.run import evaluate
from bangfu.analysis.thresholds import thresholds
from bangfu.kernel.errors.parameters import ParameterNotInForce
from bangfu.params import load
from tests.analysis.area import INSURED, NO_LACK, VILLAGE, area

ON = date(2023, 6, 30)
GUIZHOU, YUNNAN = 520102000000, 530102000000
HOME = NO_LACK | {"risks": ["因病"], "origin": "脱贫户", "allowable_oop_fen": 0, "net_income_pc_fen": 729_999}


def found(*counties):
    return thresholds(load().programme("cn_2021"), "monitoring_line", ON, counties)


def test_an_area_with_one_value_has_one_threshold_everywhere():
    (only,) = found(YUNNAN)
    assert (only.value.value, only.counties) == (700_000, None)
    assert only.holds_in(YUNNAN)
    assert only.holds_in(None)


def test_an_area_without_counties_has_the_nation_s():
    (only,) = found()
    assert (only.value.value, only.counties) == (700_000, None)


def test_counties_with_values_of_their_own_are_grouped():
    first, second = found(YUNNAN, GUIZHOU, YUNNAN + 10**6)
    assert (first.value.value, first.counties) == (730_000, (GUIZHOU,))
    assert (second.value.value, second.counties) == (700_000, (YUNNAN, YUNNAN + 10**6))
    assert first.holds_in(GUIZHOU)
    assert not first.holds_in(YUNNAN)
    assert not first.holds_in(None)


def test_a_day_without_a_value_is_an_error():
    with pytest.raises(ParameterNotInForce):
        thresholds(load().programme("cn_2021"), "monitoring_line", date(2020, 12, 31), [YUNNAN])


def test_each_household_meets_the_line_of_its_province():
    homes = [(HOME | {"village": 520102100201}, [INSURED]), (HOME | {"village": 530102100201}, [INSURED])]
    assert evaluate(area(homes), load(), "cn_2021", ON).rows["outcome"].to_list() == [1, 0]


def test_a_household_of_an_unknown_county_has_an_unknown_line_where_lines_differ():
    frames = area([(HOME | {"village": village}, [INSURED]) for village in (VILLAGE, 520102100201, 530102100201)])
    known = frames.villages.filter(pl.col("village") != VILLAGE)
    rows = evaluate(Frames(frames.households, frames.persons, known, frames.places), load(), "cn_2021", ON).rows
    outcomes = dict(zip(rows["village"], rows["outcome"], strict=True))
    assert outcomes == {VILLAGE: None, 520102100201: 1, 530102100201: 0}


def test_the_manifest_says_which_counties_have_which_line():
    homes = [(HOME | {"village": 520102100201}, [INSURED]), (HOME | {"village": 530102100201}, [INSURED])]
    manifest = evaluate(area(homes), load(), "cn_2021", ON).manifest
    lines = manifest["criteria"]["income_below_monitoring_line"]["thresholds"]
    assert [(each["value"], each["counties"], each["region"]) for each in lines] == [
        (730_000, [GUIZHOU], 520000000000),
        (700_000, [YUNNAN], None),
    ]


@pytest.mark.parametrize(("programme", "on"), [("cn_2021", ON), ("cn_2020m", date(2020, 6, 30))])
def test_a_household_at_risk_is_found_although_nobody_knows_whether_it_once_left_poverty(programme, on):
    rows = evaluate(area([(HOME | {"origin": None, "net_income_pc_fen": 1}, [INSURED])]), load(), programme, on).rows
    assert rows["outcome"].to_list() == [1]
    assert rows["unstable_exited"].to_list() == rows["marginal_at_risk"].to_list() == [None]
