"""Days: the calendar day as people and the register write it."""

from calendar import monthrange
from datetime import date, timedelta, timezone
from typing import Final

SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")

OPEN_START: Final = date(1900, 1, 1)
"""Start of a fact whose beginning nobody stated: true since before the register began."""


def day_number(day: date) -> int:
    """Return the day as the integer yyyymmdd that columns carry."""
    return day.year * 10_000 + day.month * 100 + day.day


def number_day(number: int) -> date:
    """Return the date of an integer yyyymmdd; raises ValueError for a day that no calendar has."""
    return date(number // 10_000, number // 100 % 100, number % 100)


def age_on(born: date | None, on: date) -> int | None:
    """Return whole years of age on a day; None for a birthday that nobody knows."""
    if born is None or born <= OPEN_START or born > on:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def whole_months(since: date, on: date) -> int:
    """Return the whole calendar months from one day to another (整月数); 0 where the second is earlier.

    A month is over on the day of the same number, or on the last day of a month that has no such day.
    """
    if on < since:
        return 0
    months = (on.year - since.year) * 12 + on.month - since.month
    return months - (on.day < min(since.day, monthrange(on.year, on.month)[1]))
