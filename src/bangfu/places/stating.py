"""What a file says about places: its rows as columns of plain values, whatever it was written with."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from bangfu.kernel.codes import Level
from bangfu.kernel.errors.register import PlaceFileUnreadable

HEADERS: Final[dict[str, tuple[str, ...]]] = {
    "code": ("code", "代码", "区划代码", "行政区划代码", "统计用区划代码"),
    "name": ("name", "名称", "区划名称", "行政区划名称"),
    "name_en": ("name_en", "英文名称"),
    "level": ("level", "级别", "层级"),
    "parent": ("parent", "上级", "上级代码", "父级", "父级代码"),
    "valid_from": ("valid_from", "启用日期", "生效日期"),
    "valid_to": ("valid_to", "停用日期", "失效日期"),
    "successor": ("successor", "后继", "后继代码", "新代码"),
    "aliases": ("aliases", "别名", "曾用名"),
}
REQUIRED: Final = ("code", "name", "level", "parent")

LEVEL_WORDS: Final[dict[str, Level]] = {
    **{str(level.value): level for level in Level if level},
    **{level.name.lower(): level for level in Level if level},
    **dict.fromkeys(("省", "省级", "自治区", "直辖市"), Level.PROVINCE),
    **dict.fromkeys(("prefecture", "市", "地市", "地级", "市级", "地市级", "自治州", "盟"), Level.CITY),
    **dict.fromkeys(("district", "县", "县级", "区县", "县区", "旗"), Level.COUNTY),
    **dict.fromkeys(("township", "乡", "镇", "乡镇", "乡级", "乡镇级", "街道", "苏木"), Level.TOWN),
    **dict.fromkeys(("村", "村级", "行政村", "社区", "嘎查"), Level.VILLAGE),
}

_FREE: Final = ("name", "name_en", "aliases")  # an official name keeps its own characters
_NAMES: Final = {word: name for name, words in HEADERS.items() for word in words}
_BYTES_MAX: Final = 512 * 1024 * 1024
_SEPARATORS: Final = str.maketrans("；;、,，/", "||||||")


def rows_of_file(path: Path) -> pl.DataFrame:
    """Read a CSV file of places in UTF-8 or GB18030.

    Returns  text columns as far as the file has them, and `row`, the row of the file (its first is 1)
    Raises   PlaceFileUnreadable when it cannot be read or lacks a required column
    """
    try:
        if path.stat().st_size > _BYTES_MAX:
            raise PlaceFileUnreadable(file=path.name, reason="it is larger than 512 MB")
        text = _decoded(path.read_bytes())
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except OSError as error:
        raise PlaceFileUnreadable(file=path.name, reason=error.strerror or "it cannot be opened") from None
    except (UnicodeDecodeError, csv.Error):
        raise PlaceFileUnreadable(file=path.name, reason="it is no CSV text in UTF-8 or GB18030") from None
    header = [_NAMES.get(cell.strip().lower(), "") for cell in lines[0]] if lines else []
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise PlaceFileUnreadable(file=path.name, reason=f"its first row lacks the columns {', '.join(missing)}")
    places = {name: header.index(name) for name in HEADERS if name in header}
    width = len(header)
    body = [(number, line + [""] * (width - len(line))) for number, line in enumerate(lines[1:], 2) if any(line)]
    columns = {name: [line[place] for _, line in body] for name, place in places.items()}
    return _frame([number for number, _ in body], columns)


def rows_of_values(rows: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """Take places as mappings with the names of the columns; `row` counts them from 1."""
    given = list(rows)
    present = [name for name in HEADERS if name in REQUIRED or any(name in row for row in given)]
    columns = {name: ["" if row.get(name) is None else str(row[name]) for row in given] for name in present}
    return _frame(list(range(1, len(given) + 1)), columns)


def level_of(word: str) -> int | None:
    """Return the level of a word such as 乡镇, town or 4; None for any other."""
    return LEVEL_WORDS.get(word.lower())


def day_of(word: str) -> date | None:
    """Return the day written as 2020-01-31, 20200131, 2020/1/31 or 2020年1月31日; None for anything else."""
    parts = word.replace("年", "-").replace("月", "-").removesuffix("日").replace("/", "-").replace(".", "-").split("-")
    if len(parts) == 1 and len(word) == len("20200131"):
        parts = [word[:4], word[4:6], word[6:]]
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        return None


def names_of(text: str) -> list[str]:
    """Return the single names of a cell of aliases, whatever separates them."""
    return list(dict.fromkeys(name.strip() for name in text.translate(_SEPARATORS).split("|") if name.strip()))


def _frame(numbers: list[int], columns: dict[str, list[str]]) -> pl.DataFrame:
    """Return the cells without the spaces around them; codes and words in half-width form, never as 110000.0."""
    cells = pl.DataFrame({"row": numbers, **columns}, schema={"row": pl.Int64, **dict.fromkeys(columns, pl.String)})
    plain = [name for name in columns if name not in _FREE]
    codes = [name for name in ("code", "parent", "successor") if name in columns]
    return (
        cells.with_columns(pl.col(plain).str.normalize("NFKC"))
        .with_columns(pl.col(list(columns)).str.strip_chars())
        .with_columns(pl.col(codes).str.replace(r"^([0-9]+)\.0$", "$1"))
    )


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")
