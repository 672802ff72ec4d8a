"""Rows by welfare: ranks, weighted quantiles and densities (排序、分位数、密度).

The rows of each group are sorted by welfare. A quantile is that of EU-SILC: the first value at which the
cumulative weight passes the share, and the mean of two neighbours where it meets it exactly.
"""

import math
from typing import Final

import polars as pl

EVEN: Final = 1e-12
"""Cumulative shares nearer than this are the same; smaller than the share of any person of the Earth."""

WEIGHT: Final = pl.col("weight")
WELFARE: Final = pl.col("welfare")
MONEY: Final = WEIGHT * WELFARE

HALF: Final = 0.5
KERNEL: Final = 1 / math.sqrt(math.tau)
BANDWIDTH_POWER: Final = -0.2


def order(rows: pl.DataFrame) -> pl.DataFrame:
    """Sort rows by group and welfare and give each its place.

    rows     `group`, `welfare`, `weight` and what else there is
    Returns  the rows with `below` (weight up to and with the row), `rank` (weight below plus half the weight at
             the same welfare) and `money_rank` (the same of weight times welfare), each within the group:
             rows of equal welfare have equal ranks, whatever their order
    """
    ordered = rows.sort("group", "welfare").with_columns(
        below=WEIGHT.cum_sum().over("group"), money_below=MONEY.cum_sum().over("group")
    )
    starts = (pl.struct("group", "welfare") != pl.struct("group", "welfare").shift(1)).fill_null(value=True)
    ends = starts.shift(-1, fill_value=True)
    return ordered.with_columns(
        rank=_middle(pl.col("below"), WEIGHT, starts, ends),
        money_rank=_middle(pl.col("money_below"), MONEY, starts, ends),
    ).drop("money_below")


def _middle(below: pl.Expr, own: pl.Expr, starts: pl.Expr, ends: pl.Expr) -> pl.Expr:
    """Return the mean of the cumulative sums before and after all rows of the same welfare."""
    before = pl.when(starts).then(below - own).forward_fill()
    after = pl.when(ends).then(below).backward_fill()
    return (before + after) * HALF


def quantile(share: float, among: pl.Expr | None = None) -> pl.Expr:
    """Return the weighted quantile of ordered rows, to be aggregated by group.

    share   between 0 and 1
    among   the poorest rows alone, as a truth value per row; all where left out
    """
    people = WEIGHT.sum() if among is None else WEIGHT.filter(among).sum()
    welfare, reached = (WELFARE, pl.col("below"))
    if among is not None:
        welfare, reached = welfare.filter(among), reached.filter(among)
    at = welfare.filter(reached >= (share - EVEN) * people).first()
    beyond = welfare.filter(reached > (share + EVEN) * people).first()
    return (at + beyond.fill_null(at)) * HALF


def quantiles(ordered: pl.DataFrame, shares: pl.Series) -> pl.Series:
    """Return many weighted quantiles of one ordered group, one for each share."""
    reached = ordered["below"] / ordered["below"][-1]
    last = ordered.height - 1
    at = reached.search_sorted(shares - EVEN, side="left").clip(upper_bound=last)
    beyond = reached.search_sorted(shares + EVEN, side="right").clip(upper_bound=last)
    return (ordered["welfare"].gather(at) + ordered["welfare"].gather(beyond)) * HALF


def density(point: pl.Expr) -> pl.Expr:
    """Return the density of welfare at a point, to be aggregated by group.

    A Gaussian kernel of width sd x people^(-1/5), as the linearised variances of EU-SILC use it.

    point    welfare; a column with the same value for all rows of a group
    Returns  people's share per unit of welfare, null where all have the same
    """
    width = pl.col("spread") * pl.col("people").pow(BANDWIDTH_POWER)
    distance = (point - WELFARE) / width
    kernel = (distance.pow(2) * -HALF).exp() * KERNEL / width
    found = (WEIGHT * kernel).sum() / WEIGHT.sum()
    return pl.when(pl.col("spread").first() > 0).then(found)
