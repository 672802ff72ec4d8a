"""Arithmetic of published figures: shares, changes, partitions (通报数字).

Whole numbers and exact decimals go in, exact decimals come out; rounding happens once, half up, to
the precision that the sentence states. Percentage points (百分点) and per cent (%) are two things.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

Exact = int | Decimal

PER_CENT: Final = 100
_TEN: Final = 10


def rounded(value: Fraction | Exact, digits: int = 0) -> Decimal:
    """Round half up, away from zero (四舍五入).

    value    an exact number
    digits   decimals that stay
    Returns  a decimal with exactly so many digits
    """
    exact = Fraction(value) * _TEN**digits
    whole, part = divmod(abs(exact.numerator), exact.denominator)
    scaled = whole + (part + part >= exact.denominator)
    return Decimal(-scaled if exact < 0 else scaled).scaleb(-digits)


def share_percent(part: int, whole: int, digits: int = 0) -> Decimal | None:
    """Tell a share in per cent (占比).

    part, whole  counts of the same unit
    digits       decimals of the printed figure
    Returns      per cent, rounded half up; None when the whole is empty, since an empty place has no rate
    """
    return rounded(Fraction(part * PER_CENT, whole), digits) if whole else None


def ratio(total: Exact, count: int, digits: int = 0) -> Decimal | None:
    """Tell how much falls to each of `count` (平均), rounded half up; None when there is none of them."""
    return rounded(Fraction(total) / count, digits) if count else None


def point_change(before_percent: Exact, after_percent: Exact) -> Exact:
    """Tell the change between two percentages in percentage points (个百分点)."""
    return after_percent - before_percent


def percent_change(before: Exact, after: Exact, digits: int = 0) -> Decimal | None:
    """Tell the relative change in per cent (增减百分比), rounded half up; None when it starts from zero."""
    return rounded((Fraction(after) - Fraction(before)) * PER_CENT / Fraction(before), digits) if before else None


def implied_base(change: int, points: Exact) -> int:
    """Tell the population that a change of so many people and so many points implies (推算基数).

    change   people
    points   percentage points of the same change, not zero
    Returns  people, rounded half up: a check of consistency, never a denominator
    """
    return int(rounded(Fraction(change) * PER_CENT / Fraction(points)))


def missing_of_whole(parts: Iterable[int], whole: int) -> int:
    """Tell what the parts lack to make up the whole (分项与合计之差).

    Returns  0 when they make it up, negative when they exceed it
    """
    return whole - sum(parts)


def more_than(number: int) -> range:
    """Read a count followed by 多 (600多, 2万多): from the number up to, not including, its next step.

    number   the count before 多, positive
    Returns  the whole numbers it may stand for; the step is the place of its last digit that is not zero
    """
    step = 1
    while number % (step * _TEN) == 0:
        step *= _TEN
    return range(number, number + step)


def higher_than(growth_percent: Exact, references: Mapping[str, Exact]) -> dict[str, tuple[bool, Exact]]:
    """Compare a growth rate with others (三个高于): each comparison is strict and stands for itself.

    growth_percent  growth of the place, per cent
    references      growth of the city, the province, the nation's poor areas, per cent
    Returns         for each reference whether the place is higher, and by how many points
    """
    return {name: (growth_percent > other, point_change(other, growth_percent)) for name, other in references.items()}
