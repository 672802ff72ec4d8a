"""Tables that somebody brings to be measured: CSV (also .gz), Parquet and workbooks (待测算的数据表).

No ledger is recognised here and nothing is kept: only the columns that were asked for are read, by the names
in the first row that has any cell.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl

from bangfu.analysis.measures.columns import Table, shown_names
from bangfu.intake.containers import LARGEST_FILE, LARGEST_UNPACKED, MEGABYTE
from bangfu.intake.delimited import decoded_text, separator_of
from bangfu.intake.reading import read_file
from bangfu.intake.sheets import Sheet
from bangfu.kernel.errors.inputs import (
    FileDamaged,
    FileEmpty,
    FileExpandsTooFar,
    FileKindUnknown,
    FileMissing,
    FileTooLarge,
)
from bangfu.kernel.errors.tables import ColumnMissing, ColumnTwice
from bangfu.kernel.texts import Text

GZIP: Final = b"\x1f\x8b"
PARQUET: Final = b"PAR1"
WORKBOOKS: Final = (b"PK", b"\xd0\xcf\x11\xe0")
ENDINGS_OF_TEXT: Final = frozenset({".csv", ".tsv", ".txt", ".gz"})
BEYOND: Final = Text(
    zh="第%(row)s行的单元格比表头多，或引号未闭合",
    en="row %(row)s has more cells than the header, or a quotation mark is not closed",
)
_HEAD: Final = 4


def read_table(path: Path, columns: Sequence[str]) -> Table:
    """Read the named columns of a table, whatever kind of file it is.

    path     a CSV or TSV file (packed by gzip or not), a Parquet file, or a workbook; told apart by content
    columns  names of the columns, each once
    Returns  the table: cells of text files and workbooks as text, those of Parquet as they are
    Raises   FileMissing, FileEmpty, FileTooLarge, FileDamaged, FileExpandsTooFar, FileKindUnknown,
             TextUndecodable, ColumnMissing, ColumnTwice, and what a workbook can be refused for
    """
    head = _head(path)
    if head.startswith(PARQUET):
        return _read_parquet(path, columns)
    if head.startswith(GZIP):
        return _read_text(_unpacked(path), path.name, columns)
    if path.suffix.lower() in ENDINGS_OF_TEXT and not head.startswith(WORKBOOKS):
        return _read_text(path.read_bytes(), path.name, columns)
    return _of_sheets(read_file(path), path.name, columns)


def _head(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError) as problem:
        raise FileMissing(file=path.name) from problem
    if not head:
        raise FileEmpty(file=path.name)
    if size > LARGEST_UNPACKED or (size > LARGEST_FILE and head.startswith(WORKBOOKS)):
        limit = LARGEST_FILE if head.startswith(WORKBOOKS) else LARGEST_UNPACKED
        raise FileTooLarge(file=path.name, megabytes=-(-size // MEGABYTE), limit_megabytes=limit // MEGABYTE)
    return head


def _unpacked(path: Path) -> bytes:
    try:
        with gzip.open(path) as file:
            content = file.read(LARGEST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as problem:
        raise FileDamaged(file=path.name, detail=Text("无法解压", "it cannot be unpacked")) from problem
    if len(content) > LARGEST_UNPACKED:
        limit = LARGEST_UNPACKED // MEGABYTE
        raise FileExpandsTooFar(file=path.name, megabytes=f"> {limit}", limit_megabytes=limit)
    return content


def _read_parquet(path: Path, columns: Sequence[str]) -> Table:
    try:
        names = list(pl.read_parquet_schema(path))
        _check_names(names, columns, path.name)
        frame = pl.read_parquet(path, columns=list(columns))
    except pl.exceptions.PolarsError as problem:
        raise FileDamaged(file=path.name, detail=Text("不是完整的Parquet文件", "no complete Parquet file")) from problem
    return Table(frame.select(columns), path.name, 1)


def _read_text(content: bytes, file: str, columns: Sequence[str]) -> Table:
    text = decoded_text(content, file)
    if "\x00" in text:
        raise FileKindUnknown(file=file, kind=Text("二进制数据", "binary data"))
    if not text.strip():
        raise FileEmpty(file=file)
    text = text.lstrip("\r\n")
    separator = separator_of(text)
    names = [cell.strip() for cell in next(csv.reader(io.StringIO(text, newline=""), delimiter=separator))]
    _check_names(names, columns, file)
    wanted = {name: str(names.index(name)) for name in columns}
    frame = (
        pl.scan_csv(
            text.encode(),
            has_header=False,
            separator=separator,
            schema={str(place): pl.String for place in range(len(names) + 1)},
            missing_columns="insert",
            truncate_ragged_lines=True,
        )
        .select(pl.col(str(len(names))).alias(""), *(pl.col(place).alias(name) for name, place in wanted.items()))
        .slice(1)
        .collect()
    )
    beyond = frame[""].is_not_null()
    if beyond.any():
        raise FileDamaged(file=file, detail=BEYOND.fill({"row": 2 + (beyond.arg_max() or 0)}))
    return Table(frame.drop(""), file, 2)


def _of_sheets(sheets: Sequence[Sheet], file: str, columns: Sequence[str]) -> Table:
    """Return the first sheet whose first row with any cell names all columns, else refuse by the first sheet."""
    found = [(sheet, _first_row(sheet)) for sheet in sheets]
    named = [(sheet, row, [cell.strip() for cell in sheet.rows(row, row + 1)[0]]) for sheet, row in found]
    sheet, row, names = next((one for one in named if set(columns) <= set(one[2])), named[0])
    _check_names(names, columns, file)
    cells = {name: sheet.columns[names.index(name)].slice(row + 1) for name in columns}
    return Table(pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String)), file, row + 2)


def _check_names(names: Sequence[str], columns: Sequence[str], file: str) -> None:
    for column in columns:
        if column not in names:
            raise ColumnMissing(file=file, column=column, columns=shown_names(names))
        if names.count(column) > 1:
            raise ColumnTwice(file=file, column=column)


def _first_row(sheet: Sheet) -> int:
    """Return the number of the first row with any text, counted from 0."""
    rows = pl.DataFrame({str(index): column for index, column in enumerate(sheet.columns)})
    told = rows.select(pl.any_horizontal(pl.all().str.contains(r"[^\s\p{Cf}]"))).to_series()
    return int(told.arg_max() or 0)
