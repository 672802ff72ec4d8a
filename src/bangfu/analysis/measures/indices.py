"""All indices of a sample, for the whole and for each group, with their standard errors (测度总表)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bangfu.analysis.measures import inequality, poverty
from bangfu.analysis.measures.columns import Table, numbers
from bangfu.analysis.measures.design import PULL, standard_errors, weighted
from bangfu.analysis.measures.line import Line, line_pull, work_out
from bangfu.analysis.measures.ordered import density, order
from bangfu.analysis.measures.sample import WELFARE, Design, Sample, take_sample

_WHOLE: Final = pl.lit(0, pl.UInt32)
COUNTS: Final = ("people", "sample", "poor", "poor_sample", "not_positive")


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What was measured.

    line    the line as worked out, None where none was asked for
    line_se its standard error: zero for a fixed line, None where it cannot be told
    whole   the indices of everybody: one row of a table as of `groups`
    groups  one row per group: `group` (its number in the sample), counts, sums and indices by name, and
            `<index>_se`; a standard error is null where it cannot be told
    sample  the sample behind it
    ordered all rows as one ordered group
    """

    line: Line | None
    line_se: float | None
    whole: dict[str, Any]
    groups: pl.DataFrame
    sample: Sample
    ordered: pl.DataFrame


def measure(table: Table, welfare: str, design: Design | None = None, line: Line | None = None) -> Measured:
    """Measure poverty and inequality of a table of people (贫困与不平等测度).

    table    one row per person or household
    welfare  its column of income or consumption per person
    design   weight, strata, cluster and groups; every row stands for one person where left out
    line     the poverty line; without one only inequality is measured
    Raises   ColumnMissing, NumberUnreadable, WeightNegative, DesignUnknown, NothingToMeasure
    """
    asked = design or Design()
    sample = take_sample(table, {WELFARE: numbers(table, welfare)}, asked)
    ordered = order(sample.rows.with_columns(group=_WHOLE))
    found = work_out(line, ordered) if line else None
    pull = _pull(found, ordered) if found and found.of else None
    whole = measure_groups(ordered, sample, found, pull)
    groups = whole.clear()
    if asked.by:
        groups = measure_groups(order(sample.rows.drop_nulls("group")), sample, found, pull)
    return Measured(
        found, _line_error(pull, sample) if found else None, whole.row(0, named=True), groups, sample, ordered
    )


def _line_error(pull: pl.DataFrame | None, sample: Sample) -> float | None:
    if pull is None:
        return 0.0
    error: float | None = standard_errors(pull.with_columns(group=_WHOLE), sample)[PULL].item()
    return error


def measure_groups(
    ordered: pl.DataFrame, sample: Sample, line: Line | None, pull: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Measure every group of ordered rows.

    ordered  rows by group and welfare, see `ordered.order`
    sample   the sample that they come from
    line     worked out, or None
    pull     how far all rows of the sample pull a relative line
    Returns  one row per group, sorted; see `Measured.groups`
    """
    sums = inequality.inequality_sums() | (poverty.poverty_sums(line) if line else {})
    groups = _by_group(ordered, sums).with_columns(mean=pl.col("money") / pl.col("people"))
    rows = _told(ordered, groups, ["mean", "bottom", "top", "people"])
    groups = groups.hstack(_by_group(rows, inequality.spread_sums()).drop("group"))
    values = inequality.inequality_values() | (poverty.poverty_values(line) if line else {})
    groups = groups.with_columns(**values)
    groups = groups.hstack(_densities(ordered, groups, line).drop("group"))
    influences = inequality.inequality_influences() | (poverty.poverty_influences(line) if line else {})
    behind = {name for each in influences.values() for name in each.meta.root_names()}
    rows = _told(ordered, groups, sorted(behind & set(groups.columns) - {"group"}))
    own = rows.select("group", "stratum", "cluster", *weighted(influences))
    slopes = groups.select("group", **poverty.poverty_slopes(line)) if line and pull is not None else None
    errors = standard_errors(own, sample, pull, slopes)
    known = groups.with_columns(pl.col(pl.Float64).fill_nan(None))
    return known.with_columns(
        pl.when(known[name].is_not_null()).then(errors[name].fill_nan(None)).alias(f"{name}_se") for name in influences
    )


def _by_group(rows: pl.DataFrame, sums: Mapping[str, pl.Expr]) -> pl.DataFrame:
    return rows.group_by("group", maintain_order=True).agg(**sums)


def _told(rows: pl.DataFrame, groups: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """Give every row what is known of its group; both are sorted by group."""
    place = rows["group"].rle_id()
    return rows.with_columns(groups[name].gather(place).alias(name) for name in names)


def _densities(ordered: pl.DataFrame, groups: pl.DataFrame, line: Line | None) -> pl.DataFrame:
    points = {"median_density": pl.col("median")}
    if line:
        points |= {"poor_median_density": pl.col("poor_median"), "line_density": pl.lit(line.amount)}
    needed = ["people", "spread", "median", *(["poor_median"] if line else [])]
    return _by_group(_told(ordered, groups, needed), {name: density(point) for name, point in points.items()})


def _pull(line: Line, ordered: pl.DataFrame) -> pl.DataFrame:
    """Return `stratum`, `cluster` and `line_pull` of every row."""
    money, people = pl.col("welfare") * pl.col("weight"), pl.col("weight").sum()
    mean = money.sum() / people
    spread = ((pl.col("weight") * (pl.col("welfare") - mean).pow(2)).sum() / people).sqrt()
    known = ordered.with_columns(people=people, mean=mean, spread=spread)
    return known.select("stratum", "cluster", line_pull(line, known).alias(PULL))
