"""Sheets as people make them: title rows, merged headers, total rows, notes; as workbook or as text file.

A `Row` is one line of a ledger with its cells by field. Writing a sheet tells every row where it
stands, so that a planted problem can be named by file, sheet and row.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | bool | date | None
CREATED: Final = datetime.fromisoformat("2017-01-03T09:00:00")
_SCALES: Final = {"yuan": 100, "wan": 1_000_000, "mu": 100, "m2": 100, "km": 1000}
_DAYS: Final = frozenset({"day", "date", "month_zh"})
_SUMMED: Final = frozenset({"yuan", "wan", "mu", "m2", "summed"})


@dataclass(frozen=True, slots=True)
class Position:
    """Where a row stands: file (relative to the output), sheet, number of the row in the sheet (1 first)."""

    file: str
    sheet: str
    row: int


@dataclass(slots=True, eq=False)
class Row:
    """One row of a ledger.

    cells      values by field; money in fen, land in hundredths of a mu, floor in square decimetres, ways in metres,
               days as yyyymmdd; a text stands as it is, whatever the column
    rejected   a planted problem makes the whole row unusable
    at         set when the row is written
    """

    cells: dict[str, Cell]
    rejected: bool = False
    at: Position | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: the field it shows, its label, how its values are written, its header group."""

    field: str
    label: str
    kind: str = "text"
    group: str = ""


@dataclass(slots=True)
class Sheet:
    """One sheet.

    titles    lines above the header
    columns   left to right
    rows      the data rows, top to bottom
    grouped   a row of merged group headers stands above the labels
    totals    "" none, "end" one 合计 row, "village" 小计 rows between villages too
    notes     lines below the data
    texts     money and counts are written as text
    """

    name: str
    titles: Sequence[str]
    columns: Sequence[Column]
    rows: list[Row]
    grouped: bool = False
    totals: str = ""
    notes: Sequence[str] = ()
    texts: bool = False
    lines: list[list[Cell]] = field(default_factory=list)


def shown(value: Cell, kind: str) -> Cell:
    """Return a value as the ledger shows it: fen as yuan or wan yuan, flags as 是 or 否, days by their form."""
    if value is None or isinstance(value, (str, date)):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if kind in _SCALES:
        return value / _SCALES[kind]
    if kind in _DAYS:
        return _day(int(value), kind)
    return str(value) if kind == "text" else value


def _day(value: int, kind: str) -> Cell:
    """Return yyyymmdd or yyyymm as a text or as a date of the sheet."""
    if kind == "month_zh":
        return f"{value // 100}年{value % 100}月"
    day = date(value // 10_000, value // 100 % 100, value % 100)
    return day if kind == "date" else day.isoformat()


def lay_out(sheet: Sheet, file: str) -> None:
    """Lay the sheet out line by line and tell each row its position."""
    lines: list[list[Cell]] = [[title] for title in sheet.titles]
    if sheet.grouped:
        lines.append([column.group or column.label for column in sheet.columns])
    lines.append([column.label for column in sheet.columns])
    before: Row | None = None
    part: list[Row] = []
    for row in sheet.rows:
        if sheet.totals == "village" and before and before.cells.get("village_name") != row.cells.get("village_name"):
            lines.append(_total(sheet, part, "小计"))
            part = []
        lines.append([_text(shown(row.cells.get(c.field), c.kind), sheet) for c in sheet.columns])
        row.at = Position(file, sheet.name, len(lines))
        before = row
        part.append(row)
    if sheet.totals:
        lines.append(_total(sheet, sheet.rows, "合计"))
    lines += [[note] for note in sheet.notes]
    sheet.lines = lines


def _text(value: Cell, sheet: Sheet) -> Cell:
    """Return a number as text with two decimals at most where the sheet keeps everything as text."""
    if sheet.texts and isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value) if sheet.texts and isinstance(value, int) else value


def _total(sheet: Sheet, rows: list[Row], word: str) -> list[Cell]:
    """Return a line of sums over the columns that can be added."""
    line: list[Cell] = []
    for column in sheet.columns:
        values = [row.cells.get(column.field) for row in rows]
        numbers = [value for value in values if isinstance(value, int)]
        line.append(_text(shown(sum(numbers), column.kind), sheet) if column.kind in _SUMMED else None)
    line[0] = word
    return line


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write laid-out sheets as .xlsx; the same sheets give the same bytes."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"created": CREATED, "author": "bangfu simulate"})
    title = book.add_format({"bold": True, "align": "center", "font_size": 14})
    header = book.add_format({"bold": True, "align": "center", "border": 1, "text_wrap": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        head = len(sheet.titles) + (2 if sheet.grouped else 1)
        for number, text in enumerate(sheet.titles):
            page.merge_range(number, 0, number, len(sheet.columns) - 1, text, title)
        _write_header(page, sheet, header)
        for number, line in enumerate(sheet.lines[head:], start=head):
            _write_line(page, number, line, day)
    book.close()


def _write_header(page: Worksheet, sheet: Sheet, header: Format) -> None:
    """Write the header; groups are merged across, ungrouped labels merged down."""
    top = len(sheet.titles)
    bottom = top + (1 if sheet.grouped else 0)
    start = 0
    columns = sheet.columns
    for number, column in enumerate(columns):
        if not sheet.grouped or column.group:
            page.write_string(bottom, number, column.label, header)
        else:
            page.merge_range(top, number, bottom, number, column.label, header)
        if number + 1 < len(columns) and columns[number + 1].group == column.group and column.group:
            continue
        if sheet.grouped and column.group:
            if start < number:
                page.merge_range(top, start, top, number, column.group, header)
            else:
                page.write_string(top, number, column.group, header)
        start = number + 1


def _write_line(page: Worksheet, number: int, line: list[Cell], day: Format) -> None:
    for column, value in enumerate(line):
        if isinstance(value, str):
            if value:
                page.write_string(number, column, value)
        elif isinstance(value, date):
            page.write_datetime(number, column, value, day)
        elif value is not None:
            page.write_number(number, column, value)


def write_csv(path: Path, sheet: Sheet, encoding: str = "gb18030") -> None:
    """Write a laid-out sheet as a comma-separated file, as old exports are."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for line in sheet.lines:
        writer.writerow(["" if value is None else _csv(value) for value in line])
    path.write_bytes(buffer.getvalue().encode(encoding))


def _csv(value: Cell) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
