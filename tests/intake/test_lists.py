"""Lists of other departments: recognised by their columns, every row accounted for."""

from datetime import date

import polars as pl
import pytest

from bangfu.intake.list_reading import list_layout, read_list
from bangfu.intake.lists import list_forms
from bangfu.intake.sheets import Sheet
from bangfu.kernel.errors.inputs import ListUnlike
from bangfu.kernel.ids import check_character
from tests.intake.taken import PARAMETERS

FIRST = "99010119700101001"
NUMBER = FIRST + check_character(FIRST)
TODAY = date(2026, 1, 1)


def read(tmp_path, kind, *lines, name="list.csv"):
    """A text file of these lines, read as a list of this kind."""
    path = tmp_path / name
    path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    return read_list(path, kind, PARAMETERS, today=TODAY)


def cars(tmp_path, *people):
    """A list of vehicles of these owners: name and number as written."""
    header = ("序号", "号牌号码", "车辆类型", "机动车所有人", "身份证明号码", "初次登记日期", "购置价(元)")
    lines = [
        (str(turn + 1), f"溪A{turn:04d}", "小型轿车", name, number, "2012-05-06", "52000.50")
        for turn, (name, number) in enumerate(people)
    ]
    return read(tmp_path, "vehicles", header, *lines)


def test_a_row_keeps_who_it_is_about_and_what_it_says(tmp_path):
    row = cars(tmp_path, ("张大山", NUMBER)).frame.row(0, named=True)
    assert (row["name"], row["id_no"], row["sure"], row["written_id"]) == ("张大山", NUMBER, True, None)
    assert (row["born_on"], row["sex"]) == (19700101, 1)
    assert (row["vehicle_type"], row["first_on"], row["price_fen"]) == ("小型轿车", 20120506, 5_200_050)
    assert (row["sheet"], row["row"]) == (1, 2)


@pytest.mark.parametrize(
    ("written", "good", "sure", "kept"),
    [
        pytest.param(NUMBER[:6] + NUMBER[8:17], True, False, NUMBER[:6] + NUMBER[8:17], id="old form"),
        pytest.param(f"{NUMBER[:5]}9{NUMBER[6:]}", False, False, f"{NUMBER[:5]}9{NUMBER[6:]}", id="wrong digit"),
        pytest.param("", False, False, None, id="nothing"),
        pytest.param("无", False, False, None, id="a word for nothing"),
        pytest.param(f" {NUMBER} ", True, True, None, id="spaces"),
    ],
)
def test_a_number_that_cannot_be_trusted_is_kept_as_written(tmp_path, written, good, sure, kept):
    row = cars(tmp_path, ("张大山", written)).frame.row(0, named=True)
    assert (row["id_no"] is not None, row["sure"], row["written_id"]) == (good, sure, kept)


def test_rows_are_accepted_or_rejected_with_a_reason(tmp_path):
    found = cars(tmp_path, ("张大山", NUMBER), ("", ""), ("", NUMBER), ("", "99010119700101000X0"))
    assert (found.rows, found.accepted, found.rejected) == (4, 2, 2)
    refused = found.problems.filter(pl.col("severity") == "error")
    assert refused.select("sheet", "row", "code").rows() == [(1, 3, "BF176"), (1, 5, "BF176")]
    assert not any("9901" in text for text in found.problems["message_zh"])


def test_a_damaged_number_is_a_warning_that_refuses_nothing(tmp_path):
    found = cars(tmp_path, ("张大山", f"{NUMBER[:5]}9{NUMBER[6:]}"))
    assert found.accepted == 1
    assert found.problems["severity"].to_list() == ["warning"]


def test_money_is_read_in_the_unit_of_the_header(tmp_path):
    header = ("企业名称", "法定代表人", "证件号码", "注册资本(万元)", "成立日期", "经营状态")
    found = read(tmp_path, "companies", header, ("某公司", "张大山", NUMBER, "30", "2013-01-18", "存续"))
    assert found.frame["capital_fen"].to_list() == [30_000_000]


def test_a_certificate_tells_kind_and_grade_where_no_column_does(tmp_path):
    found = read(tmp_path, "disability", ("姓名", "残疾人证号", "发证日期"), ("张大山", f"{NUMBER}42", "2012-01-01"))
    assert found.frame.select("id_no", "kind", "grade").row(0) == (NUMBER, 4, 2)


def test_the_title_tells_the_day(tmp_path):
    header, line = ("姓名", "身份证号", "死亡日期"), ("张大山", NUMBER, "2016-03-04")
    assert read(tmp_path, "deaths", ("2016年12月死亡人员",), header, line).stated_on == date(2016, 12, 1)
    assert read(tmp_path, "deaths", header, line, name="deaths_20170105.csv").stated_on == date(2017, 1, 5)


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(("姓名", "身份证号", "备注"), id="nothing of the list's own"),
        pytest.param(("号牌号码", "车辆类型", "备注"), id="nobody"),
    ],
)
def test_a_file_without_the_lists_columns_is_refused(tmp_path, header):
    with pytest.raises(ListUnlike) as raised:
        read(tmp_path, "vehicles", header, ("a", "b", "c"))
    assert "号牌号码" in raised.value.facts["wanted"]


def test_units_below_the_header_count_and_a_wrong_unit_is_another_column():
    header = [["姓名", "身份证号", "建筑面积", "房屋坐落", "登记日期"], ["", "", "平方米", "", ""]]
    layout = list_layout(Sheet("a", [*header, ["张大山", NUMBER, "80", "城", "2012-01-01"]]), list_forms()["housing"])
    assert layout.columns["floor_dm2"][0].unit == "平方米"
    other = [["姓名", "身份证号", "建筑面积(万元)", "房屋坐落", "登记日期"]]
    assert "floor_dm2" not in list_layout(Sheet("a", [*other, ["a"] * 5]), list_forms()["housing"]).columns


def test_an_empty_sheet_is_no_list():
    assert list_layout(Sheet("a", [["", ""]]), list_forms()["housing"]) is None


def test_a_thing_is_never_shown():
    for form in list_forms().values():
        assert not {*form.of_use("thing")} & {*form.of_use("kept", "told")}
