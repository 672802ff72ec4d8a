"""What it would cost to help those who are identified, and how far a budget goes (补助测算).

All sums are whole fen. A household whose income is not known is counted apart: nobody can say what it lacks.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from bangfu.analysis.income_sums import with_income_sums
from bangfu.analysis.plan import Plan

GAP: Final = "gap_fen"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A yearly payment to every identified household (补助方案).

    per_head_fen  fen for each member; None lifts each household just to the line (补差)
    budget_fen    money to spend, the poorest per head first; None for as much as it takes
    """

    per_head_fen: int | None = None
    budget_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What a payment comes to (测算结果); fen, households and persons.

    gap_fen          what the identified households with a known income lack to the line, before any payment
    below            identified households below the line
    income_unknown   identified households whose income is unknown: not paid by 补差, and in no sum of gaps
    cost_fen         what paying everybody would cost
    spent_fen        what is paid within the budget
    paid_households, paid_persons  who gets it
    gap_left_fen     what they lack afterwards
    below_left       identified households still below the line
    """

    gap_fen: int
    below: int
    income_unknown: int
    cost_fen: int
    spent_fen: int
    paid_households: int
    paid_persons: int
    gap_left_fen: int
    below_left: int


def with_gap(rows: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Add what each household lacks to the line a year, as the indicator of gap money counts it (收入缺口).

    rows     the rows of a run
    plan     its plan
    Returns  the rows with `gap_fen`: 0 at or above the line, unknown without an income or a line
    """
    if plan.line_criterion is None:
        return rows.with_columns(pl.lit(None, pl.Int64).alias(GAP))
    gap = with_income_sums(rows, plan).select(pl.when(pl.col("income_poor").is_not_null()).then(GAP).alias(GAP))
    return rows.hstack(gap.collect())


def cost_of(rows: pl.DataFrame, transfer: Transfer) -> Cost:
    """Tell what a payment to the identified households costs and what it leaves (补助测算).

    rows      rows of a run with `gap_fen`, see `with_gap`
    transfer  what is paid
    """
    mine = rows.filter(pl.col("outcome") == 1).select("household", "persons", "income_pc_fen", GAP)
    pay = pl.col(GAP) if transfer.per_head_fen is None else pl.col("persons").cast(pl.Int64) * transfer.per_head_fen
    listed = mine.with_columns(pay=pay).sort("income_pc_fen", "household", nulls_last=True)
    asked = listed.with_columns(due=pl.col("pay").fill_null(0))
    within = pl.lit(value=True) if transfer.budget_fen is None else pl.col("due").cum_sum() <= transfer.budget_fen
    paid = asked.with_columns(paid=within & (pl.col("due") > 0))
    left = pl.max_horizontal(pl.col(GAP) - pl.when("paid").then("due").otherwise(0), 0)
    sums = paid.select(
        gap_fen=pl.col(GAP).sum(),
        below=(pl.col(GAP) > 0).sum(),
        income_unknown=pl.col(GAP).null_count(),
        cost_fen=pl.col("due").sum(),
        spent_fen=pl.col("due").filter("paid").sum(),
        paid_households=pl.col("paid").sum(),
        paid_persons=pl.col("persons").cast(pl.Int64).filter("paid").sum(),
        gap_left_fen=pl.when(pl.col(GAP).is_not_null()).then(left).sum(),
        below_left=(pl.when(pl.col(GAP).is_not_null()).then(left) > 0).sum(),
    )
    return Cost(**sums.row(0, named=True))
