"""The returned workbook (退回表): the rejected rows of a ledger as they came, each with its reason.

The sheet keeps its name, title rows, header and column order, so that the rows can be corrected in
place and the same file sent again; a last column 错误说明 says what to correct, in red.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bangfu.documents.cells import HARMLESS, column_width, fitted, sheet_name, text_format

REASON_LABEL: Final = "错误说明"
_RED: Final = "#FFC7CE"
_DARK_RED: Final = "#9C0006"
_GREY: Final = "#D9D9D9"
_REASON_WIDTH: Final = 60
_SAMPLE_ROWS: Final = 50


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """One sheet of a returned workbook.

    name     the sheet's name as it came
    above    title rows above the header, as they came
    header   header rows, as they came
    rows     rejected rows, the original texts of all their cells
    reasons  one text for each row: what is wrong and what to do
    marks    for each row (counted from 0) the columns (counted from 0) whose cells are wrong
    merges   merged ranges among title and header rows: first row, first column, last row, last column
    """

    name: str
    above: Sequence[Sequence[str]]
    header: Sequence[Sequence[str]]
    rows: Sequence[Sequence[str]]
    reasons: Sequence[str]
    marks: Mapping[int, frozenset[int]] = field(default_factory=dict)
    merges: Sequence[tuple[int, int, int, int]] = ()

    @property
    def width(self) -> int:
        """Return the number of columns without the column of reasons."""
        return max((len(row) for row in (*self.header, *self.rows)), default=0)


def write_returned(path: Path, sheets: Sequence[ReturnedSheet]) -> None:
    """Write the rejected rows as a workbook that can be corrected and sent again.

    Every cell is text, so that no number loses digits and no text becomes a formula.

    path    the workbook to write
    sheets  in the order of the file that came; sheets without rejected rows are left out by the caller
    """
    with Workbook(str(path), HARMLESS) as workbook:
        names: list[str] = []
        for sheet in sheets:
            names.append(sheet_name(sheet.name, names))
            _write(workbook, workbook.add_worksheet(names[-1]), sheet)


def _write(workbook: Workbook, worksheet: Worksheet, sheet: ReturnedSheet) -> None:
    plain = text_format(workbook)
    wrong = text_format(workbook, bg_color=_RED, font_color=_DARK_RED)
    label = text_format(workbook, bold=True, bg_color=_GREY, text_wrap=True, align="center")
    reason = text_format(workbook, font_color=_DARK_RED, text_wrap=True)
    title = workbook.add_format({"num_format": "@", "bold": True})
    width = sheet.width
    for number, row in enumerate(sheet.above):
        for column, text in enumerate(row):
            if text:
                worksheet.write_string(number, column, fitted(text), title)
    start = len(sheet.above)
    for number, row in enumerate(sheet.header, start):
        for column, text in enumerate(row):
            worksheet.write_string(number, column, fitted(text), label)
    first = start + len(sheet.header)
    worksheet.write_string(max(first - 1, 0), width, REASON_LABEL, label)
    for number, row in enumerate(sheet.rows):
        marked = sheet.marks.get(number, frozenset())
        for column in range(width):
            text = row[column] if column < len(row) else ""
            worksheet.write_string(first + number, column, fitted(text), wrong if column in marked else plain)
        worksheet.write_string(first + number, width, fitted(sheet.reasons[number]), reason)
    _merge(worksheet, sheet, title, label)
    _fit(worksheet, sheet)
    worksheet.freeze_panes(first, 0)


def _merge(worksheet: Worksheet, sheet: ReturnedSheet, title: object, label: object) -> None:
    """Merge what was merged above the rows."""
    head = [*sheet.above, *sheet.header]
    for top, left, bottom, right in sheet.merges:
        if bottom < len(head) and left < len(head[top]):
            style = title if top < len(sheet.above) else label
            worksheet.merge_range(top, left, bottom, right, fitted(head[top][left]), style)


def _fit(worksheet: Worksheet, sheet: ReturnedSheet) -> None:
    """Give every column a width that shows its texts."""
    shown = [*sheet.header, *sheet.rows[:_SAMPLE_ROWS]]
    for column in range(sheet.width):
        worksheet.set_column(column, column, column_width([row[column] for row in shown if column < len(row)]))
    worksheet.set_column(sheet.width, sheet.width, _REASON_WIDTH)
