"""How many identity numbers remain possible for a person after a notice: the measure of what it gives away.

Whoever reads a notice knows the county (six digits), what the notice says of birth and sex, and every digit that
is left standing. The check character is no secret: it removes a factor of eleven, and is reckoned with here.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from bangfu.kernel.ids import CHECK_CHARACTERS, WEIGHTS

ENOUGH = 10_000
"""At least so many numbers must remain for every person named."""
OLDEST = 100
GROWN = 18
"""Only grown people are named as heads."""
UNKNOWN = "?" * 18
SILENT = {"序号", "户主姓名", "村民小组", "人数", "家庭人口", "拟办事项"}
"""Columns that say nothing about a number. A column that is in no list here has to be weighed first."""
SEXES = {"女": 0, "男": 1}


@dataclass(frozen=True)
class Told:
    """What a reader knows of one person.

    county  the six digits before the birthday
    born    first and last day on which the person may be born
    sex     remainder of the sequence by two; None where it is not told
    digits  18 signs, ? where the digit is not told
    """

    county: str
    born: tuple[date, date]
    sex: int | None = None
    digits: str = UNKNOWN


def told_by(columns, row, county, on):
    """Return what a row of a notice tells about the head, on the day of posting."""
    told = Told(county, (_years_before(on, OLDEST), _years_before(on, GROWN)))
    for column, text in zip(columns, row, strict=True):
        if column == "性别":
            told = replace(told, sex=SEXES[text])
        elif column == "年龄":
            told = replace(told, born=(_years_before(on, int(text) + 1) + timedelta(1), _years_before(on, int(text))))
        elif column == "身份证号":
            assert len(text) == len(UNKNOWN)
            told = replace(told, digits=re.sub("[^0-9X]", "?", text))
        else:
            assert column in SILENT, f"{column}: weigh what it tells about a person's number"
            assert not re.search("[0-9]{3}", text), f"{column} holds digits"
    return told


@cache
def candidates(told):
    """Return how many valid identity numbers agree with what is told."""
    by_remainder = Counter(
        _weighed(f"{sequence:03}", 14)
        for sequence in range(1000)
        if told.sex in {None, sequence % 2} and _agrees(f"{sequence:03}", told.digits[14:17])
    )
    checks = [place for place, sign in enumerate(CHECK_CHARACTERS) if told.digits[17] in {"?", sign}]
    first, last = told.born
    total = 0
    for number in range(first.toordinal(), last.toordinal() + 1):
        opening = f"{told.county}{date.fromordinal(number):%Y%m%d}"
        if _agrees(opening, told.digits[:14]):
            weight = _weighed(opening, 0)
            total += sum(by_remainder[(check - weight) % 11] for check in checks)
    return total


def _weighed(digits, place):
    return sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS[place:], strict=False)) % 11


def _agrees(digits, told):
    return all(known in {"?", digit} for digit, known in zip(digits, told, strict=True))


def _years_before(day, years):
    return day.replace(year=day.year - years, day=min(day.day, 28))
