"""Amounts, days, years, wordings and answers, however a ledger writes them."""

import pytest

from tests.intake.builders import ROSTER, person
from tests.intake.taken import codes, number, only, parsed, roster


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("3000", 300_000),
        ("3000.00", 300_000),
        ("2750.5", 275_050),
        ("3,000", 300_000),
        ("1,234,567.89", 123_456_789),
        ("３，０００．５", 300_050),
        (" 3 000 ", 300_000),
        ("3000元", 300_000),
        ("￥3000", 300_000),
        ("0.3万", 300_000),
        ("0.35万元", 350_000),
        ("3333.335", 333_334),
        ("3333.334999", 333_333),
        ("-120.5", -12_050),
        ("0", 0),
        ("5e-05", 0),
        ("-", None),
        ("/", None),
        ("", None),
    ],
)
def test_money_is_whole_fen_however_it_is_written(cell, fen):
    assert only(roster(person(人均纯收入=cell)))["net_income_pc_fen"] == fen


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("约3000", "BF120"), ("三千", "BF120"), ("3000左右", "BF120"), ("12,34", "BF120"), ("3000亩", "BF120"),
        ("无", "BF120"), ("85%", "BF120"), ("NaN1", "BF120"), ("inf", "BF120"), ("1.2.3", "BF120"), ("--5", "BF120"),
        ("9e99", "BF122"), ("1.2E+16", "BF122"), ("99999999999999", "BF122"), ("#REF!", "BF172"),
    ],
)  # fmt: skip
def test_what_is_no_amount_rejects_its_row(cell, code):
    result = roster(person(人均纯收入=cell))
    assert (codes(result), result.accepted, result.rejected, result.rows) == ([code], 0, 1, 1)
    assert result.problems["column"].to_list() == ["人均纯收入"]


@pytest.mark.parametrize(
    ("label", "rejected"), [("生产经营性收入", 0), ("人均纯收入", 0), ("工资性收入", 1), ("低保金", 1)]
)
def test_only_business_and_what_is_left_of_it_may_be_negative(label, rejected):
    header = ["户编号", "主要致贫原因", "人均可支配收入", label]
    result = parsed([header, ["1", "因病", "5", "-3"]])
    assert result.rejected == rejected
    assert codes(result) == ["BF121"] * rejected


def test_money_in_wan_yuan_is_scaled_and_a_cell_s_own_unit_goes_before():
    header = ["帮扶村", "户数", "人数", "常住人口", "村人均纯收入（万元）", "村集体收入（万元）"]
    frame = parsed([header, ["上柳村", "300户", "1000", "900", "1.25", "60000元"]]).frame
    assert frame["village_income_pc_fen"][0] == 1_250_000
    assert frame["collective_income_fen"][0] == 6_000_000
    assert (frame["household_count"][0], frame["population"][0]) == (300, 1000)


@pytest.mark.parametrize(
    ("label", "field", "cell", "value"),
    [
        ("耕地面积(亩)", "cultivated_mu100", "3.25", 325),
        ("耕地面积", "cultivated_mu100", "3.255亩", 326),
        ("耕地面积(公顷)", "cultivated_mu100", "1", 1500),
        ("住房面积(平方米)", "housing_area_dm2", "80.5", 8050),
        ("住房面积（㎡）", "housing_area_dm2", "80.5㎡", 8050),
        ("与村主干路距离(公里)", "road_distance_m", "0.5", 500),
        ("与村主干路距离", "road_distance_m", "500米", 500),
        ("与村主干路距离（米）", "road_distance_m", "500", 500),
        ("家庭人口数", "declared_members", "4人", 4),
        ("家庭人口数", "declared_members", "4.0", 4),
        ("家庭人口数", "declared_members", "无", None),
    ],
)
def test_areas_distances_and_counts_are_whole_units(label, field, cell, value):
    header = ["户编号", "主要致贫原因", "贫困户属性", label]
    assert only(parsed([header, ["1", "因病", "一般贫困户", cell]]))[field] == value


@pytest.mark.parametrize(("cell", "code"), [("4.5", "BF123"), ("-1", "BF121"), ("四", "BF120"), ("999999999", "BF122")])
def test_what_is_no_count_rejects_its_row(cell, code):
    assert codes(roster(person(人数=cell))) == [code]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2016-10-15", 20161015), ("2016/10/15", 20161015), ("2016.10.5", 20161005), ("2016年10月15日", 20161015),
        ("20161015", 20161015), ("201610", 20161001), ("2016年10月", 20161001), ("2016-10", 20161001),
        ("2016", 20160101),
        ("2016年", 20160101), ("２０１６年１０月", 20161001), ("42658", 20161015), ("2016-10-15 08:30:00", 20161015),
        ("2016-10-15T08:30:00", 20161015), ("2016-02-29", 20160229), ("无", None), ("", None),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(cell, day):
    row = only(roster(person(首次识别时间=cell), header=[*ROSTER, "首次识别时间"]))
    assert row["first_identified_on"] == day


