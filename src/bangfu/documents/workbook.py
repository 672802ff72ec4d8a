"""A plain list as a workbook: title, header, rows; written from a frame's own memory, column by column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl
from python_calamine import CalamineWorkbook
from rustpy_xlsxwriter import FastExcel, Format

from bangfu.documents.cells import LONGEST_CELL, column_width, fitted, sheet_name

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
    book = FastExcel(str(path), autofit=False)
    names: list[str] = []
    for sheet in sheets:
        room = MOST_ROWS - 2 - len(sheet.notes)
        shown = _shown(sheet)
        for start in range(0, max(shown.height, 1), room):
            names.append(sheet_name(sheet.name, names))
            _add(book, names[-1], sheet, shown.slice(start, room))
    book.save()


def rows_written(path: Path, *, header_rows: int) -> int:
    """Read a workbook back and return how many rows stand below the headers of its sheets.

    header_rows  lines above the rows of each sheet: title, notes and header
    """
    book = CalamineWorkbook.from_path(str(path))
    ends = (book.get_sheet_by_name(name).end for name in book.sheet_names)
    return sum(max(last[0] + 1 - header_rows, 0) for last in ends if last is not None)


def _shown(sheet: ListSheet) -> pl.DataFrame:
    """Return the columns of the list as their cells show them: numbers as they are, all else as text."""
    return sheet.frame.select(
        pl.col(name) if kind.is_numeric() else pl.col(name).cast(pl.String).str.slice(0, LONGEST_CELL)
        for name, kind in ((name, sheet.frame.schema[name]) for name in sheet.labels)
    )


def _add(book: FastExcel, name: str, sheet: ListSheet, frame: pl.DataFrame) -> None:
    labels = list(sheet.labels.values())
    assert len({*labels}) == len(labels), "two columns of a list have the same header"
    lines = [line for line in (sheet.title, *sheet.notes) if line]
    header, last = len(lines), max(len(labels) - 1, 1)
    samples = (frame[key].head(_SAMPLE_ROWS).drop_nulls().cast(pl.String).to_list() for key in frame.columns)
    book.sheet(
        name,
        frame.rename(dict(sheet.labels)),
        header_row=header,
        header_format=Format().set_bold().set_text_wrap().set_align("center").set_border("thin").set_num_format("@"),
        column_formats=[_cell(kind) for kind in frame.dtypes],
        column_widths=[float(column_width([label, *texts])) for label, texts in zip(labels, samples, strict=True)],
        merge_ranges=[
            (row, 0, row, last, fitted(line), _line(title=row == 0 and bool(sheet.title)))
            for row, line in enumerate(lines)
        ],
        autofilter=frame.height > 0,
    )
    book.freeze(row=header + 1, col=0, sheet=name)


def _cell(kind: pl.DataType) -> Format:
    """Return the format of a column's cells: numbers in a text column stay text when edited."""
    drawn = Format().set_border("thin")
    return drawn if kind.is_numeric() else drawn.set_num_format("@").set_align("vcenter")


def _line(*, title: bool) -> Format:
    return Format().set_bold().set_font_size(_TITLE_SIZE) if title else Format()
