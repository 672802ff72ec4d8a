"""Formulas of derived columns: months, sums, gaps, what the head has, what an ID number tells.

Money, land and days stay whole numbers; what is unknown stays unknown.
"""

from collections.abc import Callable
from functools import reduce
from typing import Final

import narwhals as nw

from bangfu.analysis.quality.setting import Setting
from bangfu.kernel.days import day_number
from bangfu.rules.facts import Columns
from bangfu.rules.income import FORM_GROUPS, income_from_items

YEAR: Final = 10_000
"""A day is the whole number yyyymmdd: divided by this it is its year."""

_MONTH: Final = 100
_ID_PATTERN: Final = r"^\d{17}[0-9X]([1-7][1-4]([Bb]\d)?)?$"
_PHONE_PATTERN: Final = r"^1[3-9]\d{9}$"
Formula = Callable[[Setting], nw.Expr]


def whole(name: str) -> nw.Expr:
    """Return a column as whole numbers wide enough for products."""
    return nw.col(name).cast(nw.Int64)


def month_number(name: str) -> nw.Expr:
    """Return the months since year 0 of a day column: year x 12 + month, so that every year weighs the same."""
    return whole(name) // YEAR * 12 + whole(name) // _MONTH % _MONTH


def months_between(start: str, end: str) -> Formula:
    """Count calendar months from one day column to another; days within a month do not matter."""
    return lambda _: month_number(end) - month_number(start)


def months_since(start: str) -> Formula:
    """Count calendar months from a day column to the day of the check."""
    return lambda setting: nw.lit(setting.on.year * 12 + setting.on.month, dtype=nw.Int64) - month_number(start)


def bits_set(column: str, code_list: str) -> Formula:
    """Count the codes that a column of flags holds."""

    def build(setting: Setting) -> nw.Expr:
        counted = [whole(column) // (1 << bit) % 2 for bit in setting.bits(code_list)]
        return reduce(lambda left, right: left + right, counted)

    return build


def main_cause_repeated(setting: Setting) -> nw.Expr:
    """Tell whether the main cause stands among the other causes as well."""
    both = [
        (nw.col("main_cause") == bit) & (whole("other_causes") // (1 << bit) % 2 == 1)
        for bit in setting.bits("poverty_cause")
    ]
    return reduce(lambda left, right: left | right, both)


def whole_sum(*names: str) -> nw.Expr:
    """Add columns; unknown when one is."""
    return reduce(lambda left, right: left + right, [whole(name) for name in names])


def gap(total: str, added: tuple[str, ...], taken: tuple[str, ...] = ()) -> Formula:
    """Return by how much a total differs from its parts (less what is taken off), without sign."""

    def build(_: Setting) -> nw.Expr:
        rest = whole_sum(*added) - whole(total)
        return (rest - whole_sum(*taken) if taken else rest).abs()

    return build


def income_pc(_: Setting) -> nw.Expr:
    """Return net income per head in whole fen: from its items, else as stated per head, else from the stated total.

    Rounded up, so that the figure is at most a line exactly when the income behind it is.
    """
    items = dict.fromkeys(FORM_GROUPS, "add") | {"business_cost_fen": "subtract"}
    heads = whole("declared_members")

    def each(fen: nw.Expr) -> nw.Expr:
        return nw.when(heads > 0).then((fen + heads - 1) // heads)

    stated = whole("net_income_pc_fen")
    return nw.coalesce(each(income_from_items(Columns(), items)), stated, each(whole("net_income_fen")))


def known_sum(*names: str) -> Formula:
    """Add what is known of several columns."""
    return lambda _: reduce(lambda left, right: left + right, [whole(name).fill_null(0) for name in names])


def of_head(column: str) -> Formula:
    """Return for every member what the head of the household has in a column."""

    def build(setting: Setting) -> nw.Expr:
        head = nw.col("relation") == setting.number("relation", "户主")
        return nw.when(head).then(whole(column)).max().over("household")

    return build


def id_part(start: int, length: int) -> nw.Expr:
    """Return digits of a readable ID number as a whole number, else unknown."""
    readable = nw.col("id_no").str.contains(_ID_PATTERN)
    return nw.when(readable).then(nw.col("id_no")).str.slice(start, length).cast(nw.Int64)


def id_sex(setting: Setting) -> nw.Expr:
    """Return the sex that the seventeenth digit of the ID number tells."""
    odd = id_part(16, 1) % 2 == 1
    male, female = setting.number("sex", "男"), setting.number("sex", "女")
    return nw.when(odd).then(nw.lit(male)).otherwise(nw.when(~odd).then(nw.lit(female)))


def age(setting: Setting) -> nw.Expr:
    """Return whole years of age on the day of the check."""
    return (nw.lit(day_number(setting.on), dtype=nw.Int64) - whole("born_on")) // YEAR


def is_phone(column: str) -> Formula:
    """Tell whether a phone is a mobile number."""
    return lambda _: nw.col(column).str.contains(_PHONE_PATTERN)


def in_two_households(column: str) -> Formula:
    """Tell whether a value also stands in another household."""

    def build(_: Setting) -> nw.Expr:
        household = nw.col("household")
        shared = household.min().over(column) != household.max().over(column)
        return nw.when(~nw.col(column).is_null()).then(shared)

    return build


def repeats(column: str) -> Formula:
    """Count the rows that hold the same value."""
    return lambda _: nw.when(~nw.col(column).is_null()).then(nw.col(column).count().over(column))


def length(column: str) -> Formula:
    """Count the characters of a text."""
    return lambda _: nw.col(column).str.len_chars()
