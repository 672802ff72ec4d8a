"""Rejected rows come back as the same sheet with their reasons, and go in again once corrected."""

import openpyxl
import polars as pl
import pytest

from bangfu.documents.returned import REASON_LABEL, ReturnedSheet, write_returned
from bangfu.intake.layouts import recognise
from bangfu.intake.parsing import parse
from bangfu.intake.reading import read_file
from bangfu.intake.rejected import returned_sheet
from bangfu.params import load
from tests.intake.builders import ROSTER, made_up_id, person, rows_of, xlsx

PARAMETERS = load()
TITLE = ["2016年清溪县名单", *[""] * (len(ROSTER) - 1)]


def staged(path):
    sheet = read_file(path)[0]
    layout = recognise(sheet, path.name, PARAMETERS)
    return sheet, layout, parse(sheet, layout, PARAMETERS)


@pytest.fixture
def came(tmp_path):
    """A ledger of three rows, two of which are wrong."""
    lines = rows_of(
        ROSTER,
        person(1, 人均纯收入="三千"),
        person(2),
        person(3, 证件号码="9.90101E+17", 人数="-1", 自然村="@SUM(1+1)"),
    )
    return xlsx(tmp_path / "roster.xlsx", [TITLE, *lines], sheet="上柳村")


@pytest.fixture
def returned(tmp_path, came):
    """The workbook with the rejected rows."""
    sheet, layout, result = staged(came)
    path = tmp_path / "returned.xlsx"
    write_returned(path, [returned_sheet(sheet, layout, result.problems)])
    return path


def test_only_the_rejected_rows_come_back_under_their_title_and_header(came, returned):
    sheet = read_file(returned)[0]
    original = read_file(came)[0]
    assert sheet.name == "上柳村"
    assert sheet.rows(0, 2) == [[*original.cells[0], ""], [*ROSTER, REASON_LABEL]]
    assert [row[:-1] for row in sheet.cells[2:]] == [original.cells[2], original.cells[4]]


def test_the_reason_names_every_wrong_column(returned):
    reasons = [row[-1] for row in read_file(returned)[0].cells[2:]]
    assert reasons[0].startswith("【人均纯收入】")
    assert "【证件号码】" in reasons[1]
    assert "【人数】" in reasons[1]


def test_wrong_cells_are_red_and_right_ones_are_not(returned):
    page = openpyxl.load_workbook(returned).active
    filled = {
        cell.column_letter for cell in page[4] if cell.fill.fgColor.rgb == "FFFFC7CE" and cell.fill.fill_type == "solid"
    }
    assert filled == {"H", "I"}


def test_every_cell_is_text_so_that_no_digit_is_lost_and_nothing_is_a_formula(returned):
    page = openpyxl.load_workbook(returned).active
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert page["D4"].value == "@SUM(1+1)"


def test_the_returned_workbook_is_the_same_ledger_when_it_comes_back(came, returned):
    sheet, layout, result = staged(returned)
    assert (layout.name, layout.stated_on) == (staged(came)[1].name, staged(came)[1].stated_on)
    assert REASON_LABEL in layout.ignored
    assert (result.rows, result.rejected) == (2, 2)
    again = returned_sheet(sheet, layout, result.problems)
    assert again.header == [ROSTER]


def test_corrected_rows_are_taken(tmp_path, returned):
    book = openpyxl.load_workbook(returned)
    page = book.active
    page["Z3"], page["H4"], page["I4"] = "3000", made_up_id("19630203", 3), "3"
    book.save(tmp_path / "corrected.xlsx")
    result = staged(tmp_path / "corrected.xlsx")[2]
    assert (result.rejected, result.frame["net_income_pc_fen"][0]) == (0, 300_000)


def test_a_sheet_without_rejected_rows_does_not_come_back(tmp_path):
    sheet, layout, result = staged(xlsx(tmp_path / "good.xlsx", rows_of(ROSTER, person(1))))
    assert returned_sheet(sheet, layout, result.problems) is None


def test_reasons_that_the_register_finds_stand_beside_those_of_the_ledger(came):
    sheet, layout, result = staged(came)
    more = pl.DataFrame(
        {"row": [3, 4], "column": ["户编号", ""], "code": ["BF154"] * 2, "severity": ["error"] * 2,
         "message_zh": ["登记在另一个县。", "整行不对。"], "message_en": ["x", "y"]},
        schema=result.problems.schema,
    )  # fmt: skip
    returned = returned_sheet(sheet, layout, pl.concat([result.problems, more]))
    assert len(returned.rows) == 3
    assert returned.reasons[0].count("\n") == 1
    assert returned.reasons[1] == "整行不对。"
    assert returned.marks[0] == {ROSTER.index("户编号"), ROSTER.index("人均纯收入")}
    assert returned.marks[1] == frozenset()


def test_cells_merged_downwards_are_filled_in_the_rows_that_come_back(tmp_path):
    second = person(2, 人均纯收入="三千") | {"户编号": ""}
    path = xlsx(tmp_path / "m.xlsx", [TITLE, *rows_of(ROSTER, person(1), second)], merges=["A1:AA1", "E3:E4"])
    sheet, layout, result = staged(path)
    returned = returned_sheet(sheet, layout, result.problems)
    assert returned.rows[0][ROSTER.index("户编号")] == "990101001"
    assert returned.merges == [(0, 0, 0, 26)]
    write_returned(tmp_path / "r.xlsx", [returned])
    assert read_file(tmp_path / "r.xlsx")[0].merges == ((0, 0, 0, 26),)


def test_several_sheets_keep_names_that_a_workbook_allows(tmp_path):
    sheet = ReturnedSheet(
        "上柳/村:名单*很长的名字一二三四五六七八九十一二三四五六七八九十", [], [["a"]], [["1"]], ["x"]
    )
    write_returned(tmp_path / "s.xlsx", [sheet, sheet])
    names = openpyxl.load_workbook(tmp_path / "s.xlsx").sheetnames
    assert len({name.casefold() for name in names}) == 2
    assert all(len(name) <= 31 for name in names)
