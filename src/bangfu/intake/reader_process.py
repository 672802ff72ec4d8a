"""Reads one workbook in a process of its own, so that no hostile file can take the caller's memory or time.

Run as a script by `reading.read_file`; imports only the standard library and python-calamine. What goes
to standard output is one line of JSON, then for each sheet and column the cells as UTF-8 text, joined by
the unit separator. Only values are read: formulas, macros, links and pictures stay closed.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any, BinaryIO, Final

from python_calamine import CalamineWorkbook, SheetTypeEnum

SEPARATOR: Final = "\x1f"
"""Stands between the cells of a column; a cell that holds it is given a space instead."""

LARGEST_EXACT: Final = 10**15
"""Spreadsheets keep 15 digits of a number; from here on the last ones are lost."""


def text_of(value: object) -> str:
    """Return a cell's value as a person sees it in the sheet.

    Whole numbers have no decimals, numbers of more than 15 digits keep their exponent (so that the
    loss of their last digits stays visible), days are ISO days, truth values TRUE and FALSE.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _number_text(value: float) -> str:
    if abs(value) >= LARGEST_EXACT:
        return f"{value:.14E}"
    if value == int(value):
        return str(int(value))
    return f"{value:.15g}"


def column_texts(cells: Sequence[object]) -> Sequence[str]:
    """Return the cells of one column as texts, each distinct number or day rendered once."""
    texts = [value for value in cells if isinstance(value, str)]
    if len(texts) == len(cells):
        return texts
    known: dict[tuple[type, object], str] = {}
    texts = []
    for value in cells:
        if isinstance(value, str):
            texts.append(value)
            continue
        key = (type(value), value)
        text = known.get(key)
        if text is None:
            text = known[key] = text_of(value)
        texts.append(text)
    return texts


def packed(texts: Sequence[str]) -> bytes:
    """Return the cells of a column in one piece."""
    whole = SEPARATOR.join(texts)
    if whole.count(SEPARATOR) != max(len(texts) - 1, 0):
        whole = SEPARATOR.join(text.replace(SEPARATOR, " ") for text in texts)
    return whole.encode("utf-8", "replace")


def sheets_of(path: str, limits: Mapping[str, int]) -> Iterable[tuple[dict[str, Any], list[bytes]]]:
    """Yield each sheet of the workbook: its facts, and its columns in one piece each.

    limits  rows, columns, cells: beyond them a sheet yields its size and no columns
    """
    workbook = CalamineWorkbook.from_path(path)
    for facts in workbook.sheets_metadata:
        if facts.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(facts.name)
        height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
        head: dict[str, Any] = {"name": facts.name, "rows": height, "columns": width, "merges": [], "sizes": []}
        if height > limits["rows"] or width > limits["columns"] or height * width > limits["cells"]:
            yield {**head, "too_large": True}, []
            continue
        head["merges"] = [[*start, *end] for start, end in sheet.merged_cell_ranges or []]
        rows = sheet.to_python(skip_empty_area=False)
        del sheet
        columns = [packed(column_texts(column)) for column in zip(*rows, strict=True)]
        yield {**head, "sizes": [len(column) for column in columns]}, columns


def write_sheets(path: str, limits: Mapping[str, int], out: BinaryIO) -> None:
    """Write the workbook's sheets to `out`; what cannot be read ends the process, whose caller says why."""
    heads, bodies = [], []
    for head, columns in sheets_of(path, limits):
        heads.append(head)
        bodies.extend(columns)
    out.write(json.dumps(heads).encode() + b"\n")
    out.writelines(bodies)


def main(arguments: Sequence[str]) -> None:
    """Read the workbook named first under the limits (JSON) named second."""
    path, limits = arguments[0], json.loads(arguments[1])
    if find_spec("resource"):  # outside Unix the caller's limit of time alone remains
        resource = import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))
        resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    write_sheets(path, limits, sys.stdout.buffer)


if __name__ == "__main__":
    main(sys.argv[1:])
