"""Every cell of every kind of file arrives as the text that a person sees."""

import datetime as dt
import io
import json

import openpyxl
import pytest

from bangfu.intake import reader_process
from bangfu.intake.reading import read_file
from bangfu.intake.sheets import Sheet, column_letter
from tests.intake.builders import ods, text_file, xls, xlsx, xlsx_streamed

ROWS = [["姓名", "证件号码"], ["测试甲", "990101198001010012"], ["测试乙", ""]]


@pytest.mark.parametrize("write", [xlsx, xls, ods, text_file], ids=["xlsx", "xls", "ods", "csv"])
def test_the_kind_of_file_is_told_by_its_content_and_not_by_its_name(tmp_path, write):
    path = write(tmp_path / "ledger.docx", ROWS)
    assert read_file(path)[0].cells == ROWS


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(3, "3", id="a whole number has no decimals"),
        pytest.param(2750.5, "2750.5", id="a decimal keeps them"),
        pytest.param(0.1 + 0.2, "0.3", id="as fifteen digits show it"),
        pytest.param(-12.0, "-12", id="a negative one"),
        pytest.param(999_999_999_999_999, "999999999999999", id="fifteen digits are exact"),
        pytest.param(990101198001010012, "9.90101198001010E+17", id="eighteen digits have lost three"),
        pytest.param(dt.datetime(2016, 10, 15), "2016-10-15", id="a day"),
        pytest.param(dt.datetime(2016, 10, 15, 8, 30), "2016-10-15 08:30:00", id="a day with its hour"),
        pytest.param(dt.time(8, 30), "08:30:00", id="an hour"),
        pytest.param(True, "TRUE", id="true"),
        pytest.param("=1+1 is text", "=1+1 is text", id="a text with an equals sign"),
        pytest.param("#N/A", "", id="an error has no value"),
        pytest.param("  padded\nlines ", "  padded\nlines ", id="a text is left as it is"),
    ],
)
def test_a_cell_is_the_text_that_a_person_sees(tmp_path, value, text):
    book = openpyxl.Workbook()
    book.active["A1"] = "label"
    book.active["A2"] = value
    if isinstance(value, str):
        book.active["A2"].data_type = "s" if not value.startswith("#") else "e"
    book.save(tmp_path / "cells.xlsx")
    assert read_file(tmp_path / "cells.xlsx")[0].cells[1][0] == text


def test_rows_and_columns_before_the_table_keep_their_numbers(tmp_path):
    book = openpyxl.Workbook()
    book.active["C4"] = "x"
    book.save(tmp_path / "shifted.xlsx")
    sheet = read_file(tmp_path / "shifted.xlsx")[0]
    assert (sheet.height, sheet.width, sheet.cells[3]) == (4, 3, ["", "", "x"])


def test_hidden_rows_columns_and_sheets_are_read_as_well(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append(["c", "d"])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    hidden = book.create_sheet("hidden")
    hidden["A1"] = "e"
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "hidden.xlsx")
    assert [sheet.cells for sheet in read_file(tmp_path / "hidden.xlsx")] == [[["a", "b"], ["c", "d"]], [["e"]]]


def test_a_formula_gives_its_last_value_and_is_never_worked_out(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "f.xlsx")) as book:
        page = book.add_worksheet()
        page.write_formula("A1", "=1+1", value=7)
        page.write_formula("A2", '=HYPERLINK("http://example.org","x")', value="shown")
        page.write_formula("A3", "=cmd|'/c calc'!A0", value="kept")
    assert read_file(tmp_path / "f.xlsx")[0].cells == [["7"], ["shown"], ["kept"]]


def test_several_sheets_keep_their_order_and_empty_ones_are_left_out(tmp_path):
    path = xlsx_streamed(tmp_path / "s.xlsx", {"封面": [["说明"]], "空": [], "名单": ROWS})
    assert [sheet.name for sheet in read_file(path)] == ["封面", "名单"]


def test_merged_ranges_are_known(tmp_path):
    path = xlsx(tmp_path / "m.xlsx", [["a", ""], ["b", "c"]], merges=["A1:B1"])
    assert read_file(path)[0].merges == ((0, 0, 0, 1),)


