"""The check of 613,000 identity numbers by column, against python-stdnum one by one."""

import random
from collections.abc import Callable
from datetime import date

import polars as pl
from stdnum.cn import ric

from bangfu.kernel.id_columns import examine_ids
from bangfu.kernel.ids import check_character
from benchmarks.measuring import Line, measured

COUNT = 613_000
GOAL = 0.2


def made_up_ids(count: int, seed: int = 1) -> list[str]:
    """Return well-formed numbers of persons who do not exist (region 99)."""
    dice = random.Random(seed)
    first = [
        f"990101{dice.randint(1940, 2015)}{dice.randint(1, 12):02d}{dice.randint(1, 28):02d}{dice.randint(0, 999):03d}"
        for _ in range(count)
    ]
    return [digits + check_character(digits) for digits in first]


def by_column() -> Callable[[], object]:
    """Prepare the check of the whole column: repairs, day, check character, what the number tells."""
    column = pl.Series(made_up_ids(COUNT))
    return lambda: examine_ids(column, date(2026, 1, 1))


def one_by_one() -> Callable[[], object]:
    """Prepare python-stdnum's birth day and check character, without its look-up of the division."""
    ids = made_up_ids(COUNT)
    return lambda: [(ric.get_birth_date(number), ric.calc_check_digit(number) == number[-1]) for number in ids]


def main() -> list[Line]:
    """Measure both."""
    plain = measured("ids: python-stdnum, 613,000", "benchmarks.ids:one_by_one", times=1)
    ours = measured("ids: examine_ids, 613,000", "benchmarks.ids:by_column")
    return [plain, ours.against(plain, GOAL)]
