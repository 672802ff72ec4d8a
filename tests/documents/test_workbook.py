"""Lists become workbooks in which ids stay text, figures are figures and the header stays in sight."""

import openpyxl
import polars as pl

from bangfu.documents import workbook
from bangfu.documents.cells import column_width, fitted, sheet_name
from bangfu.documents.workbook import ListSheet, write_list

FRAME = pl.DataFrame(
    {"id_no": ["990101198001010012", "=1+1"], "fen": [275050, None], "on": ["2016-10-15", None], "hidden": ["x", "y"]}
).with_columns(pl.col("on").str.to_date())
LABELS = {"id_no": "证件号码", "fen": "金额（分）", "on": "日期"}


def written(path, *sheets):
    write_list(path, sheets)
    return openpyxl.load_workbook(path)


def test_a_list_has_title_notes_header_and_rows(tmp_path):
    page = written(tmp_path / "l.xlsx", ListSheet("名单", "清溪县名单", FRAME, LABELS, ("单位：分",))).active
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows == [
        ["清溪县名单", None, None],
        ["单位：分", None, None],
        ["证件号码", "金额（分）", "日期"],
        ["990101198001010012", 275050, "2016-10-15"],
        ["=1+1", None, None],
    ]
    assert (page.title, page.freeze_panes, page.auto_filter.ref) == ("名单", "A4", "A3:C5")


def test_texts_stay_text_and_nothing_becomes_a_formula(tmp_path):
    page = written(tmp_path / "l.xlsx", ListSheet("x", "", FRAME, LABELS)).active
    assert [page["A2"].data_type, page["A3"].data_type, page["B2"].data_type] == ["s", "s", "n"]


def test_an_empty_list_still_has_its_header(tmp_path):
    page = written(tmp_path / "l.xlsx", ListSheet("x", "", FRAME.clear(), LABELS)).active
    assert [cell.value for cell in page[1]] == list(LABELS.values())


def test_a_list_longer_than_a_sheet_goes_on_in_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    book = written(tmp_path / "l.xlsx", ListSheet("名单", "", FRAME, LABELS))
    assert book.sheetnames == ["名单", "名单 (2)"]
    assert book["名单 (2)"]["A2"].value == "=1+1"


def test_names_and_cells_are_brought_into_bounds():
    assert sheet_name("[a]:b*?/\\c") == "a  b    c"
    assert sheet_name("") == "Sheet"
    assert sheet_name("A" * 40, ["a" * 31]) == "A" * 27 + " (2)"
    assert fitted("x" * 40_000) == "x" * 32_767
    assert (column_width(["姓名"]), column_width([]), column_width(["x" * 99])) == (6, 6, 40)
