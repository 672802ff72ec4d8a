"""Columns of a table that somebody brings: numbers, answers, names of groups (表中的列)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl

from bangfu.kernel.errors.tables import (
    AnswerNotYesNo,
    ColumnMissing,
    DesignUnknown,
    NumberUnreadable,
    TableError,
    WeightNegative,
)

MISSING: Final = ("", "NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null", "None", ".", "-", "—")
"""How tables write that a value is not known."""
GROUPED: Final = r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$"
"""A number whose thousands are set apart by commas."""
NUMBER_OF_A_PERSON: Final = re.compile(r"\d{6}")
"""So many digits in a column's name: a table without header, whose first person must not be repeated."""
TRUTH: Final = {"TRUE": "1", "True": "1", "true": "1", "FALSE": "0", "False": "0", "false": "0"}


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table to be measured (待测算的表).

    frame      its columns, as text or as numbers
    name       what messages call it: the name of the file
    first_row  number of its first row as the file's reader counts: 2 below a header
    """

    frame: pl.DataFrame
    name: str = "table"
    first_row: int = 1

    def column(self, name: str) -> pl.Series:
        """Return a column as it stands; raises ColumnMissing."""
        if name not in self.frame.columns:
            raise ColumnMissing(file=self.name, column=name, columns=shown_names(self.frame.columns))
        return self.frame[name]

    def refuse(self, error: type[TableError], column: str, wrong: pl.Series) -> None:
        """Raise an error that names the first wrong row, if there is any.

        error   an error with the facts file, column, row and count
        wrong   one truth value per row
        """
        count = int(wrong.sum())
        if count:
            raise error(file=self.name, column=column, row=self.first_row + (wrong.arg_max() or 0), count=count)


def shown_names(names: Iterable[str]) -> str:
    """Return the names of columns for a message; what may be the number of a person is left out."""
    return ", ".join(name if not NUMBER_OF_A_PERSON.search(name) else "…" for name in names if name)


def numbers(table: Table, column: str) -> pl.Series:
    """Return a column as numbers; a cell without a value is null.

    Raises ColumnMissing; NumberUnreadable for words, days and numbers without end
    """
    cells = table.column(column)
    if not (cells.dtype.is_numeric() or cells.dtype == pl.Boolean):
        cells = _plain(words(table, column))
    found = cells.cast(pl.Float64, strict=False)
    lost = (found.is_null() & cells.is_not_null()) | found.is_infinite().fill_null(value=False)
    table.refuse(NumberUnreadable, column, lost)
    return found.fill_nan(None)


def _plain(texts: pl.Series) -> pl.Series:
    """Return numbers as text without the commas of thousands, truth values as 1 and 0."""
    grouped = texts.str.contains(GROUPED).fill_null(value=False)
    return texts.replace(TRUTH).zip_with(~grouped, texts.str.replace_all(",", ""))


def weights(table: Table, column: str | None) -> pl.Series:
    """Return the weights of the rows, each 1 where no column says otherwise; raises WeightNegative as well."""
    if column is None:
        return pl.Series([1.0], dtype=pl.Float64).new_from_index(0, table.frame.height)
    found = numbers(table, column)
    table.refuse(WeightNegative, column, (found < 0).fill_null(value=False))
    return found


def answers(table: Table, column: str) -> pl.Series:
    """Return a column of deprivations as 1 (deprived) and 0, null where unknown; raises AnswerNotYesNo as well."""
    found = numbers(table, column)
    table.refuse(AnswerNotYesNo, column, ~found.is_in([0.0, 1.0]).fill_null(value=True))
    return found.cast(pl.Int64)


def words(table: Table, column: str) -> pl.Series:
    """Return a column as words without spaces around them, null where a cell has none."""
    cells = table.column(column)
    if cells.dtype.is_float():  # a code that a spreadsheet kept as 12.0 is the code 12
        whole = pl.DataFrame({"cell": cells}).select(
            pl.when(pl.col("cell") == pl.col("cell").round())
            .then(pl.col("cell").cast(pl.Int64, strict=False).cast(pl.String))
            .otherwise(pl.col("cell").cast(pl.String))
        )
        cells = whole.to_series()
    texts = cells.cast(pl.String).str.strip_chars()
    return texts.set(texts.is_in(MISSING).fill_null(value=False), None)


def design_words(table: Table, column: str | None) -> pl.Series:
    """Return the strata or clusters of the rows, all one where no column names them; raises DesignUnknown."""
    if column is None:
        return pl.Series([""]).new_from_index(0, table.frame.height)
    found = words(table, column)
    table.refuse(DesignUnknown, column, found.is_null())
    return found
