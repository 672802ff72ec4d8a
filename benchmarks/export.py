"""A list of 100,000 rows and 30 columns as a workbook, beside XlsxWriter writing the same cells."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
from xlsxwriter import Workbook

from bangfu.documents.cells import HARMLESS, text_format
from bangfu.documents.workbook import ListSheet, write_list
from benchmarks.measuring import Line, measured

ROWS, COLUMNS = 100_000, 30
GOAL = 0.5


def listed() -> pl.DataFrame:
    """Return the rows: ids as text, counts, and words of which a fifth is missing."""
    number = pl.int_range(ROWS, dtype=pl.Int64, eager=True).alias("number").to_frame()
    kinds = (
        pl.format("990101{}", pl.lit(197001010000) + pl.col("number")),
        pl.col("number"),
        pl.when(pl.col("number") % 5 > 0).then(pl.lit("=一般贫困户")),
    )
    return number.select(kinds[column % 3].alias(f"c{column}") for column in range(COLUMNS))


def ours(folder: str) -> Callable[[], object]:
    """Return the project's own way."""
    frame = listed()
    sheet = ListSheet("名册", "名册", frame, {name: name for name in frame.columns})
    return lambda: write_list(Path(folder) / "ours.xlsx", [sheet])


def plain(folder: str) -> Callable[[], object]:
    """Return XlsxWriter's, row by row with constant memory."""
    frame = listed()

    def write() -> None:
        with Workbook(str(Path(folder) / "plain.xlsx"), {**HARMLESS, "constant_memory": True}) as workbook:
            sheet, style = workbook.add_worksheet("名册"), text_format(workbook)
            sheet.write_row(0, 0, frame.columns, style)
            for row, cells in enumerate(frame.iter_rows(), 1):
                sheet.write_row(row, 0, cells, style)

    return write


def main() -> list[Line]:
    """Measure both."""
    with tempfile.TemporaryDirectory() as folder:
        theirs = measured(f"list of {ROWS:,} x {COLUMNS}: XlsxWriter", "benchmarks.export:plain", folder, times=1)
        mine = measured(f"list of {ROWS:,} x {COLUMNS}: bangfu", "benchmarks.export:ours", folder, times=2)
        return [theirs, mine.against(theirs, GOAL)]
