"""The condition language: what it says, what it refuses, and how it treats what is unknown."""

import narwhals as nw
import polars as pl
import pytest

from bangfu.analysis.quality.conditions import parse_condition
from bangfu.analysis.quality.expressions import Compiler
from bangfu.analysis.quality.fields import QualityField
from bangfu.analysis.quality.messages import message_facts
from bangfu.analysis.quality.rules import quality_fields
from bangfu.kernel.errors.parameters import QualityRuleWrong
from bangfu.kernel.texts import Text
from bangfu.params import load

AGE = {"field": "age", "op": "<", "value": 16}


@pytest.mark.parametrize(
    "tree",
    [
        pytest.param("age < 16", id="not a mapping"),
        pytest.param({"all": [AGE], "any": [AGE]}, id="two groups at once"),
        pytest.param({"all": []}, id="an empty group"),
        pytest.param({"any": AGE}, id="a group that is not a list"),
        pytest.param(AGE | {"colour": 1}, id="an unknown key"),
        pytest.param(AGE | {"op": "~"}, id="an unknown operator"),
        pytest.param({"op": "<", "value": 16}, id="no left side"),
        pytest.param(AGE | {"persons": "all"}, id="two left sides"),
        pytest.param({"field": "age", "op": "<"}, id="no right side"),
        pytest.param(AGE | {"op": "is_null"}, id="a right side where none belongs"),
        pytest.param({"field": "age", "op": "in", "other_field": "work_months"}, id="membership of a column"),
        pytest.param(AGE | {"times": "2"}, id="a factor that is text"),
        pytest.param(AGE | {"other_times": True}, id="a factor that is a truth value"),
    ],
)
def test_a_condition_that_is_not_of_the_language_is_refused_with_the_rule_named(tree):
    with pytest.raises(QualityRuleWrong) as raised:
        parse_condition(tree, "XX01")
    assert raised.value.facts["rule"] == "XX01"


def _outcomes(tree, rows, counts=None):
    compiler = Compiler(quality_fields(load()), "person", lambda law: nw.lit(len(law.names)))
    expression = compiler.compile(parse_condition(tree, "XX01"), "XX01")
    frame = nw.from_native(pl.DataFrame(rows).lazy())
    for name in compiler.counts:
        low, high = counts or ("low", "high")
        frame = frame.with_columns(nw.col(low).alias(name), nw.col(high).alias(f"{name}_high"))
    return frame.select(expression.alias("outcome")).collect().to_native()["outcome"].to_list()


@pytest.mark.parametrize(
    ("op", "outcomes"),
    [
        ("<", [True, False, False, None]),
        ("<=", [True, True, False, None]),
        (">", [False, False, True, None]),
        (">=", [False, True, True, None]),
        ("==", [False, True, False, None]),
        ("!=", [True, False, True, None]),
    ],
)
def test_comparisons_carry_the_words_of_the_law_and_leave_the_unknown_unknown(op, outcomes):
    assert _outcomes(AGE | {"op": op}, {"age": [15, 16, 17, None]}) == outcomes


@pytest.mark.parametrize(
    ("op", "outcomes"),
    [("in", [True, False, None]), ("not_in", [False, True, None])],
)
def test_membership_names_codes_by_label(op, outcomes):
    tree = {"field": "relation", "op": op, "value": ["户主", "妻子"]}
    assert _outcomes(tree, {"relation": [1, 3, None]}) == outcomes


def test_flags_are_asked_for_any_of_several_labels_or_for_exactly_one():
    rows = {"health_status": [0, 1 << 1, 1 << 2 | 1 << 4, None]}
    assert _outcomes({"field": "health_status", "op": "has", "value": ["大病", "残疾"]}, rows) == [
        False,
        False,
        True,
        None,
    ]
    assert _outcomes({"field": "health_status", "op": "==", "value": "健康"}, rows) == [False, True, False, None]


def test_null_tests_are_never_unknown():
    rows = {"age": [1, None]}
    assert _outcomes({"field": "age", "op": "is_null"}, rows) == [False, True]
    assert _outcomes({"field": "age", "op": "not_null"}, rows) == [True, False]


def test_groups_follow_kleene():
    old = {"field": "age", "op": ">", "value": 59}
    rows = {"age": [60, 1, None], "soldier": [None, None, 0]}
    soldier = {"field": "soldier", "op": "==", "value": True}
    assert _outcomes({"any": [old, soldier]}, rows) == [True, None, None]
    assert _outcomes({"all": [old, soldier]}, rows) == [None, False, False]
    assert _outcomes({"not": old}, rows) == [False, True, None]


def test_products_are_compared_instead_of_quotients():
    tree = {"field": "age", "times": 2, "op": ">", "other_field": "work_months", "other_times": 3}
    assert _outcomes(tree, {"age": [3, 3, None], "work_months": [2, 1, 1]}) == [False, True, None]


