"""Poverty lines: a fixed amount, or a share of the median or the mean (贫困线)."""

from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from bangfu.analysis.measures.ordered import HALF, MONEY, WEIGHT, WELFARE, density, quantile

MEDIAN: Final = "median"
MEAN: Final = "mean"


@dataclass(frozen=True, slots=True)
class Line:
    """A poverty line and who is poor by it.

    value        the line, in the unit of welfare; None until a relative line is worked out
    share, of    for a relative line: its share of the median or the mean
    at_or_below  whether those exactly on the line are poor; a line is strict unless a law says otherwise
    """

    value: float | None = None
    share: float = 1.0
    of: str | None = None
    at_or_below: bool = False

    @property
    def amount(self) -> float:
        """Return the line as an amount; it must have been worked out."""
        assert self.value is not None
        return self.value

    def poor(self) -> pl.Expr:
        """Tell for each row whether its welfare is below the line."""
        return self.amount >= WELFARE if self.at_or_below else self.amount > WELFARE

    def gap(self) -> pl.Expr:
        """Tell for each row what share of the line it lacks (缺口比率), 0 above it.

        Unknown for the poor of a line that is not above zero: there is nothing to divide by.
        """
        lacking = (self.amount - WELFARE) / self.amount if self.amount > 0 else pl.lit(None, pl.Float64)
        return pl.when(self.poor()).then(lacking).otherwise(0.0)


def work_out(line: Line, ordered: pl.DataFrame) -> Line:
    """Return the line with its amount.

    line     fixed or relative
    ordered  all rows as one ordered group
    """
    if line.of is None:
        return line
    middle = quantile(HALF) if line.of == MEDIAN else MONEY.sum() / WEIGHT.sum()
    return replace(line, value=line.share * ordered.select(middle).item())


def line_pull(line: Line, ordered: pl.DataFrame) -> pl.Expr:
    """Return how far each row pulls the line: weight times the influence on it (贫困线的影响函数).

    line     relative, and worked out
    ordered  all rows as one ordered group, with the columns `people`, `mean` and `spread`
    Returns  influences that add up to nothing; zero where all have the same welfare
    """
    if line.of == MEAN:
        return line.share * WEIGHT * (WELFARE - pl.col("mean")) / pl.col("people")
    median: float = ordered.select(quantile(HALF)).item()
    at_median: float | None = ordered.select(density(pl.lit(median))).item()
    if at_median is None:
        return pl.lit(0.0)
    beyond = HALF - (median >= WELFARE).cast(pl.Float64)
    return WEIGHT * beyond * (line.share / at_median) / pl.col("people")
