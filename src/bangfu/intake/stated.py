"""The day from which a sheet's facts hold, as its title or its file's name tells."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import Final

_DAY: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?")
_PLAIN_DAY: Final = re.compile(r"(?<!\d)(20\d\d)[-./]?(0[1-9]|1[0-2])(?:[-./]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_PLAIN_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def stated_day(titles: Sequence[str], file_name: str, sheet_name: str) -> date | None:
    """Return the day that the title rows, else the file's name, else the sheet's name tell (截止日期).

    A year alone means its first day, a month its first day.

    titles  texts above the header
    Returns None where nothing tells a day
    """
    name = PurePath(file_name).stem
    for text in (*titles, name, sheet_name):
        for pattern in (_DAY, _PLAIN_DAY):
            for found in pattern.finditer("".join(text.split())):
                day = _day(found[1], found[2], found[3])
                if day:
                    return day
    year = _PLAIN_YEAR.search(name) or _PLAIN_YEAR.search(sheet_name)
    return date(int(year[1]), 1, 1) if year else None


def _day(year: str, month: str | None, day: str | None) -> date | None:
    try:
        return date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
