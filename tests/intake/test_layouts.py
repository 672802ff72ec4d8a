"""Which ledger a sheet is, told by its columns: not by its name, its order of columns or its title."""

import random
from datetime import date

import pytest

from bangfu.intake.layouts import recognise
from bangfu.intake.reading import read_file
from bangfu.kernel.errors.inputs import HeaderAmbiguous
from tests.intake.builders import EXITED, MONITORED, ROSTER, labels, with_data, xlsx
from tests.intake.taken import PARAMETERS, told

HOUSEHOLD_FORM = labels(
    "县(市、区) | 乡镇 | 行政村 | 户编号 | 户主姓名 | 户主证件号码 | 联系电话 | 开户银行 | 银行账号 | "
    "识别标准 | 贫困户属性 | 主要致贫原因 | 其他致贫原因 | 家庭人口数 | 工资性收入 | 生产经营性收入 | "
    "财产性收入 | 转移性收入 | 生产经营性支出 | 纯收入 | 人均纯收入 | 住房面积 | 耕地面积(亩)"
)
NATIONAL = labels(
    "aac001 | aac029 | aac031 | aac006 | aac007 | aac008 | aar010 | aac016 | aac071 | aac072 | aac073 | "
    "aac074 | aac079 | aac082 | aac301"
)
PERSON_FORM = labels(
    "村名 | 户编号 | 姓名 | 性别 | 证件类型 | 证件号码 | 出生日期 | 与户主关系 | 民族 | 政治面貌 | "
    "文化程度 | 在校生状况 | 失学或辍学原因 | 健康状况 | 劳动能力 | 务工区域 | 务工时间(月) | 务工企业 | "
    "是否参加城乡居民基本医疗保险 | 是否参加大病保险 | 是否参加城乡居民基本养老保险 | 享受低保政策情况 | "
    "享受特困供养政策情况 | 是否现役军人"
)
VILLAGE_FORM = labels(
    "行政村 | 行政村代码 | 村属性 | 总户数 | 自然村(村民小组)数 | 低保户数 | 五保户数 | 总人口数 | "
    "劳动力人数 | 外出务工人数 | 农民人均纯收入（元） | 村级集体经济收入(万元) | 通宽带户数"
)
ASSISTED = labels(
    "帮扶村 | 户数 | 人数 | 常住人口 | 脱贫不稳定户数 | 边缘易致贫户数 | 突发严重困难户数 | "
    "村人均纯收入（万元） | 村集体收入（万元）"
)


