"""A plain list as a workbook: title, header, rows; written column by column from a frame."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bangfu.documents.cells import HARMLESS, column_width, fitted, sheet_name, text_format

MOST_ROWS: Final = 1_048_576
_SAMPLE_ROWS: Final = 200
_TITLE_SIZE: Final = 16


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One list.

    name    name of the sheet
    title   what stands in the first row; no such row when empty
    frame   the rows: text columns are written as text, whole numbers and decimals as numbers, days as ISO text
    labels  for each column of the frame its header; columns without one are left out
    notes   lines between title and header (the day, the unit)
    """

    name: str
    title: str
    frame: pl.DataFrame
    labels: Mapping[str, str]
    notes: Sequence[str] = ()


def write_list(path: Path, sheets: Sequence[ListSheet]) -> None:
    """Write lists as one workbook with frozen headers.

    Texts (ids, phones, account numbers) are text cells, so that no digit is lost and nothing is a formula.

    path    the workbook to write
    sheets  at least one list; a list longer than a sheet goes on in further sheets
    """
    with Workbook(str(path), HARMLESS) as workbook:
        names: list[str] = []
        for sheet in sheets:
            room = MOST_ROWS - 2 - len(sheet.notes)
            for start in range(0, max(sheet.frame.height, 1), room):
                names.append(sheet_name(sheet.name, names))
                _write(workbook, workbook.add_worksheet(names[-1]), sheet, sheet.frame.slice(start, room))


def _write(workbook: Workbook, worksheet: Worksheet, sheet: ListSheet, frame: pl.DataFrame) -> None:
    label = text_format(workbook, bold=True, text_wrap=True, align="center")
    plain, number = text_format(workbook), workbook.add_format({"border": 1})
    lines = [line for line in (sheet.title, *sheet.notes) if line]
    for row, line in enumerate(lines):
        style = {"bold": True, "font_size": _TITLE_SIZE} if row == 0 and sheet.title else {}
        worksheet.write_string(row, 0, fitted(line), workbook.add_format(style))
    header = len(lines)
    for column, (name, text) in enumerate(sheet.labels.items()):
        worksheet.write_string(header, column, text, label)
        cells = frame[name]
        texts = [text, *(str(cell) for cell in cells.head(_SAMPLE_ROWS).to_list() if cell is not None)]
        worksheet.set_column(column, column, column_width(texts))
        if cells.dtype.is_numeric():
            worksheet.write_column(header + 1, column, cells.to_list(), number)
        else:
            for row, cell in enumerate(cells.cast(pl.String).to_list(), header + 1):
                if cell is None:
                    worksheet.write_blank(row, column, None, plain)
                else:
                    worksheet.write_string(row, column, fitted(cell), plain)
    worksheet.freeze_panes(header + 1, 0)
    if frame.height:
        worksheet.autofilter(header, 0, header + frame.height, len(sheet.labels) - 1)
