"""The rejected rows of a sheet, ready to be sent back (退回表)."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from bangfu.documents.returned import REASON_LABEL, ReturnedSheet
from bangfu.intake.layouts import Layout
from bangfu.intake.problems import PROBLEMS
from bangfu.intake.sheets import Sheet
from bangfu.params import normal_label

_BETWEEN: Final = "\n"


def returned_sheet(sheet: Sheet, layout: Layout, problems: pl.DataFrame) -> ReturnedSheet | None:
    """Return the sheet's rejected rows with their reasons, None where no row is rejected.

    A column of reasons that the sheet already has (it came back once before) is replaced, and cells that
    were merged downwards carry their range's text, so that each row stands for itself.

    sheet, layout  as read and recognised
    problems       all problems of the sheet, those that the register found included (see problems.PROBLEMS)
    """
    errors = problems.select(PROBLEMS.keys()).filter(pl.col("severity") == "error")
    if errors.is_empty():
        return None
    by_row = _reasons(errors)
    kept = [index for index in range(sheet.width) if not _is_reason(sheet, layout, index)]
    place = {label: kept.index(index) for label, index in _columns(layout).items() if index in kept}
    marks = {
        number: frozenset(place[label] for label in labels if label in place)
        for number, labels in enumerate(by_row["columns"].to_list())
    }
    first, last = layout.header_rows[0], layout.header_rows[-1]
    columns = [_filled(sheet, index, by_row["row"]) for index in kept]
    return ReturnedSheet(
        name=sheet.name,
        above=[[row[index] for index in kept] for row in sheet.rows(0, first)],
        header=[[row[index] for index in kept] for row in sheet.rows(first, last + 1)],
        rows=[list(row) for row in zip(*columns, strict=True)],
        reasons=by_row["reason"].to_list(),
        marks=marks,
        merges=[merge for merge in sheet.merges if merge[2] <= last] if len(kept) == sheet.width else [],
    )


def _reasons(errors: pl.DataFrame) -> pl.DataFrame:
    """Return for each rejected row one text of all its reasons, and the labels of the columns they name."""
    named = pl.concat_str(pl.lit("【"), "column", pl.lit("】"), "message_zh")
    reason = pl.when(pl.col("column") == "").then(pl.col("message_zh")).otherwise(named).alias("reason")
    return (
        errors.with_columns(reason)
        .group_by("row")
        .agg(pl.col("reason").unique(maintain_order=True).str.join(_BETWEEN), pl.col("column").alias("columns"))
        .sort("row")
    )


def _columns(layout: Layout) -> Mapping[str, int]:
    return {column.label: column.index for claims in layout.columns.values() for column in claims}


def _is_reason(sheet: Sheet, layout: Layout, index: int) -> bool:
    texts = sheet.columns[index].slice(layout.header_rows[0], len(layout.header_rows)).to_list()
    return any(normal_label(text) == normal_label(REASON_LABEL) for text in texts)


def _filled(sheet: Sheet, index: int, rows: pl.Series) -> list[str]:
    """Return the cells of one column in the rejected rows; cells merged downwards carry the range's text."""
    cells: list[str] = sheet.columns[index].gather(rows.cast(pl.Int64) - 1).to_list()
    ranges = [merge for merge in sheet.merges if merge[1] == merge[3] == index and merge[2] > merge[0]]
    for number, row in enumerate(rows.to_list()):
        for top, left, bottom, _ in ranges:
            if top < row - 1 <= bottom and not cells[number]:
                cells[number] = sheet.columns[left][top]
    return cells