def test_a_law_gives_its_value_as_the_right_side():
    assert _outcomes({"field": "age", "op": "<", "parameter": ["a.b", "c.d"], "other_times": 2}, {"age": [3, 4]}) == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("op", "outcomes"),
    [
        (">", [True, None, False]),
        (">=", [True, None, False]),
        ("<", [False, None, True]),
        ("<=", [False, None, True]),
        ("==", [None, None, False]),
        ("!=", [None, None, True]),
    ],
)
def test_a_count_decides_only_when_the_unknown_members_cannot_change_it(op, outcomes):
    """Low and high are the members known to meet the condition and those who may: 3-4, 1-3 and 0-0 against 2."""
    tree = {"persons": AGE, "op": op, "value": 2}
    assert _outcomes(tree, {"low": [3, 1, 0], "high": [4, 3, 0]}) == outcomes


def test_two_counts_are_compared_from_their_nearest_ends():
    tree = {"persons": AGE, "times": 2, "op": ">", "other_persons": {"field": "age", "op": ">", "value": 1}}
    assert _outcomes(tree, {"low": [1, 1], "high": [1, 3]}) == [True, None]


@pytest.mark.parametrize(
    ("tree", "part"),
    [
        ({"field": "nonsense", "op": "is_null"}, "nonsense"),
        ({"field": "relation", "op": "==", "value": "邻居"}, "邻居"),
        ({"field": "age", "op": "in", "value": ["老"]}, "老"),
        ({"field": "age", "op": "<", "other_field": "nonsense"}, "nonsense"),
    ],
)
def test_an_unknown_field_or_label_is_refused(tree, part):
    with pytest.raises(QualityRuleWrong, match=part):
        _outcomes(tree, {"age": [1], "relation": [1]})


@pytest.mark.parametrize(
    ("kind", "written", "zh", "en"),
    [
        ("age", 16, "16岁", "16"),
        ("months", 1, "1个月", "1 month"),
        ("months", 6, "6个月", "6 months"),
        ("fen", 730000, "7300元", "7300 yuan"),
        ("fen", 50, "0.5元", "0.5 yuan"),
        ("mu100", 10000, "100亩", "100 mu"),
        ("km", 5000, "5公里", "5 km"),
        ("bool", True, "是", "yes"),
        ("bool", 0, "否", "no"),
        ("day", 20230615, "2023年6月15日", "2023-06-15"),
        ("count", [18, 20], "18或20", "18 / 20"),
    ],
)
def test_a_value_is_shown_with_its_unit(kind, written, zh, en):
    assert QualityField("x", Text(zh="", en=""), kind).shown(written) == Text(zh=zh, en=en)


def test_codes_are_shown_by_label_whether_written_as_label_or_number():
    fields = quality_fields(load())["person"]
    assert fields["sex"].shown(1) == fields["sex"].shown("男")
    assert fields["health_status"].shown(1 << 2 | 1 << 4).zh == "长期慢性病或残疾"
    assert fields["relation"].shown(["户主", "配偶", "儿子"]).zh == "户主、配偶或之子"


def _facts(tree, subject="person"):
    facts = message_facts(parse_condition(tree, "XX01"), subject, quality_fields(load()), lambda _: 730000)
    return {name: text.zh for name, text in facts.items()}


def test_changing_a_limit_changes_the_test_and_the_message():
    shown = [_facts(AGE | {"value": limit})["test"] for limit in (16, 18)]
    fires = [_outcomes(AGE | {"value": limit}, {"age": [17]}) for limit in (16, 18)]
    assert shown == ["年龄低于16岁", "年龄低于18岁"]
    assert fires == [[False], [True]]


def test_changing_an_operator_changes_the_test_and_the_message():
    shown = [_facts(AGE | {"op": op})["test"] for op in ("<", "<=")]
    assert shown == ["年龄低于16岁", "年龄不高于16岁"]
    assert [_outcomes(AGE | {"op": op}, {"age": [16]}) for op in ("<", "<=")] == [[False], [True]]


def test_a_second_comparison_on_a_column_has_its_own_facts():
    facts = _facts({"all": [AGE | {"op": ">="}, AGE | {"op": "<=", "value": 59}]})
    assert facts["age_test"] == "年龄不低于16岁"
    assert facts["age_limit_2"] == "59岁"


def test_days_are_before_and_after_instead_of_below_and_above():
    assert _facts({"field": "born_on", "op": ">", "other_field": "checked_on"})["test"] == "出生日期晚于检查日"


def test_a_law_stands_in_the_message_with_its_value():
    tree = {"field": "net_income_pc_fen", "op": "<", "parameter": "cn_2021.monitoring_line"}
    assert _facts(tree, "household")["test"] == "人均纯收入低于7300元"


def test_counts_and_sums_have_facts_with_their_factors():
    tree = {"persons": AGE, "times": 4, "op": ">", "other_persons": "all"}
    assert _facts(tree, "household")["persons_test"] == "人数的4倍超过人数"
    assert _facts(tree, "household")["persons_times"] == "4"
    assert _facts(tree, "household")["age_limit"] == "16岁"
    wage = {"field": "wage_fen", "op": "<", "other_persons_sum": "work_months", "other_times": 10000}
    assert _facts(wage, "household")["wage_fen_each"] == "100元"
    assert _facts(wage, "household")["wage_fen_other_times"] == "10000"
    months = {"persons_sum": "work_months", "op": ">", "value": 0}
    assert _facts(months, "household")["persons_sum_test"] == "全户务工时间(月)合计超过0"
    households = {"households": "all", "op": ">", "other_field": "household_count"}
    assert _facts(households, "village")["test"] == "户数超过总户数"