@pytest.mark.parametrize(
    "cell", ["2015-02-29", "2月30日", "201613", "20161301", "腊月初八", "16年", "3016-01-01", "1016", "10/15/2016"]
)
def test_what_is_no_day_of_the_calendar_rejects_its_row(cell):
    assert codes(roster(person(首次识别时间=cell), header=[*ROSTER, "首次识别时间"])) == ["BF124"]


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("2016", 2016),
        ("2016年", 2016),
        ("2016年度", 2016),
        ("201612", 2016),
        ("2016-12-31", 2016),
        ("1905-07-08", 2016),
        ("", None),
    ],
)
def test_a_year_is_read_even_when_a_spreadsheet_made_it_a_day(cell, year):
    assert only(roster(person(**{"(脱贫年度)": cell})))["exit_year"] == year


@pytest.mark.parametrize("cell", ["16", "去年", "42658", "3016"])
def test_what_is_no_year_rejects_its_row(cell):
    assert codes(roster(person(**{"(脱贫年度)": cell}))) == ["BF125"]


@pytest.mark.parametrize("cell", ["因病", "01因病", "01 因病", "1、因病", "１．因病", "01-因病", " 因 病 "])
def test_a_wording_holds_with_or_without_a_number_before_it(cell):
    assert only(roster(person(主要致贫原因=cell)))["main_cause"] == number("poverty_cause", "因病")


@pytest.mark.parametrize(("cell", "code"), [("因缘", "BF127"), ("01", "BF128"), ("1", "BF128")])
def test_a_wording_that_no_list_knows_is_left_unknown_with_a_warning(cell, code):
    result = roster(person(主要致贫原因=cell))
    assert (codes(result), result.accepted, result.frame["main_cause"][0]) == ([code], 1, None)
    assert "因病" in result.problems["message_zh"][0]


def test_code_numbers_hold_under_the_names_of_the_national_database():
    header = ["aac001", "aac029", "aac006", "aac007", "aar010", "aac071", "aac082"]
    row = only(parsed([header, ["1", "测试甲", "01", "1", "0", "500", "2000"]]))
    assert (row["household_type"], row["exit_status"]) == (1, number("exit_status", "未脱贫"))
    assert row["main_cause"] == number("poverty_cause", "因病")


def test_a_standing_that_no_list_knows_rejects_its_row():
    assert codes(roster(person(脱贫属性="不知道"))) == ["BF129"]


@pytest.mark.parametrize("between", [",", "，", "、", "；", ";", "/", "\n", " "])
def test_several_wordings_in_one_cell_become_flags(between):
    mask = only(roster(person(健康状况=f"长期慢性病{between}残疾")))["health_status"]
    assert mask == 1 << number("health_status", "长期慢性病") | 1 << number("health_status", "残疾")


def test_flags_with_a_part_that_no_list_knows_are_unknown_as_a_whole():
    result = roster(person(健康状况="残疾,怪病"))
    assert (codes(result), result.frame["health_status"][0]) == (["BF127"], None)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("是", 1),
        ("有", 1),
        ("1", 1),
        ("√", 1),
        ("TRUE", 1),
        ("否", 0),
        ("无", 0),
        ("×", 0),
        ("0", 0),
        ("", None),
        ("/", None),
    ],
)
def test_yes_no_and_unknown_are_three_answers(cell, value):
    assert only(roster(person(参加大病医疗=cell)))["serious_illness"] == value


def test_an_answer_that_is_neither_is_unknown_with_a_warning():
    result = roster(person(饮水安全="部分"))
    assert (codes(result), result.frame["water_safe"][0], result.accepted) == (["BF126"], None, 1)


def test_what_says_nothing_is_unknown_in_every_kind_of_column():
    header = [*ROSTER, "首次识别时间", "务工企业", "银行账号", "开户银行"]
    nothing = dict.fromkeys(
        ("(脱贫年度)", "首次识别时间", "务工企业", "银行账号", "主要致贫原因", "健康状况", "自然村"), "不详"
    )
    row = only(roster(person(1) | nothing, header=header))
    names = ("exit_year", "first_identified_on", "employer", "account", "main_cause", "health_status", "group_name")
    assert [row[name] for name in names] == [None] * len(names)


def test_a_key_that_says_nothing_is_missing():
    assert codes(roster(person(1) | {"户编号": "无"})) == ["BF116"]
    assert codes(roster(person(1) | {"姓名": "无"})) == ["BF117"]
    assert codes(roster(person(1) | {"人编号": "9" * 201})) == ["BF119"]
    assert codes(roster(person(1) | {"姓名": "长" * 201})) == ["BF117", "BF119"]


def test_flags_without_any_wording_are_unknown():
    assert codes(roster(person(1, 健康状况=",、"))) == ["BF127"]
    assert codes(roster(person(1, 健康状况="03、04"))) == ["BF128"]
