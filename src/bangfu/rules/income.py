"""Income of a household and its place beside a line (家庭人均收入与标准).

The amount compared and the number of people it belongs to are two columns, `income_fen` and
`income_heads`; a rule multiplies the line by the heads and never divides. Net income (纯收入) and
disposable income (可支配收入) are two measures: which items count, and with which sign, is the
programme's word, and neither measure stands in for the other.
"""

from collections.abc import Mapping
from enum import IntEnum, auto
from functools import reduce
from operator import add
from typing import Final

import narwhals as nw
import polars as pl

from bangfu.rules.compare import compare
from bangfu.rules.facts import Facts

FORM_GROUPS: Final = ("wage_fen", "business_fen", "business_cost_fen", "property_fen", "transfer_fen")
"""Groups of the registration form; all must be known before items are added up."""

TRANSFER_PARTS: Final = (
    "dibao_fen",
    "tekun_fen",
    "pension_fen",
    "family_planning_fen",
    "eco_compensation_fen",
    "other_transfer_fen",
)
"""Parts of transfer income; together they stand in for a group total that nobody stated."""

STATED: Final = {"net": ("net_income_pc_fen", "net_income_fen"), "disposable": ("disposable_income_pc_fen",)}
"""Figures that a ledger states of each measure: per head, then in total; no ledger states a disposable total."""


class Basis(IntEnum):
    """Where the compared amount comes from (收入口径), in the order of their weight."""

    ITEMS = auto()
    STATED_PER_HEAD = auto()
    STATED_TOTAL = auto()


def income_compared(household: Facts, measure: str) -> tuple[nw.Expr, nw.Expr]:
    """Choose the income by which a household is judged (家庭收入口径).

    Items first: the ledger's own groups can be checked one by one. Where a group is missing, the
    figure per head as stated (人均收入) counts, then the stated total; else income is unknown.

    household  `income_from_items_fen` and the stated figures, fen a year, and `members`, people
    measure    "net" or "disposable": which stated figures say the same thing
    Returns    the amount compared, and the number of people to whom it belongs
    """
    items = household.income_from_items_fen
    per_head, *totals = (getattr(household, name) for name in STATED[measure])
    by_head = items.is_null() & ~per_head.is_null()
    heads = nw.when(by_head).then(nw.lit(1, nw.Int64)).otherwise(household.members)
    return nw.coalesce(items, per_head, *totals), heads


def income_basis(measure: str) -> pl.Expr:
    """Tell where the income compared comes from, for people to read (收入口径).

    measure  "net" or "disposable"
    Returns  a `Basis`, unknown without any income, for a table with `income_from_items_fen` and the stated figures
    """
    sources = ("income_from_items_fen", *STATED[measure])
    return pl.coalesce(
        pl.when(pl.col(name).is_not_null()).then(pl.lit(basis.value, pl.Int8))
        for name, basis in zip(sources, Basis, strict=False)
    )


def income_from_items(household: Facts, items: Mapping[str, str]) -> nw.Expr:
    """Add up the items that the programme counts (各项收入之和); business losses are not cut off at zero.

    Every group of the form and every deduction must be known, since a missing one would make the
    household look poorer or richer than it is. Another item counts when it is recorded.

    household  columns of income items, fen a year
    items      what the programme does with each item: add, subtract or exclude
    Returns    fen a year; unknown while a needed item is
    """
    terms = [
        _term(household, name, inclusion)
        for name, inclusion in items.items()
        if inclusion != "exclude" and name not in TRANSFER_PARTS
    ]
    return reduce(add, terms)


def transfer_income(household: Facts) -> nw.Expr:
    """Tell transfer income (转移性收入): the group as stated, else the sum of its known parts.

    household  columns `transfer_fen` and the parts of the group, fen a year
    Returns    fen a year; unknown when neither the group nor any part is known
    """
    parts = [getattr(household, name) for name in TRANSFER_PARTS]
    one_known = ~nw.coalesce(*parts).is_null()
    return nw.coalesce(household.transfer_fen, nw.when(one_known).then(nw.sum_horizontal(*parts)))


def income_below_line(household: Facts, line_fen: nw.Expr | int, operator: str = "<") -> nw.Expr:
    """Tell whether income per head is below the line (人均收入低于标准).

    Multiplies instead of dividing: whole fen stay whole on every engine, and a household without a
    member count comes out as unknown, not as rich.

    household  `income_fen` (fen a year) and `income_heads` (people it belongs to)
    line_fen   the line, in fen per person per year
    operator   the word of the law: 低于 is `<`, 以下 is `<=`
    Returns    a boolean, or a boolean column with one value per household
    """
    return compare(household.income_fen, operator, line_fen * household.income_heads)


def income_above_line(household: Facts, line_fen: nw.Expr | int, operator: str = ">") -> nw.Expr:
    """Tell whether income per head is above the line (人均收入超过标准); exactly on it is not above it.

    household  `income_fen` (fen a year) and `income_heads` (people it belongs to)
    line_fen   the line, in fen per person per year
    operator   the word of the law: 超过 is `>`, 不低于 is `>=`
    Returns    a boolean, or a boolean column with one value per household
    """
    return compare(household.income_fen, operator, line_fen * household.income_heads)


def whole_fen_per_head(fen: pl.Expr, heads: pl.Expr) -> pl.Expr:
    """Tell income per head in whole fen, rounded down, for people to read (人均收入).

    Rounded down, the figure is below a line exactly when the income behind it is. Engines differ in
    how they divide a negative amount, so it is divided once the rows have left the engine.

    fen, heads  columns of income and of the people it belongs to
    Returns     fen per head; unknown when either is
    """
    return fen // heads


def _term(household: Facts, name: str, inclusion: str) -> nw.Expr:
    amount = transfer_income(household) if name == "transfer_fen" else getattr(household, name)
    if inclusion == "subtract":
        return -amount
    return amount if name in FORM_GROUPS else amount.fill_null(0)
