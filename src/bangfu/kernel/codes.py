"""Codes of administrative divisions (统计用区划代码).

The National Bureau of Statistics gives every division 12 digits: province 2, prefecture 2,
county 2, town 3, village 3. A shorter code is the division's own part; the rest are zeros.
"""

from enum import IntEnum

FULL_LENGTH = 12


class Level(IntEnum):
    """Levels of the tree of divisions, from the country down."""

    COUNTRY = 0
    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWN = 4
    VILLAGE = 5


_DIGITS = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.TOWN: 9, Level.VILLAGE: 12}


def is_division_code(text: str) -> bool:
    """Tell whether `text` is a Chinese division code of 2, 4, 6, 9 or 12 digits."""
    return text.isascii() and text.isdigit() and len(text) in _DIGITS.values()


def division_number(text: str) -> int:
    """Return the 12-digit number of a Chinese division code of 2 to 12 digits."""
    return int(text.ljust(FULL_LENGTH, "0"))


def division_level(number: int) -> Level:
    """Return the level of a 12-digit division number: the last one whose own digits are not all zero."""
    text = str(number).rjust(FULL_LENGTH, "0")
    for level in reversed(Level):
        start = _DIGITS.get(Level(level - 1), 0) if level > Level.PROVINCE else 0
        if level != Level.COUNTRY and int(text[start : _DIGITS[level]]) != 0:
            return level
    return Level.COUNTRY


def ancestor(number: int, level: Level) -> int:
    """Return the 12-digit number of the division of `level` that holds this one."""
    unit = 10 ** (FULL_LENGTH - _DIGITS[level])
    return int(number // unit * unit)
