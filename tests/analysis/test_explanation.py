"""Explanations: two sentences in both languages, from the row and the manifest alone."""

import json
from datetime import date

import pytest

from bangfu.analysis.explanation import explain
from bangfu.analysis.run import evaluate
from bangfu.analysis.show import show_value
from bangfu.params import load
from tests.analysis.area import INSURED, NO_LACK, area

ON = date(2016, 12, 31)
ITEMS = {"wage_fen": 0, "business_fen": 0, "business_cost_fen": 0, "property_fen": 0, "transfer_fen": 0}


def explained(facts, members=(INSURED,), programme="cn_2014", on=ON, decision="identify"):
    result = evaluate(area([(facts, list(members))]), load(), programme, on)
    manifest = json.loads(json.dumps(result.manifest))
    return explain(result.rows.row(0, named=True), manifest, load(), decision)


def test_a_poor_household_is_told_its_income_and_the_line():
    told = explained(NO_LACK | {"net_income_pc_fen": 295_199})
    assert told.outcome is True
    assert told.reason.zh == (
        "按精准扶贫建档立卡（2014—2020年）“贫困户识别”，该户2016年12月31日的判定结果为：符合条件。"
        "依据：家庭人均纯收入2,951.99元，低于国家扶贫标准2,952.00元。"
    )
    assert told.reason.en.endswith(
        "Net income per head is 2,951.99 yuan, below the national poverty line of 2,952.00 yuan."
    )


def test_an_unknown_household_is_told_what_must_be_found_out():
    told = explained(NO_LACK)
    assert told.outcome is None
    assert "暂不能判定，需要核实" in told.reason.zh
    assert "must be verified" in told.reason.en
    assert told.income.zh.startswith("收入不详")


def test_only_the_criteria_that_decide_are_given_as_reasons():
    told = explained(NO_LACK | {"net_income_pc_fen": 400_000, "housing_grade": "D级", "water_safe": 0}, decision="exit")
    assert told.outcome is False
    assert [each.name for each in told.findings if each.decides] == ["housing_unsafe", "water_unsafe"]
    assert "危房" in told.reason.zh
    assert "吃饭" not in told.reason.zh


def test_every_criterion_of_the_run_is_shown_with_value_threshold_operator_and_source():
    told = explained(NO_LACK | {"net_income_pc_fen": 295_199})
    first = told.findings[0]
    assert (first.name, first.outcome, first.decides) == ("income_below_line", True, True)
    assert (first.value, first.threshold, first.operator) == (295_199, 295_200, "<")
    assert (first.shown.zh, first.shown_threshold, first.unit) == ("2,951.99", "2,952.00", "fen per person per year")
    assert all(source["title"] for each in told.findings for source in each.sources)
    assert len(first.sources) == 2
    assert not first.provisional
    assert {each.name for each in told.findings} >= {"housing_unsafe", "medical_gap", "food_unassured"}
    housing = next(each for each in told.findings if each.name == "housing_unsafe")
    assert (housing.shown.zh, housing.threshold, housing.shown_threshold, housing.unit) == ("A级", None, "", "")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(ITEMS | {"wage_fen": 500_000}, "按收入分项计算，家庭年收入5,000.00元，家庭人口1人。", id="items"),
        pytest.param({"net_income_pc_fen": 100_000}, "采用登记的人均收入1,000.00元", id="stated per head"),
        pytest.param({"net_income_fen": 100_000}, "采用登记的家庭收入1,000.00元，家庭人口1人", id="stated total"),
        pytest.param(ITEMS | {"declared_members": 3}, "家庭人口不详。", id="members in doubt"),
        pytest.param({}, "收入不详", id="unknown"),
    ],
)
def test_the_income_that_counted_is_named(facts, words):
    assert words in explained(NO_LACK | facts).income.zh


def test_a_monitored_household_is_told_its_class():
    facts = NO_LACK | {
        "origin": "脱贫户",
        "risks": ["因病", "因学"],
        "net_income_pc_fen": 100_000,
        "allowable_oop_fen": 0,
    }
    told = explained(facts, programme="cn_2021", on=date(2023, 6, 30))
    assert [each.zh for each in told.classes] == ["脱贫不稳定户"]
    risk = next(each for each in told.findings if each.name == "risk_present")
    assert risk.shown.zh == "因病、因学"


def test_a_finding_that_rests_on_a_statement_still_to_be_verified_says_so():
    facts = NO_LACK | {"origin": "脱贫户", "risks": [], "net_income_pc_fen": 100_000, "allowable_oop_fen": 0}
    told = explained(facts, programme="cn_2021", on=date(2023, 6, 30))
    assert any(each.provisional for each in told.findings)


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("wage_fen", -123_456, "-1,234.56", "-1,234.56"),
        ("income_pc_fen", 5, "0.05", "0.05"),
        ("housing_grade", 4, "D级", "Grade D"),
        ("risks", 0, "无", "none"),
        ("water_safe", 1, "是", "yes"),
        ("water_safe", 0, "否", "no"),
        ("uninsured_count", 2, "2", "2"),
        ("built_year", 1998, "1998", "1998"),
        ("age", None, "不详", "unknown"),
    ],
)
def test_a_recorded_number_is_shown_as_people_read_it(name, value, zh, en):
    shown = show_value(name, value, load())
    assert (shown.zh, shown.en) == (zh, en)