@pytest.mark.parametrize(
    ("header", "name", "subject"),
    [
        pytest.param(ROSTER, "roster", "person", id="roster"),
        pytest.param(EXITED, "exited_roster", "person", id="exited roster"),
        pytest.param(MONITORED, "monitored", "household", id="monitored"),
        pytest.param([*MONITORED, "姓名", "证件号码", "与户主关系"], "monitored", "person", id="monitored, by person"),
        pytest.param(HOUSEHOLD_FORM, "household_form", "household", id="household form"),
        pytest.param(NATIONAL, "household_form", "household", id="household form in national names"),
        pytest.param(PERSON_FORM, "person_form", "person", id="person form"),
        pytest.param(VILLAGE_FORM, "village_form", "village", id="village form"),
        pytest.param(ASSISTED, "assisted_village", "village", id="assisted villages"),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_a_ledger_is_told_by_its_columns_in_any_order(header, name, subject, seed):
    shuffled = random.Random(seed).sample(header, len(header)) if seed else header
    layout = told(with_data(shuffled))
    assert (layout.name, layout.subject) == (name, subject)


def test_every_column_of_the_roster_is_understood():
    layout = told(with_data(ROSTER))
    assert layout.ignored == ()
    assert len(layout.columns) == len(ROSTER)
    assert layout.columns["exit_year"][0].label == "(脱贫年度)"


def test_every_column_of_the_exited_roster_is_understood():
    layout = told(with_data(EXITED))
    assert layout.ignored == ()
    assert layout.columns["phone"][0].label == "人联系电话"
    assert layout.columns["household_phone"][0].label == "户联系电话"


def test_the_monitored_ledger_has_several_risks_and_fourteen_measures():
    columns = told(with_data(MONITORED)).columns
    assert [column.label[-1] for column in columns["risks"]] == list("12345")
    assert [column.bit for column in columns["measures"]] == list(range(1, 15))
    assert columns["net_income_pc_fen"][0].label == "人均纯收入（元）"


def test_what_is_said_of_the_time_after_removal_is_not_said_of_today():
    assert "风险消除后人均纯收入" in told(with_data(MONITORED)).ignored


def test_the_phone_of_a_household_ledger_is_the_household_s():
    columns = told(with_data(HOUSEHOLD_FORM)).columns
    assert "household_phone" in columns
    assert "phone" not in columns


def test_names_of_the_national_database_are_marked_so_that_their_code_numbers_hold():
    columns = told(with_data(NATIONAL)).columns
    assert columns["main_cause"][0].national
    assert not told(with_data(HOUSEHOLD_FORM)).columns["main_cause"][0].national


@pytest.mark.parametrize(
    "above",
    [
        [],
        [["清溪县建档立卡贫困户名单"]],
        [[""], ["附件2"], ["清溪县名单"], ["填报单位：清溪县", "", "单位：元"]],
        [["x"]] * 9,
    ],
    ids=["none", "a title", "title, blank row and unit", "nine rows"],
)
def test_rows_above_the_header_are_passed_over(above):
    layout = told(with_data(ROSTER, above))
    assert layout.header_rows == (len(above),)
    assert layout.first_row == len(above) + 1


def test_labels_may_be_wide_spaced_broken_starred_and_numbered():
    header = ["１、户 编 号", "姓　名", "*证件号码", "与户主\n关系", "健康状况：", "劳动技能★"]
    assert set(told(with_data(header)).columns) == {
        "household_no", "name", "id_no", "relation", "health_status", "labour_capacity",
    }  # fmt: skip


def test_a_header_of_two_rows_is_flattened():
    rows = [
        ["户编号", "姓名", "与户主关系", "转移性收入", "", "", "住房", ""],
        ["", "", "", "低保金", "养老金", "生态补偿金", "是否危房户", "住房面积（㎡）"],
        ["1", "测试", "户主", "100", "200", "300", "否", "80"],
    ]
    layout = told(rows)
    assert layout.header_rows == (0, 1)
    assert layout.label("dibao_fen") == "转移性收入/低保金"
    assert {"pension_fen", "eco_compensation_fen", "housing_grade", "housing_area_dm2"} <= layout.columns.keys()
    assert "transfer_fen" not in layout.columns


def test_merged_header_cells_are_flattened_as_they_were_merged(tmp_path):
    rows = [
        ["清溪县名单"],
        ["户编号", "姓名", "与户主关系", "家庭收入", "", "帮扶责任人", ""],
        ["", "", "", "工资性收入", "人均纯收入", "姓名", "联系电话"],
        ["1", "测试", "户主", "100", "200", "某某", "1"],
    ]
    merges = ["A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2"]
    layout = recognise(read_file(xlsx(tmp_path / "m.xlsx", rows, merges=merges))[0], "m.xlsx", PARAMETERS)
    assert layout.header_rows == (1, 2)
    assert layout.columns["name"][0].index == 1
    assert "phone" not in layout.columns
    assert layout.ignored == ("帮扶责任人/姓名", "帮扶责任人/联系电话")


def test_numbers_of_one_risk_stand_under_the_common_header():
    rows = [
        ["户编号", "监测对象类别", "致贫/返贫风险", "", "", "风险是否已消除", "人均纯收入"],
        ["", "", "1", "2", "3", "", ""],
        ["1", "脱贫不稳定户", "因病", "因残", "", "否", "6000"],
    ]
    layout = told(rows)
    assert len(layout.columns["risks"]) == 3
    assert layout.header_rows == (0, 1)


def test_a_number_under_another_word_is_not_taken_for_the_plain_one():
    rows = [
        ["行政村", "总户数", "脱贫户", "", "常住人口", "村集体收入（万元）"],
        ["", "", "户数", "人数", "", ""],
        ["上柳村", "300", "50", "160", "900", "5"],
    ]
    layout = told(rows)
    assert layout.columns["household_count"][0].index == 1
    assert "population" not in layout.columns


@pytest.mark.parametrize(
    "row",
    [
        [str(number) for number in range(1, 7)],
        ["甲", "乙", "1", "2", "3", "4"],
        ["aac001", "aab002", "aab004", "", "", ""],
        ["", "", "", "", "", "元"],
    ],
    ids=["numbers", "stems and numbers", "national names", "units"],
)
def test_a_row_that_explains_the_header_is_part_of_it(row):
    header = ["户编号", "姓名", "证件号码", "与户主关系", "健康状况", "人均纯收入"]
    assert told([header, row, ["x"] * 6]).header_rows == (0, 1)


@pytest.mark.parametrize(
    ("label", "above", "fen"),
    [
        pytest.param("人均纯收入", (), 100, id="no unit is yuan"),
        pytest.param("人均纯收入（元）", (), 100, id="yuan"),
        pytest.param("人均纯收入(元/年)", (), 100, id="yuan a year"),
        pytest.param("人均纯收入（万元）", (), 1_000_000, id="wan yuan"),
        pytest.param("人均纯收入,万元", (), 1_000_000, id="wan yuan after a comma"),
        pytest.param("人均纯收入（单位：万元）", (), 1_000_000, id="wan yuan, stated as unit"),
        pytest.param("人均纯收入", (["", "单位：万元"],), 1_000_000, id="wan yuan in the title"),
        pytest.param("人均纯收入（元）", (["单位:万元"],), 100, id="the header goes before the title"),
    ],
)
def test_the_unit_of_money_comes_from_header_or_title(label, above, fen):
    layout = told(with_data(["户编号", "姓名", "与户主关系", "健康状况", label], above))
    assert layout.columns["net_income_pc_fen"][0].unit_fen == fen


def test_a_row_of_units_gives_its_columns_their_units():
    header = ["户编号", "姓名", "与户主关系", "健康状况", "务工时间", "人均纯收入"]
    layout = told([header, ["", "", "", "", "天", "万元"], ["x"] * 6])
    assert layout.columns["net_income_pc_fen"][0].unit_fen == 1_000_000
    assert "work_months" not in layout.columns


def test_a_row_of_data_that_looks_like_a_unit_is_data():
    assert told([ROSTER, ["个", *[""] * (len(ROSTER) - 1)]]).header_rows == (0,)


def test_a_number_in_a_foreign_unit_is_not_the_field():
    layout = told(with_data(["户编号", "姓名", "与户主关系", "健康状况", "务工时间(天)", "低保金(元/月)"]))
    assert layout.ignored == ("务工时间(天)", "低保金(元/月)")


@pytest.mark.parametrize(
    ("title", "file_name", "day"),
    [
        pytest.param("2016年清溪县名单", "a.xlsx", date(2016, 1, 1), id="a year"),
        pytest.param("清溪县名单（2016年10月）", "a.xlsx", date(2016, 10, 1), id="a month"),
        pytest.param("截至 2022 年 10 月 15 日", "a.xlsx", date(2022, 10, 15), id="a day"),
        pytest.param("填报日期：2022-10-15", "a.xlsx", date(2022, 10, 15), id="a plain day"),
        pytest.param("清溪县名单", "2022年已脱贫人口名单.xlsx", date(2022, 1, 1), id="the file's name"),
        pytest.param("清溪县名单", "roster_20221015.xlsx", date(2022, 10, 15), id="digits in the file's name"),
        pytest.param("清溪县名单", "监测对象2023.csv", date(2023, 1, 1), id="a year in the file's name"),
        pytest.param("2016年13月", "a.xlsx", None, id="no such month"),
        pytest.param("清溪县名单", "a.xlsx", None, id="nothing"),
        pytest.param("电话13800002016", "a123456.xlsx", None, id="digits of something else"),
    ],
)
def test_the_day_comes_from_the_title_or_the_file_s_name(title, file_name, day):
    assert told(with_data(ROSTER, [[title]]), file_name).stated_on == day


def test_of_several_years_the_latest_column_is_taken_and_tells_the_year():
    header = ["户编号", "姓名", "与户主关系", "健康状况", "2015年人均纯收入", "2016年人均纯收入（元）"]
    layout = told(with_data(header))
    assert layout.columns["net_income_pc_fen"][0].index == 5
    assert layout.ignored == ("2015年人均纯收入",)
    assert layout.stated_on == date(2016, 1, 1)


@pytest.mark.parametrize("other", ["联系电话", "手机号码"], ids=["the same label", "another label"])
def test_two_columns_of_one_field_are_named_both(other):
    with pytest.raises(HeaderAmbiguous) as raised:
        told(with_data([*ROSTER, other], [["名单"]]))
    facts = raised.value.facts
    assert (facts["first"], facts["second"], facts["second_label"], facts["row"]) == ("AA", "AB", other, 2)


def test_a_second_column_that_is_empty_does_no_harm():
    rows = [[*ROSTER, "联系电话"], [*["x"] * len(ROSTER), " "]]
    assert told(rows).columns["phone"][0].index == len(ROSTER) - 1


def test_the_column_of_reasons_of_a_returned_workbook_is_no_field():
    assert told(with_data([*ROSTER, "错误说明"])).ignored == ("错误说明",)
