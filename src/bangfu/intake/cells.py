"""Cells of one column to typed values: each distinct text is read once, then spread over the column.

Every reader takes one cleaned text (trimmed, nothing invisible, not empty) and returns the value and,
where there is something to say, a `Problem`.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import polars as pl

from bangfu.intake.plain_cells import Plain, take_plain
from bangfu.intake.problems import Problem
from bangfu.kernel.days import day_number

Value = int | str | None
Read = Callable[[str], tuple[Value, Problem | None]]

LONGEST_TEXT: Final = 200
EMPTY_WORDS: Final = frozenset(
    {
        "-",
        "--",
        "—",
        "——",
        "―",
        "－",
        "_",
        "/",
        "\\",
        "／",
        "null",
        "none",
        "n/a",
        "na",
        "nan",
        "nil",
        "空",
        "（空）",
        "(空)",
    }
)
NOTHING: Final = frozenset({"无", "没有", "无此项", "暂无", "不详", "未知", "不清楚"})
_SAY_NOTHING: Final = EMPTY_WORDS | NOTHING
_INVISIBLE: Final = (
    r"[\p{Cc}\x{00AD}\x{061C}\x{180E}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2069}\x{FEFF}\x{FE00}-\x{FE0F}"
    r"\x{E0100}-\x{E01EF}]"
)
_BLANK: Final = r"^[\s\x{00A0}\x{3000}]+|[\s\x{00A0}\x{3000}]+$"
_ERROR: Final = re.compile(r"^#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"^[¥￥$]?([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d*)?(e-\d{1,3})?$")
_POWER: Final = re.compile(r"^\d(?:\.\d+)?e\+?\d{1,3}$", re.IGNORECASE)
_DAY: Final = re.compile(
    r"^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年度?|(\d{2})(\d{2})?)?"
    r"(?:[t ]?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?$"
)
_SERIAL_START: Final = date(1899, 12, 30)
_FIVE_DIGITS: Final = re.compile(r"^[0-9]{5}$")
_SERIALS: Final = range(10_000, 60_000)
_YEARS: Final = range(1900, 2101)
LARGEST: Final = {"fen": 10**12, "mu100": 10**9, "dm2": 10**7, "km": 10**7, "count": 10**8}
SIGNED: Final = frozenset({"business_fen", "net_income_fen", "net_income_pc_fen", "disposable_income_pc_fen"})
"""Money that may be negative: business in a bad year, and what is left after its costs."""

SCALES: Final = {
    "fen": {"": 100, "元": 100, "百元": 10**4, "千元": 10**5, "万元": 10**6, "万": 10**6, "元/年": 100, "块": 100},
    "mu100": {"": 100, "亩": 100, "公顷": 1500},
    "dm2": {"": 100, "平方米": 100, "平米": 100, "m2": 100, "平方": 100},
    "km": {"": 1000, "公里": 1000, "千米": 1000, "km": 1000, "米": 1, "m": 1},
    "count": {"": 1, "人": 1, "口": 1, "口人": 1, "户": 1, "个": 1, "名": 1, "次": 1, "个月": 1, "月": 1},
}
"""For each type and unit, how many stored units one written unit is. A mu has 100 hundredths, a hectare 15 mu."""


def cleaned(cells: pl.DataFrame) -> pl.DataFrame:
    """Return columns of cells trimmed and without anything invisible; null where nothing is written."""
    found = cells.select(
        *(pl.col(name).str.contains(_INVISIBLE).any().alias(f"invisible {name}") for name in cells.columns),
        *(pl.col(name).str.contains(_BLANK).any().alias(f"blank {name}") for name in cells.columns),
    ).to_dicts()
    told = found[0] if found else {}

    def clean(name: str) -> pl.Expr:
        text = pl.col(name)
        if told[f"invisible {name}"]:
            text = text.str.replace_all(r"[\t\r\n\v\f]+", " ").str.replace_all(_INVISIBLE, "")
        if told[f"invisible {name}"] or told[f"blank {name}"]:
            text = text.str.replace_all(_BLANK, "")
        return pl.when(text != "").then(text).alias(name)

    return cells.select(map(clean, cells.columns))


def spread(
    cells: pl.Series, read: Read, dtype: type[pl.DataType], plain: Plain | None = None
) -> tuple[pl.Series, pl.Series]:
    """Read each distinct text once and return the values and the names of the problems, cell by cell.

    cells    cleaned texts, null where nothing is written
    dtype    the type of the values
    plain    what most cells look like, for columns of which hardly two cells say the same
    Returns  values (null where there is none) and names of `Problem` members (null where all is well)
    """
    if plain is not None:
        values, rest = take_plain(cells, plain, _SAY_NOTHING)
        others, problems = spread(rest, read, dtype)
        return values.cast(dtype).zip_with(values.is_not_null(), others), problems
    if cells.null_count() == len(cells):
        return cells.cast(dtype), cells.cast(pl.String)
    texts = cells.to_list()
    readings: dict[str | None, tuple[Value, Problem | None]] = {
        text: _read_one(text, read) for text in set(texts) if text is not None
    }
    readings[None] = (None, None)
    known = {text: value for text, (value, _) in readings.items()}
    found = pl.Series("value", [known[text] for text in texts], dtype)
    wrong = {text: problem.name for text, (_, problem) in readings.items() if problem}
    if not wrong:
        return found, pl.Series("problem", dtype=pl.String).clear(len(texts))
    return found, pl.Series("problem", [wrong.get(text) for text in texts], pl.String)


def _read_one(text: str, read: Read) -> tuple[Value, Problem | None]:
    if text.casefold() in EMPTY_WORDS:
        return None, None
    if _ERROR.match(text):
        return None, Problem.CELL_ERROR
    return read(text)


def plain(text: str) -> str:
    """Return a text with half-width characters, without spaces, in lower case: for numbers and days."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def number_reader(kind: str, unit: str, *, signed: bool) -> Read:
    """Return the reader of amounts, areas, distances and counts (whole stored units, half up).

    kind    fen, mu100, dm2, km (stored as metres) or count
    unit    the unit of the column; a unit behind the number itself goes before it
    signed  whether a negative number makes sense
    """
    scales = SCALES[kind]
    largest = LARGEST[kind]

    def read(text: str) -> tuple[Value, Problem | None]:
        if text in NOTHING and kind != "fen":
            return None, None
        digits, suffix = _cut(plain(text), scales)
        found = _NUMBER.match(digits)
        if found is None:
            return None, Problem.NUMBER_TOO_LARGE if _POWER.match(digits) else Problem.NUMBER_UNREADABLE
        scale = scales.get(suffix or unit, scales[""])
        number = Decimal("".join(part or "" for part in found.groups()).replace(",", "")) * scale
        if kind == "count" and number != number.to_integral_value():
            return None, Problem.NUMBER_NOT_WHOLE
        if abs(number) > largest:
            return None, Problem.NUMBER_TOO_LARGE
        if number < 0 and not signed:
            return None, Problem.NUMBER_NEGATIVE
        return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP)), None

    return read


