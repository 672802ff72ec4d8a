"""A recognised sheet becomes typed columns; what lacks its key is refused."""

import polars as pl
import pytest

from tests.intake.builders import EXITED, MONITORED, ROSTER, made_up_id, person, rows_of
from tests.intake.taken import codes, number, only, parsed, roster


def test_a_plain_line_becomes_typed_values():
    row = only(
        roster(
            person(
                1,
                在校生状况="非在校",
                务工状况="省外",
                **{"务工时间（月）": "10", "参加大病医疗": "是", "饮水困难": "否"},
            )
        )
    )
    assert row["row"] == 2
    assert (row["household_no"], row["person_no"], row["name"]) == ("990101001", "99010100101", "测试甲")
    assert (row["declared_members"], row["work_months"], row["net_income_pc_fen"]) == (2, 10, 275_050)
    assert (row["serious_illness"], row["water_safe"], row["water_difficult"]) == (1, 1, 0)
    assert (row["relation"], row["main_cause"]) == (1, number("poverty_cause", "因病"))
    assert row["health_status"] == 1 << number("health_status", "健康")
    assert row["exit_year"] is None
    assert (row["born_on"], row["sex"]) == (19610203, 1)


def test_columns_have_the_types_that_the_register_keeps():
    schema = roster(person()).frame.schema
    wanted = {
        "row": pl.Int32, "name": pl.String, "relation": pl.Int16, "health_status": pl.Int64, "water_safe": pl.Int8,
        "work_months": pl.Int32, "exit_year": pl.Int32, "net_income_pc_fen": pl.Int64,
        "born_on": pl.Int32, "sex": pl.Int16,
    }  # fmt: skip
    assert {name: schema[name] for name in wanted} == wanted


def test_columns_of_the_monitored_ledger_become_masks():
    line = dict(zip(MONITORED, [""] * len(MONITORED), strict=True)) | {
        "户编号": "1", "监测对象类别": "脱贫不稳定户", "致贫/返贫风险1": "因病", "致贫/返贫风险3": "因残",
        "识别监测时间": "202305",
        "风险是否已消除": "否", "产业帮扶": "种植养殖", "就业帮扶": "否", "健康帮扶": "是", "社会帮扶": "/",
    }  # fmt: skip
    result = parsed(rows_of(MONITORED, line, {"户编号": "2", "监测对象类别": "边缘易致贫户"}))
    assert result.problems.is_empty()
    first, second = result.frame.rows(named=True)
    assert first["risks"] == 1 << number("risk", "因病") | 1 << number("risk", "因残")
    assert first["measures"] == 1 << number("measure_class", "产业帮扶") | 1 << number("measure_class", "健康帮扶")
    assert (first["risk_identified_on"], first["risk_cleared"]) == (20230501, 0)
    assert (second["risks"], second["measures"]) == (None, None)


def test_the_exited_roster_is_taken_as_it_is():
    line = person(1) | {
        "县": "清溪县", "乡": "柳河镇", "村": "上柳村", "致贫原因1": "因学", "首次识别时间": "201404",
        "户类型": "脱贫户",
        "易返贫致贫户(监测对象)类型": "", "风险是否消除": "", "是否解决安全饮用水": "是", "人联系电话": "13800000001",
    }  # fmt: skip
    row = only(parsed(rows_of(EXITED, line), file_name="2022年已脱贫人口名单.xls"))
    assert (row["first_identified_on"], row["origin"], row["monitored_class"]) == (
        20140401,
        number("origin", "脱贫户"),
        None,
    )


def test_a_household_number_that_lost_digits_rejects_its_row_once():
    result = roster(person(household="9.90101001000001E+15"))
    assert set(codes(result)) == {"BF118"}
    assert result.rejected == 1


def test_a_household_number_is_kept_as_text_with_its_zeros():
    assert only(roster(person(household="00７ 1")))["household_no"] == "0071"


@pytest.mark.parametrize(("label", "code"), [("户编号", "BF116"), ("姓名", "BF117")])
def test_a_line_without_its_key_is_rejected(label, code):
    assert codes(roster(person(1) | {label: ""})) == [code]


def test_a_text_beyond_reason_rejects_its_row():
    assert codes(roster(person(自然村="长" * 201))) == ["BF119"]
    assert codes(roster(person(自然村="长" * 200))) == []


def test_households_written_once_and_merged_downwards_are_filled():
    rows = rows_of(
        ROSTER,
        person(1),
        person(2) | {"户编号": "", "行政村": ""},
        person(1, "990101002", 姓名="测试丁", 证件号码=made_up_id(sequence=9)),
    )
    column = ROSTER.index("户编号")
    result = parsed(rows, [(1, column, 2, column), (1, 2, 2, 2)])
    assert result.problems.is_empty()
    assert result.frame["household_no"].to_list() == ["990101001", "990101001", "990101002"]
    assert result.frame["village_name"].to_list() == ["上柳村"] * 3


def test_members_under_their_head_take_the_household_from_above_with_a_notice():
    second = person(2) | {"户编号": "", "行政村": "", "乡(镇)": ""}
    result = roster(person(1), second)
    assert codes(result) == ["BF171"]
    assert result.frame["household_no"].to_list() == ["990101001"] * 2
    assert result.frame["village_name"].to_list() == ["上柳村"] * 2


def test_a_head_without_a_household_number_is_not_put_into_the_household_above():
    stranger = person(1, household="", 姓名="测试丁", 证件号码=made_up_id(sequence=9))
    assert codes(roster(person(1), stranger), row=3) == ["BF116"]


def test_a_damaged_village_code_rejects_its_row():
    header = ["行政村", "行政村代码", "总户数", "低保户数", "总人口数"]
    assert codes(parsed([header, ["上柳村", "9.901E+11", "10", "2", "40"]])) == ["BF118"]
