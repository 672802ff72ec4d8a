"""Direct estimates of areas whose number of people is known from elsewhere (小区域直接估计).

    value   sum w q / N                         Horvitz and Thompson 1952; N: the area's people
    se      sqrt(sum w (w - 1) q^2) / N         Poisson sampling, as Särndal, Swensson and Wretman 1992
    cv      se / value

`indices.measure` divides by the weights of the sample instead; the two differ where the sample's weights do
not make up the area's people.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from bangfu.analysis.measures.columns import Table, numbers
from bangfu.analysis.measures.line import Line
from bangfu.analysis.measures.ordered import WEIGHT
from bangfu.analysis.measures.sample import WELFARE, Design, take_sample


@dataclass(frozen=True, slots=True)
class Direct:
    """The share of poor people of an area, its standard error, and the rows behind it."""

    value: float
    se: float
    sample: int

    @property
    def cv(self) -> float | None:
        """Return the coefficient of variation, None where nobody is poor."""
        return self.se / self.value if self.value else None


def direct_estimates(
    table: Table, welfare: str, design: Design, line: Line, people: Mapping[str, float]
) -> dict[str, Direct]:
    """Estimate the share of poor people of every area directly.

    table    one row per person drawn
    welfare  its column of welfare
    design   weight, and `by`: the column of the areas
    line     a fixed line
    people   people of each area, above zero; areas without a number are left out
    Returns  by area
    Raises   as `sample.take_sample`
    """
    sample = take_sample(table, {WELFARE: numbers(table, welfare)}, design)
    poor = line.poor()
    told = (
        sample.rows.drop_nulls("group")
        .group_by("group")
        .agg(
            rows=pl.len(),
            poor=WEIGHT.filter(poor).sum(),
            variance=(WEIGHT * (WEIGHT - 1)).filter(poor).sum().clip(lower_bound=0),
        )
    )
    return {
        area: Direct(lacking / people[area], variance**0.5 / people[area], rows)
        for area, rows, lacking, variance in (
            (sample.groups[group], *rest) for group, *rest in told.sort("group").iter_rows()
        )
        if area in people
    }
