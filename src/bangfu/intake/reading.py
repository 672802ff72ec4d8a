"""Any real file to sheets of text: xlsx, xls, ods, CSV and TSV, told apart by content.

Workbooks are opened in a process of their own with limits of memory and time (see `reader_process`);
whatever is wrong with a file becomes one sentence that says what, where and how to mend it.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from bangfu.intake import reader_process
from bangfu.intake.containers import Kind, kind_of
from bangfu.intake.delimited import LONGEST_CELL, read_text_table
from bangfu.intake.sheets import Sheet
from bangfu.kernel.errors.inputs import (
    CellTooLong,
    FileDamaged,
    FileEmpty,
    FileEncrypted,
    InputError,
    ReaderTooSlow,
    TableTooLarge,
)
from bangfu.kernel.texts import Text

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 512
MOST_CELLS: Final = 32_000_000
MEMORY_BYTES: Final = 6 << 30
SECONDS: Final = 300
_LIMITS: Final = {
    "rows": MOST_ROWS,
    "columns": MOST_COLUMNS,
    "cells": MOST_CELLS,
    "memory_bytes": MEMORY_BYTES,
    "seconds": SECONDS,
}


def read_file(path: str | Path) -> list[Sheet]:
    """Return the sheets of a workbook or of a table of text that hold any text.

    Every cell is the text that a person sees: ids stay text, whole numbers have no decimals, days are
    ISO days, numbers that lost their last digits keep their exponent. Formulas give their last value.

    path     the file; its ending plays no part
    Returns  the sheets in the file's order; hidden sheets, rows and columns as well
    Raises   InputError: FileMissing, FileEmpty, FileTooLarge, FileKindUnknown, FileEncrypted,
             FileDamaged, FileExpandsTooFar, FileIsWebPage, TextUndecodable, TableTooLarge,
             CellTooLong, ReaderTooSlow
    """
    path = Path(path)
    if kind_of(path) is Kind.TEXT:
        sheets = [read_text_table(path, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)]
    else:
        sheets = _read_workbook(path)
    sheets = [sheet for sheet in sheets if sheet.has_text]
    if not sheets:
        raise FileEmpty(file=path.name)
    return sheets


def _read_workbook(path: Path) -> list[Sheet]:
    """Return the sheets that the reader process finds."""
    command = [sys.executable, "-I", reader_process.__file__, str(path.absolute()), json.dumps(_LIMITS)]
    try:
        done = subprocess.run(  # noqa: S603  this interpreter and a file of this package; no shell reads the path
            command, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as problem:
        raise ReaderTooSlow(file=path.name, seconds=SECONDS) from problem
    if done.returncode != 0:
        raise _why_ended(path, done.returncode, done.stderr.decode("utf-8", "replace"))
    line, _, body = done.stdout.partition(b"\n")
    return _sheets(path, json.loads(line), memoryview(body))


def _why_ended(path: Path, status: int, said: str) -> InputError:
    """Return the error that tells why the reader process gave the workbook up.

    status  its exit status; negative for a signal: out of memory aborts it, out of time kills it
    """
    if status == -getattr(signal, "SIGXCPU", 0):
        return ReaderTooSlow(file=path.name, seconds=SECONDS)
    if status < 0 or "MemoryError" in said:
        return _too_large(path, {"name": "-", "rows": 0, "columns": 0})
    if "PasswordError" in said or "password" in said.lower():
        return FileEncrypted(file=path.name)
    detail = Text("工作簿中有部分内容无法读取", "a part of the workbook cannot be read")
    return FileDamaged(file=path.name, detail=detail)


def _sheets(path: Path, heads: list[dict[str, Any]], body: memoryview) -> list[Sheet]:
    sheets, at = [], 0
    for head in heads:
        if head.get("too_large"):
            raise _too_large(path, head)
        columns = []
        for size in head["sizes"]:
            cells = str(body[at : at + size], "utf-8").split(reader_process.SEPARATOR)
            at += size
            if size > LONGEST_CELL:
                _check_cells(path, head["name"], cells)
            columns.append(pl.Series(cells, dtype=pl.String))
        sheets.append(Sheet.of_columns(head["name"], columns, [tuple(merge) for merge in head["merges"]]))
    return sheets


def _check_cells(path: Path, sheet: str, cells: list[str]) -> None:
    long = next((row for row, cell in enumerate(cells, start=1) if len(cell) > LONGEST_CELL), None)
    if long is not None:
        raise CellTooLong(file=path.name, sheet=sheet, row=long, limit=LONGEST_CELL)


def _too_large(path: Path, head: Mapping[str, Any]) -> TableTooLarge:
    return TableTooLarge(
        file=path.name,
        sheet=head["name"],
        rows=head["rows"],
        columns=head["columns"],
        limit_rows=MOST_ROWS,
        limit_columns=MOST_COLUMNS,
    )
