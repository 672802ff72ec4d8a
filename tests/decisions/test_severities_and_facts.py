"""How grave a hit is, and what it may say of a row."""

import pytest

from bangfu.access.field_classes import Sight, Sights
from bangfu.decisions.facts import (
    STATED,
    class_of,
    evidence,
    facts_of,
    facts_read,
    facts_text,
    said,
    said_each,
    told_on,
)
from bangfu.decisions.severities import severity_of
from bangfu.intake.lists import list_forms
from bangfu.kernel.errors.parameters import ParameterUnknown
from bangfu.params import load

PARAMETERS = load()
OF_2014 = PARAMETERS.programme("cn_2014")
FORMS = list_forms()


@pytest.mark.parametrize(
    ("kind", "negative_list", "severity"),
    [
        pytest.param("vehicles", None, "block", id="every local list that knows the police blocks"),
        pytest.param("payroll", None, "review", id="one local list would only examine"),
        pytest.param("payroll", "ten_principles", "block", id="the list in force blocks"),
        pytest.param("payroll", "seven_clear_four_strict", "review", id="the list in force examines"),
        pytest.param("housing", "seven_clear_four_strict", "review", id="the list in force knows no such office"),
        pytest.param("allowances", None, "review", id="no list knows the office"),
    ],
)
def test_the_mildest_list_in_force_decides_how_grave_a_hit_is(kind, negative_list, severity):
    assert severity_of(FORMS[kind], OF_2014, negative_list) == severity


def test_a_programme_without_local_lists_examines():
    assert severity_of(FORMS["payroll"], PARAMETERS.programme("cn_2021")) == "review"


def test_a_list_that_the_programme_lacks_is_refused():
    with pytest.raises(ParameterUnknown):
        severity_of(FORMS["payroll"], OF_2014, "eleven")


def row(**facts):
    return {**dict.fromkeys(FORMS["vehicles"].fields), **facts}


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        pytest.param("小型轿车", True, id="a plain word"),
        pytest.param("张大山的车", False, id="the name on the row"),
        pytest.param("属张小山", False, id="the name in the register"),
        pytest.param("编号990101197001010015", False, id="a number"),
        pytest.param("车" * 21, False, id="a remark"),
        pytest.param("车" * 20, True, id="twenty characters"),
    ],
)
def test_a_word_is_kept_unless_it_may_name_somebody(word, kept):
    facts = facts_of(row(vehicle_type=word, price_fen=1), FORMS["vehicles"], ("张大山", "张小山", None))
    assert ("vehicle_type" in facts) is kept
    assert facts["price_fen"] == 1


def test_a_plate_is_never_kept():
    assert facts_of(row(plate="溪A0001"), FORMS["vehicles"], ()) == {}


def test_facts_are_said_with_their_units():
    facts = {"vehicle_type": "小型轿车", "first_on": 20150811, "price_fen": 9_300_000}
    assert said(facts, FORMS["vehicles"], PARAMETERS) == "车辆类型小型轿车，初次登记日期2015-08-11，购置价93,000.00元"
    assert said({"floor_dm2": 13_100}, FORMS["housing"], PARAMETERS) == "建筑面积131.00平方米"
    assert (
        said(
            {
                "housing_grade": 4,
            },
            FORMS["house_grades"],
            PARAMETERS,
        )
        == "危房等级D级"
    )
    assert said({"heads": 3}, FORMS["allowances"], PARAMETERS) == "保障人数3"
    assert told_on(facts, FORMS["vehicles"]) == 20150811
    assert told_on({}, FORMS["vehicles"]) is None
    assert facts_read(facts_text(facts)) == facts


def test_a_lead_says_which_list_and_row():
    from datetime import date

    told = evidence(FORMS["vehicles"], date(2016, 12, 31), 12, "购置价93,000.00元")
    assert told == "公安机关交通管理部门机动车登记名单（2016年12月31日）第12行：购置价93,000.00元"
    assert evidence(FORMS["enrolment"], date(2016, 12, 31), None, "").endswith("名单中没有")


def test_what_is_known_of_a_disability_stands_in_no_sentence():
    facts = {"kind": 1, "grade": 2, "issued_on": 20150811}
    assert [class_of(name, FORMS["disability"], PARAMETERS) for name in facts] == [4, 4, 2]
    assert said(facts, FORMS["disability"], PARAMETERS) == "发证日期2015-08-11"


@pytest.mark.parametrize(
    ("sight", "seen"),
    [
        pytest.param(Sight.NONE, [], id="nothing"),
        pytest.param(Sight.MASKED, [("残疾类别", STATED.zh)], id="a mask"),
        pytest.param(Sight.FULL, [("残疾类别", "视力残疾")], id="all of it"),
    ],
)
def test_a_fact_is_seen_by_the_class_of_the_field_of_the_register(sight, seen):
    assert said_each({"kind": 1}, FORMS["disability"], PARAMETERS, Sights({2: Sight.FULL, 4: sight})) == seen


def test_every_field_that_a_list_says_to_be_one_of_the_register_is_one():
    for form in FORMS.values():
        for field in form.fields.values():
            if field.same is not None:
                subject, name = field.same
                assert PARAMETERS.fields[subject][name].codes == field.type.partition(":")[2]
            assert field.type.partition(":")[0] != "code" or field.same is not None
