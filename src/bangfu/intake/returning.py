"""The rejected rows of a file, as the returned workbook shows them: the same sheet, a reason, red cells."""

import polars as pl

from bangfu.documents.returned import ReturnedSheet
from bangfu.intake.gathering import StagedFile, StagedSheet


def returned_sheets(file: StagedFile) -> list[ReturnedSheet]:
    """Return each sheet of the file that has rejected rows, with the original texts of all their cells."""
    return [_returned(sheet) for sheet in file.sheets if sheet.rejected]


def _returned(staged: StagedSheet) -> ReturnedSheet:
    errors = staged.problems.filter(pl.col("severity") == "error").sort("row", maintain_order=True)
    by_row = errors.group_by("row", maintain_order=True).agg(
        pl.col("message_zh").unique(maintain_order=True).str.join("；"), pl.col("column")
    )
    first, last = staged.layout.header_rows[0], staged.layout.header_rows[-1]
    places = {column.label: column.index for claims in staged.layout.columns.values() for column in claims}
    reasons, rows, marks = [], [], {}
    for number, (row, reason, labels) in enumerate(by_row.iter_rows()):
        rows += staged.sheet.rows(row - 1, row)
        reasons.append(reason)
        marks[number] = frozenset(places[label] for label in labels if label in places)
    return ReturnedSheet(
        name=staged.sheet.name,
        above=staged.sheet.rows(0, first),
        header=staged.sheet.rows(first, last + 1),
        rows=rows,
        reasons=reasons,
        marks=marks,
        merges=[merge for merge in staged.sheet.merges if merge[2] <= last],
    )
