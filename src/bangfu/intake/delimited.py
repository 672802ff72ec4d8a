"""Tables of text (CSV, TSV): encoding and separator found by content, strictly decoded."""

import codecs
import csv
import io
import re
from pathlib import Path
from typing import Final

from bangfu.intake.sheets import Sheet
from bangfu.kernel.errors.inputs import CellTooLong, FileKindUnknown, TableTooLarge, TextUndecodable
from bangfu.kernel.texts import Text

LONGEST_CELL: Final = 32_767
"""Characters that a spreadsheet's cell can hold."""
SEPARATORS: Final = ",\t;|"
_SAMPLE_LINES: Final = 20
_CERTAIN: Final = 4
"""So many well-formed three-byte characters before an error make it damaged UTF-8, not GB18030."""
_THREE_BYTES: Final = re.compile(rb"[\xe1-\xef][\x80-\xbf]{2}")
_STATED_SEPARATOR: Final = re.compile(r"\Asep=(.)\r?\n?\Z")


def read_text_table(path: Path, *, most_rows: int, most_columns: int) -> Sheet:
    """Return a table of text as one sheet named after the file.

    path                     the file, known to be neither workbook nor web page
    most_rows, most_columns  limits beyond which the table is refused
    Raises TextUndecodable, FileKindUnknown, TableTooLarge, CellTooLong
    """
    text = decoded_text(path.read_bytes(), path.name)
    if "\x00" in text:
        raise FileKindUnknown(file=path.name, kind=Text("二进制数据", "binary data"))
    rows = _rows(path, text)
    width = max(map(len, rows), default=0)
    if len(rows) > most_rows or width > most_columns:
        raise TableTooLarge(
            file=path.name,
            sheet=path.stem,
            rows=len(rows),
            columns=width,
            limit_rows=most_rows,
            limit_columns=most_columns,
        )
    return Sheet(path.stem, rows)


def decoded_text(content: bytes, file: str) -> str:
    """Return the text of a table in UTF-8, GB18030 or UTF-16.

    content  its bytes
    file     its name for messages
    Raises   TextUndecodable
    """
    encoding = _marked_encoding(content)
    try:
        return content.decode(encoding or "utf-8-sig")
    except UnicodeDecodeError as problem:
        damaged = len(_THREE_BYTES.findall(content[: problem.start])) >= _CERTAIN
        if encoding or damaged:
            raise _undecodable(file, content, problem.start) from problem
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as problem:
        raise _undecodable(file, content, problem.start) from problem


def _undecodable(file: str, content: bytes, position: int) -> TextUndecodable:
    return TextUndecodable(file=file, row=content.count(b"\n", 0, position) + 1)


def _marked_encoding(content: bytes) -> str | None:
    """Return the encoding that a byte-order mark, or UTF-16's many zero bytes, tells."""
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = content[:2000]
    if len(sample) % 2 == 0 and sample:
        if sample[1::2].count(0) > len(sample) // 8 and not sample[::2].count(0):
            return "utf-16-le"
        if sample[::2].count(0) > len(sample) // 8 and not sample[1::2].count(0):
            return "utf-16-be"
    return None


def _rows(path: Path, text: str) -> list[list[str]]:
    lines = io.StringIO(text, newline="")
    stated = _STATED_SEPARATOR.match(lines.readline())
    separator = stated[1] if stated else separator_of(text)
    if not stated:
        lines.seek(0)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=separator)
    rows: list[list[str]] = [[]] if stated else []
    try:
        rows.extend(reader)
    except csv.Error as problem:
        raise CellTooLong(file=path.name, sheet=path.stem, row=len(rows) + 1, limit=LONGEST_CELL) from problem
    return rows


def separator_of(text: str) -> str:
    """Return the separator that cuts most of the first lines, outside quotation marks."""
    lines = io.StringIO(text, newline=None)
    sample = [re.sub(r'"[^"]*"', "", line) for line, _ in zip(lines, range(_SAMPLE_LINES), strict=False)]
    counts = {separator: sum(line.count(separator) for line in sample) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda separator: counts[separator])
