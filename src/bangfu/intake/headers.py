"""Headers of sheets: rows of labels, perhaps merged, flattened to one stack of labels for each column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from bangfu.params.label import normal_label

_DECORATION: Final = re.compile(r"[*★☆▲●\u200b-\u200f\u2060\ufeff]")
_NUMBERING: Final = re.compile(
    r"^(?:[a-z]?\d{1,3}[a-z]?|[一二三四五六七八九十]{1,3}|\([一二三四五六七八九十\d]{1,3}\))[、.:]?(?<=[、.:)])"
)
_YEAR: Final = re.compile(r"^((?:19|20)\d\d)年度?")
_BRACKET: Final = re.compile(r"^(.+?)[(\[【]([^()\[\]【】]*)[)\]】]$")
_STATED_UNIT: Final = re.compile(r"单位[:：]?\(?(万元|元|千元|百元)")
_FEWEST_NUMBERS: Final = 3
_INDEX: Final = re.compile(r"^[a-z(]?\d{1,3}\)?$|^[甲乙丙丁戊己庚辛壬癸]$")

UNITS: Final = {
    **dict.fromkeys(("元", "元/年", "元/人", "元/人年", "元/人·年", "人民币"), "元"),
    **dict.fromkeys(("万元", "万元/年"), "万元"),
    **dict.fromkeys(("m2", "平方米", "平米", "平方"), "平方米"),
    **dict.fromkeys(("km", "公里", "千米"), "公里"),
    **dict.fromkeys(("米", "m"), "米"),
    **dict.fromkeys(("月", "个月"), "月"),
    **{
        word: word
        for word in ("千元", "百元", "元/月", "亩", "公顷", "人", "户", "个", "天", "日", "年", "岁", "次", "%")
    },
}
"""Units as headers write them (after normal_label), and their one name here."""

UNITS_OF_TYPE: Final = {
    "fen": frozenset({"元", "万元", "千元", "百元"}),
    "mu100": frozenset({"亩", "公顷"}),
    "dm2": frozenset({"平方米"}),
    "km": frozenset({"公里", "米"}),
    "count": frozenset({"人", "户", "个", "次"}),
    "year": frozenset({"年"}),
    "day": frozenset({"年", "月", "日"}),
}
"""Units that a field of a type can carry; a header with another unit is not that field."""


@dataclass(frozen=True, slots=True)
class Header:
    """The labels over one column, from the top down.

    texts  what the cells say, blanks and repetitions left out
    """

    texts: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return the label as people would call the column: all levels, from the top down."""
        return "/".join(" ".join(text.split()) for text in self.texts)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read a label.

    word  the label to look up
    unit  the unit that stood in it, '' for none
    year  the year that stood before it, None for none
    """

    word: str
    unit: str = ""
    year: int | None = None


_normal = lru_cache(maxsize=4096)(normal_label)
"""The top of a sheet is read again and again, as block after block is tried as the header."""


@lru_cache(maxsize=4096)
def forms(text: str) -> tuple[Form, ...]:
    """Return the readings of a label, the most literal first: as it is, without year, unit, brackets."""
    return tuple(_readings(text))


def _readings(text: str) -> Iterator[Form]:
    word = _NUMBERING.sub("", _DECORATION.sub("", normal_label(text))).rstrip(":。;,")
    yield Form(word)
    year = _YEAR.match(word)
    stated = int(year[1]) if year else None
    if year:
        word = word[year.end() :]
        yield Form(word, year=stated)
    bracket = _BRACKET.match(word)
    if bracket:
        inner = bracket[2].removeprefix("单位").strip(":")
        yield Form(bracket[1], UNITS.get(inner, ""), stated)
    for unit in ("万元", "元", "亩", "m2", "平方米"):
        if word.endswith(unit) and len(word) > len(unit) + 1:
            yield Form(word.removesuffix(unit).rstrip(",:/-_"), UNITS[unit], stated)


def is_unit(text: str) -> bool:
    """Tell whether a cell of the header is nothing but a unit."""
    return normal_label(text).strip("()") in UNITS


def unit_of(text: str) -> str:
    """Return the one name of a unit."""
    return UNITS[normal_label(text).strip("()")]


def stated_money_unit(texts: Sequence[str]) -> str:
    """Return the unit of money that the title rows state (单位：万元), '' for none."""
    for text in texts:
        found = _STATED_UNIT.search(normal_label(text))
        if found:
            return found[1]
    return ""


def is_index_row(row: Sequence[str]) -> bool:
    """Tell whether a row only numbers the columns: 1 2 3 ..., (1) (2) ..., 甲 乙 1 2 ..."""
    words = [_normal(cell) for cell in row if cell.strip()]
    if len(words) < _FEWEST_NUMBERS or not all(_INDEX.match(word) for word in words):
        return False
    numbers = [int("".join(filter(str.isdigit, word))) for word in words if any(map(str.isdigit, word))]
    return len(numbers) >= _FEWEST_NUMBERS and all(after - before == 1 for before, after in pairwise(numbers))


def stacks(rows: Sequence[Sequence[str]], first: int, merges: Sequence[tuple[int, int, int, int]]) -> list[Header]:
    """Return one header for each column of a block of header rows.

    rows    the rows of the block
    first   number of its first row within the sheet, counted from 0
    merges  merged ranges of the sheet; where none touches the block, a blank cell takes the label to its left
    """
    grid = [[cell.strip() for cell in row] for row in rows]
    last = first + len(rows) - 1
    touching = [merge for merge in merges if first <= merge[0] <= last or first <= merge[2] <= last]
    for top, left, bottom, right in touching:
        if not first <= top <= last:
            continue
        text = grid[top - first][left] if left < len(grid[0]) else ""
        for row in range(top, min(bottom, last) + 1):
            for column in range(left, min(right + 1, len(grid[0]))):
                grid[row - first][column] = text
    if not touching:
        _fill_right(grid)
    return [_stack([row[column] for row in grid]) for column in range(len(grid[0]))] if grid else []


def _fill_right(grid: list[list[str]]) -> None:
    """Give blank cells the label to their left, as far as both stand over further labels."""
    for number, row in enumerate(grid[:-1]):
        current = ""
        for column, text in enumerate(row):
            below = any(lower[column] for lower in grid[number + 1 :])
            if text:
                current = text if below else ""
            elif below and current:
                row[column] = current


def _stack(texts: Sequence[str]) -> Header:
    kept: list[str] = []
    for text in texts:
        if text and (not kept or _normal(kept[-1]) != _normal(text)):
            kept.append(text)
    return Header(tuple(kept))