def _cut(text: str, scales: dict[str, int]) -> tuple[str, str]:
    """Cut the longest unit from the end of a text."""
    suffix = max((unit for unit in scales if unit and text.endswith(unit)), key=len, default="")
    return text.removesuffix(suffix), suffix


def read_day(text: str) -> tuple[Value, Problem | None]:
    """Read a day: 2016-10-15, 2016/10/15, 20161015, 2016年10月15日, 201610 or 2016 (its first day), a serial number."""
    if text in NOTHING:
        return None, None
    day = _day_of(plain(text))
    return (day_number(day), None) if day and day.year in _YEARS else (None, Problem.DAY_UNREADABLE)


def read_year(text: str) -> tuple[Value, Problem | None]:
    """Read a year: 2016, 2016年, 201610, or a day; a year that was formatted as a day (1905-07-08) is turned back."""
    if text in NOTHING:
        return None, None
    word = plain(text)
    day = None if _is_serial(word) else _day_of(word)
    if day is None:
        return None, Problem.YEAR_UNREADABLE
    serial = (day - _SERIAL_START).days
    if len(word) >= len("1905-7-8") and serial in _YEARS:
        return serial, None
    return (day.year, None) if day.year in _YEARS else (None, Problem.YEAR_UNREADABLE)


def _is_serial(word: str) -> bool:
    return _FIVE_DIGITS.match(word) is not None and int(word) in _SERIALS


def _day_of(word: str) -> date | None:
    if _is_serial(word):
        return _SERIAL_START + timedelta(days=int(word))
    found = _DAY.match(word)
    if found is None:
        return None
    year, month, of_month = found[1], found[2] or found[4] or 1, found[3] or found[5] or 1
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError:
        return None


def read_text(text: str) -> tuple[Value, Problem | None]:
    """Read a plain text of at most 200 characters; inner line breaks and runs of spaces become one space."""
    if text in NOTHING:
        return None, None
    if len(text) > LONGEST_TEXT:
        return None, Problem.TEXT_TOO_LONG
    return " ".join(text.split()), None


def read_key(text: str) -> tuple[Value, Problem | None]:
    """Read a number that names something (户编号, 人编号, 村代码): opaque text, half-width, without spaces."""
    if text in NOTHING:
        return None, None
    key = "".join(unicodedata.normalize("NFKC", text).split()).strip("'\"=`")
    if _POWER.match(key):
        return None, Problem.KEY_LOST_DIGITS
    if len(key) > LONGEST_TEXT:
        return None, Problem.TEXT_TOO_LONG
    return key or None, None
