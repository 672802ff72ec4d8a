"""What every workbook of the project shares: text stays text, nothing becomes a formula or a link."""

import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format

HARMLESS: Final[dict[str, Any]] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": False,
}
"""Options of XlsxWriter under which a cell that begins with = is a text like any other."""

LONGEST_CELL: Final = 32_767
LONGEST_SHEET_NAME: Final = 31
_FORBIDDEN_IN_NAME: Final = "[]:*?/\\"
_WIDEST: Final = 40
_NARROWEST: Final = 6


def sheet_name(wanted: str, taken: Sequence[str] = ()) -> str:
    """Return a name that Excel accepts, like the wanted one and not among those taken."""
    plain = "".join(" " if character in _FORBIDDEN_IN_NAME else character for character in wanted).strip(" '")
    plain = plain[:LONGEST_SHEET_NAME] or "Sheet"
    lowered = {name.casefold() for name in taken}
    name, turn = plain, 2
    while name.casefold() in lowered:
        ending = f" ({turn})"
        name, turn = plain[: LONGEST_SHEET_NAME - len(ending)] + ending, turn + 1
    return name


def shown_width(text: str) -> int:
    """Return how many narrow characters a text is wide: a Chinese character counts two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def column_width(texts: Sequence[str]) -> int:
    """Return a fitting column width for these texts."""
    return min(max(map(shown_width, texts), default=0) + 2, _WIDEST) if texts else _NARROWEST


def text_format(workbook: Workbook, **more: object) -> Format:
    """Return the format of text cells: numbers stay text when edited, lines are drawn."""
    return workbook.add_format({"num_format": "@", "border": 1, "valign": "vcenter", **more})


def fitted(text: str) -> str:
    """Return the text as one cell can hold it."""
    return text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL]
