"""Indices of poverty: FGT, Watts, Sen, Sen-Shorrocks-Thon, and the money that is lacking (贫困指数).

People are counted by weight w, W in all. q marks the poor, z is the line, x = q (1 - y/z) the gap.

    fgt0   sum w q / W              incidence (发生率)                    Foster, Greer, Thorbecke 1984
    fgt1   sum w x / W              depth (深度)
    fgt2   sum w x^2 / W            severity (强度)
    watts  sum w q ln(z/y) / W      over the poor with y > 0; the others count in W alone    Watts 1968
    sen    fgt0 [I + (1 - I) G]     I = fgt1 / fgt0, G the Gini of the poor                  Sen 1976
    sst    fgt1 (1 + Gx)            Gx the Gini of everybody's gap                           Shorrocks 1995
    rmpg   (z - median of the poor) / z                                                      Eurostat
    gap_money   sum w q (z - y)     what would lift everybody to the line

Welfare below zero stays as it is: its gap exceeds 1. Where the line is not above zero and somebody is below
it, what is a share of the line is unknown.
"""

from typing import Final

import polars as pl

from bangfu.analysis.measures.line import Line
from bangfu.analysis.measures.ordered import HALF, MONEY, WEIGHT, WELFARE, quantile

INDICES: Final = ("fgt0", "fgt1", "fgt2", "watts", "sen", "sst", "rmpg")
SHARES_OF_THE_LINE: Final = ("fgt1", "fgt2", "watts", "sen", "sst")

_PEOPLE: Final = pl.col("people")
_POOR: Final = pl.col("poor")
_RANK: Final = pl.col("rank")


def poverty_sums(line: Line) -> dict[str, pl.Expr]:
    """Return what is added up over the ordered rows of a group."""
    poor, gap = line.poor(), line.gap()
    counted = poor & (WELFARE > 0)
    return {
        "poor": WEIGHT.filter(poor).sum(),
        "poor_sample": poor.sum(),
        "poor_money": MONEY.filter(poor).sum(),
        "poor_ranked": (MONEY * _RANK).filter(poor).sum(),
        "gaps": (WEIGHT * gap).filter(poor).sum(),
        "gap_squares": (WEIGHT * gap.pow(2)).filter(poor).sum(),
        "gaps_ranked": (WEIGHT * gap * _RANK).filter(poor).sum(),
        "poor_positive": WEIGHT.filter(counted).sum(),
        "logs_lacking": (WEIGHT * _logs_lacking(line)).filter(counted).sum(),
        "poor_median": quantile(HALF, poor),
    }


def _logs_lacking(line: Line) -> pl.Expr:
    return (line.amount / WELFARE).log() if line.amount > 0 else pl.lit(0.0)


def poverty_values(line: Line) -> dict[str, pl.Expr]:
    """Return the indices of a group from its sums."""
    values = {"fgt0": _POOR / _PEOPLE, "gap_money": _POOR * line.amount - pl.col("poor_money")}
    if line.amount <= 0:
        nobody = pl.when(_POOR == 0).then(0.0)
        return values | dict.fromkeys(SHARES_OF_THE_LINE, nobody) | {"rmpg": pl.lit(None, pl.Float64)}
    unranked = pl.col("poor_money") - _mean_ranked()
    return values | {
        "fgt1": pl.col("gaps") / _PEOPLE,
        "fgt2": pl.col("gap_squares") / _PEOPLE,
        "watts": pl.col("logs_lacking") / _PEOPLE,
        "sen": (_POOR - 2 * unranked / line.amount) / _PEOPLE,
        "sst": 2 * _gaps_above() / _PEOPLE,
        "rmpg": 1 - pl.col("poor_median") / line.amount,
    }


def _mean_ranked() -> pl.Expr:
    """Return the money of the poor, each weighted by the share of the poor who have less."""
    return pl.when(_POOR > 0).then(pl.col("poor_ranked") / _POOR).otherwise(0.0)


def _gaps_above() -> pl.Expr:
    """Return the gaps, each weighted by the share of people whose gap is smaller."""
    return pl.col("gaps") - pl.col("gaps_ranked") / _PEOPLE


def poverty_influences(line: Line) -> dict[str, pl.Expr]:
    """Return the influence of one person with a row's welfare on each index, the line being fixed.

    The rows carry the sums and indices of their group, and `poor_median_density`.
    """
    q, gap = line.poor().cast(pl.Float64), line.gap()
    lost = pl.when(line.poor() & (WELFARE > 0)).then(_logs_lacking(line)).otherwise(0.0)
    if line.amount <= 0:
        return {"fgt0": (q - pl.col("fgt0")) / _PEOPLE} | dict.fromkeys(INDICES[1:], pl.lit(None, pl.Float64))
    poorer = (WELFARE * _RANK + pl.col("poor_money") - pl.col("money_rank") - _mean_ranked()) / _POOR
    sen = q * (line.amount - 2 * WELFARE + 2 * poorer) / line.amount
    worse = pl.when(line.poor()).then(_RANK - pl.col("money_rank") / line.amount).otherwise(pl.col("gaps"))
    sst = 2 * gap * (1 - _RANK / _PEOPLE) + 2 * worse / _PEOPLE
    halved = HALF * q - (pl.col("poor_median") >= WELFARE).cast(pl.Float64)
    return {
        "fgt0": (q - pl.col("fgt0")) / _PEOPLE,
        "fgt1": (gap - pl.col("fgt1")) / _PEOPLE,
        "fgt2": (gap.pow(2) - pl.col("fgt2")) / _PEOPLE,
        "watts": (lost - pl.col("watts")) / _PEOPLE,
        "sen": pl.when(_POOR > 0).then((sen - pl.col("sen")) / _PEOPLE).otherwise(0.0),
        "sst": (sst - 2 * pl.col("sst")) / _PEOPLE,
        "rmpg": (-halved / (line.amount * pl.col("poor_median_density") * _PEOPLE)).fill_null(0.0),
    }


def poverty_slopes(line: Line) -> dict[str, pl.Expr]:
    """Return how much each index of a group grows when the line rises by one unit.

    The groups carry their sums and indices, `line_density` and `poor_median_density`.
    """
    amount = line.amount
    if amount <= 0:
        return dict.fromkeys(INDICES, pl.lit(None, pl.Float64))
    on_line, at_median = pl.col("line_density").fill_null(0.0), pl.col("poor_median_density")
    ranked = pl.when(_POOR > 0).then(_mean_ranked() / _POOR).otherwise(0.0)
    return {
        "fgt0": on_line,
        "fgt1": (_POOR - pl.col("gaps")) / (_PEOPLE * amount),
        "fgt2": 2 * (pl.col("gaps") - pl.col("gap_squares")) / (_PEOPLE * amount),
        "watts": pl.col("poor_positive") / (_PEOPLE * amount),
        "sen": (_POOR / _PEOPLE + on_line * (amount - 2 * ranked) - pl.col("sen")) / amount,
        "sst": 2 * (pl.col("poor_money") - pl.col("poor_ranked") / _PEOPLE) / (_PEOPLE * amount**2),
        "rmpg": (pl.col("poor_median") / amount - HALF * on_line / at_median).fill_null(0.0) / amount,
    }