def test_days_since_1904_are_the_same_days(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "mac.xlsx"), {"date_1904": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet().write_datetime(0, 0, dt.datetime(2016, 10, 15), day)
    assert read_file(tmp_path / "mac.xlsx")[0].cells == [["2016-10-15"]]


def test_days_of_old_workbooks_are_days(tmp_path):
    path = xls(tmp_path / "d.xls", [["day"], [dt.date(2016, 10, 15)]])
    assert read_file(path)[0].cells[1] == ["2016-10-15"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "stroke"])
def test_a_table_of_text_is_read_in_its_encoding_and_with_its_separator(tmp_path, encoding, separator):
    rows = [["姓名", "证件号码", "备注"], ["测试贠", "990101198001010012", "a, b; c"], ["㐱·甲", "", '"x"']]
    path = text_file(tmp_path / "t.csv", rows, encoding, separator)
    assert read_file(path)[0].cells == rows


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_lines_may_end_in_any_way(tmp_path, end):
    (tmp_path / "t.csv").write_bytes(end.join(["a,b", "1,2", "3,4"]).encode())
    assert read_file(tmp_path / "t.csv")[0].cells == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_a_line_break_inside_quotation_marks_stays_in_its_cell(tmp_path):
    (tmp_path / "t.csv").write_text('a,b\n"x\ny",2\n', encoding="utf-8")
    assert read_file(tmp_path / "t.csv")[0].cells[1] == ["x\ny", "2"]


def test_short_rows_are_filled_up(tmp_path):
    (tmp_path / "t.csv").write_text("a,b,c\n1\n1,2\n", encoding="utf-8")
    assert read_file(tmp_path / "t.csv")[0].cells[1:] == [["1", "", ""], ["1", "2", ""]]


def test_a_line_that_states_the_separator_keeps_its_row_number(tmp_path):
    (tmp_path / "t.csv").write_text("sep=;\na;b,c\n", encoding="utf-8")
    assert read_file(tmp_path / "t.csv")[0].cells == [["", ""], ["a", "b,c"]]


def test_a_cell_of_text_that_begins_like_a_formula_is_text(tmp_path):
    (tmp_path / "t.csv").write_text("a,b\n=cmd|' /C calc'!A0,@x\n", encoding="utf-8")
    assert read_file(tmp_path / "t.csv")[0].cells[1] == ["=cmd|' /C calc'!A0", "@x"]


def test_a_cell_with_the_reader_s_own_separator_does_not_shift_the_others(tmp_path):
    rows = [["a", "b"], ["one\x1ftwo", "c"], ["d", "e"]]
    path = ods(tmp_path / "u.ods", [["a", "b"], ["one two", "c"], ["d", "e"]])
    assert read_file(path)[0].cells[2] == rows[2]


def test_a_sheet_can_be_built_of_rows_and_shows_no_cell_when_printed():
    sheet = Sheet("名单", [["a"], ["b", "c"]])
    assert sheet.cells == [["a", ""], ["b", "c"]]
    assert repr(sheet) == "Sheet('名单', 2 x 2)"


@pytest.mark.parametrize(
    ("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_spreadsheets_name_them(index, letter):
    assert column_letter(index) == letter


def test_the_reader_process_writes_what_it_reads(tmp_path):
    out = io.BytesIO()
    limits = {"rows": 9, "columns": 9, "cells": 80}
    reader_process.write_sheets(str(xlsx(tmp_path / "a.xlsx", [["a", "b"], [1.5, True]])), limits, out)
    head, _, body = out.getvalue().partition(b"\n")
    assert json.loads(head)[0] | {"merges": []} == {
        "name": "Sheet1", "rows": 2, "columns": 2, "merges": [], "sizes": [5, 6],
    }  # fmt: skip
    assert body == b"a\x1f1.5b\x1fTRUE"


def test_the_reader_process_tells_a_sheet_s_size_instead_of_reading_too_much(tmp_path):
    path = str(xlsx(tmp_path / "a.xlsx", [["a", "b"]]))
    ((head, columns),) = reader_process.sheets_of(path, {"rows": 9, "columns": 1, "cells": 80})
    assert (head["too_large"], head["columns"], columns) == (True, 2, [])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.date(2016, 1, 2), "2016-01-02"),
        (dt.timedelta(hours=30), "1 day, 6:00:00"),
        (None, ""),
        (10**15, "1.00000000000000E+15"),
    ],
)
def test_values_of_other_kinds_of_files_are_texts_too(value, text):
    assert reader_process.text_of(value) == text


def test_the_separator_of_the_reader_process_cannot_stand_in_a_cell():
    assert reader_process.packed(["a\x1fb", "c"]) == b"a b\x1fc"
