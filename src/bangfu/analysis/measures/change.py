"""What changed between two tables: growth, distribution, and whom growth reached (减贫分解).

    D = P(mean1, L1) - P(mean0, L0)
    growth          half of [P(mean1, L0) - P(mean0, L0)] + [P(mean1, L1) - P(mean0, L1)]
    redistribution  half of [P(mean0, L1) - P(mean0, L0)] + [P(mean1, L1) - P(mean1, L0)]

The halves are Shapley's: the two parts make up the change, with no rest (Datt and Ravallion 1992; Shorrocks
2013). A distribution with another's mean is its own welfare times the ratio of the means. Welfare is taken in
units of each table's own line, so that lines of two years may differ in money.

    g(p)   q1(p) / q0(p) - 1, the growth of the p-quantile                (growth incidence)
    growth of the poor   the mean of g(p) up to the incidence before      (Ravallion and Chen 2003)
"""

from typing import Any, Final

import polars as pl

from bangfu.analysis.measures.indices import Measured
from bangfu.analysis.measures.line import Line
from bangfu.analysis.measures.ordered import quantiles
from bangfu.analysis.measures.poverty import poverty_sums, poverty_values

PARTED: Final = ("fgt0", "fgt1", "fgt2", "watts")
_FINE: Final = 1000
"""Quantiles over which the growth of the poor is averaged."""


def decompose_change(before: Measured, after: Measured) -> dict[str, dict[str, float | None]]:
    """Part the change of poverty into growth and redistribution.

    before, after  both measured with a line above zero
    Returns        for fgt0, fgt1, fgt2 and watts: `before`, `after`, `change`, `growth`, `redistribution` and
                   `se` of the change of two independent samples
    """
    first, second = _relative(before), _relative(after)
    ratio = _mean(second) / _mean(first)
    at_or_below = bool(before.line and before.line.at_or_below)
    old, new = _poverty(first, 1.0, at_or_below=at_or_below), _poverty(second, 1.0, at_or_below=at_or_below)
    grown = _poverty(first, ratio, at_or_below=at_or_below)
    shrunk = _poverty(second, 1 / ratio, at_or_below=at_or_below)
    told: dict[str, dict[str, float | None]] = {}
    for name in PARTED:
        errors = (before.whole[f"{name}_se"], after.whole[f"{name}_se"])
        known = [error**2 for error in errors if error is not None]
        told[name] = {
            "before": old[name],
            "after": new[name],
            "change": new[name] - old[name],
            "growth": ((grown[name] - old[name]) + (new[name] - shrunk[name])) / 2,
            "redistribution": ((shrunk[name] - old[name]) + (new[name] - grown[name])) / 2,
            "se": sum(known) ** 0.5 if len(known) == len(errors) else None,
        }
    return told


def _relative(measured: Measured) -> pl.DataFrame:
    """Return welfare in units of the line, and weights."""
    assert measured.line is not None
    return measured.ordered.select(
        pl.col("welfare") / measured.line.amount, "weight", "rank", "below", people=pl.col("weight").sum()
    )


def _mean(relative: pl.DataFrame) -> float:
    mean: float = relative.select((pl.col("welfare") * pl.col("weight")).sum() / pl.col("weight").sum()).item()
    return mean


def _poverty(relative: pl.DataFrame, factor: float, *, at_or_below: bool) -> dict[str, float]:
    """Return the indices of a distribution whose welfare is multiplied by a factor above zero."""
    line = Line(1.0, at_or_below=at_or_below)
    sums = relative.with_columns(pl.col("welfare") * factor).select(
        pl.col("people").first(), **{name: each for name, each in poverty_sums(line).items() if name != "people"}
    )
    return sums.select(**poverty_values(line)).row(0, named=True)


def growth_incidence(before: Measured, after: Measured, steps: int) -> dict[str, Any]:
    """Tell how much each quantile grew, the mean, and the poor of before.

    steps    equal parts of people; the curve is told at their borders
    Returns  `points` (each with `share`, `before`, `after`, `growth`), `mean` (growth of the mean), and with a
             line `poor` (mean growth up to the incidence before). A growth is None where the quantile before
             is not above zero; `poor_left_out` tells the share of the poor to whom this applies
    """
    borders = pl.Series([step / steps for step in range(1, steps)], dtype=pl.Float64)
    told: dict[str, Any] = {"points": _grown(before, after, borders).to_dicts()}
    means = before.whole["mean"], after.whole["mean"]
    told["mean"] = means[1] / means[0] - 1 if means[0] > 0 else None
    if before.line is None:
        return told
    incidence = before.whole["fgt0"]
    fine = pl.Series([(step + 0.5) / _FINE * incidence for step in range(_FINE)], dtype=pl.Float64)
    growth = _grown(before, after, fine)["growth"]
    return told | {
        "poor": growth.mean() if incidence else None,
        "poor_left_out": growth.null_count() / _FINE if incidence else 0.0,
    }


def _grown(before: Measured, after: Measured, shares: pl.Series) -> pl.DataFrame:
    old, new = quantiles(before.ordered, shares), quantiles(after.ordered, shares)
    table = pl.DataFrame({"share": shares, "before": old, "after": new})
    grown = pl.when(pl.col("before") > 0).then(pl.col("after") / pl.col("before") - 1)
    return table.with_columns(growth=grown)
