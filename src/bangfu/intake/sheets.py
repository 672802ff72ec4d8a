"""One sheet as read: all cells as text, exactly as a person sees them."""

import io
from collections.abc import Sequence
from functools import cached_property
from itertools import zip_longest
from string import ascii_uppercase

import polars as pl


class Sheet:
    """A sheet of a ledger: its name and its cells as text, column by column.

    Row r of the cells is row r + 1 of the sheet; hidden rows and columns are there like all others.

    name    the sheet's name; for a text file the file's name without its ending
    merges  merged ranges as (first row, first column, last row, last column), counted from 0
    """

    def __init__(
        self, name: str, cells: Sequence[Sequence[str]] = (), merges: Sequence[tuple[int, int, int, int]] = ()
    ) -> None:
        turned = zip_longest(*_padded(cells), fillvalue="")
        self.name = name
        self.columns = [pl.Series(column, dtype=pl.String) for column in turned]
        self.merges = tuple(merges)
        self.height = len(cells) if self.columns else 0

    @classmethod
    def of_columns(
        cls, name: str, columns: Sequence[pl.Series], merges: Sequence[tuple[int, int, int, int]] = ()
    ) -> "Sheet":
        """Return a sheet of text columns of equal length."""
        sheet = cls(name, (), merges)
        sheet.columns = list(columns)
        sheet.height = len(columns[0]) if columns else 0
        return sheet

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return len(self.columns)

    @cached_property
    def cells(self) -> list[list[str]]:
        """Return all rows; slow for a large sheet, which is better read by columns."""
        return self.rows(0, self.height)

    def rows(self, start: int, stop: int) -> list[list[str]]:
        """Return the rows from `start` up to but without `stop`, counted from 0."""
        parts = [column.slice(start, max(min(stop, self.height) - start, 0)).to_list() for column in self.columns]
        return [list(row) for row in zip(*parts, strict=True)]

    @property
    def has_text(self) -> bool:
        """Tell whether any cell has text."""
        return any(column.str.contains(r"[^\s\p{Cf}]").any() for column in self.columns)

    def __repr__(self) -> str:
        """Return name and size; never a cell."""
        return f"Sheet({self.name!r}, {self.height} x {self.width})"


class FoldedSheet:
    """A sheet put away small until its rejected rows are asked for: a batch of a city has 30 million cells.

    name  the sheet's name
    """

    def __init__(self, sheet: Sheet) -> None:
        self.name = sheet.name
        self._merges = sheet.merges
        frame = pl.DataFrame({str(index): column for index, column in enumerate(sheet.columns)})
        self._content = frame.write_ipc(None, compression="zstd").getvalue()

    def unfolded(self) -> Sheet:
        """Return the sheet as it was read."""
        columns = pl.read_ipc(io.BytesIO(self._content)).get_columns()
        return Sheet.of_columns(self.name, columns, self._merges)


def _padded(cells: Sequence[Sequence[str]]) -> list[list[str]]:
    width = max(map(len, cells), default=0)
    return [[*row, *([""] * (width - len(row)))] for row in cells]


def column_letter(index: int) -> str:
    """Return a column's name as spreadsheets show it: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, len(ascii_uppercase))
        letters = ascii_uppercase[rest] + letters
    return letters
