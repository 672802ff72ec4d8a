"""The sample: the rows of a table that can be measured, and an account of those that cannot (样本)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bangfu.analysis.measures.columns import Table, design_words, weights, words
from bangfu.kernel.errors.tables import NothingToMeasure

WELFARE: Final = "welfare"
WEIGHT: Final = "weight"


@dataclass(frozen=True, slots=True)
class Design:
    """How the rows were drawn and what they stand for (抽样设计): names of columns, each None for none.

    weight   for how many people a row stands
    strata   parts of the country from which rows were drawn apart
    cluster  what was drawn first within a stratum: a village, an enumeration area
    by       groups that are shown apart
    """

    weight: str | None = None
    strata: str | None = None
    cluster: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """The rows that can be measured.

    rows      the measured columns, `weight`, `group` and `stratum` (numbers; group null where unknown),
              and `cluster` (a number, its own for each row where no clusters were named)
    groups    names of the groups by number
    strata    clusters by stratum: `stratum`, `clusters`
    clustered whether a cluster may have several rows
    read      rows of the table
    dropped   rows left out, by reason; read = used + the dropped
    ungrouped rows that are used but in no group
    """

    rows: pl.DataFrame
    groups: tuple[str, ...]
    strata: pl.DataFrame
    clustered: bool
    read: int
    dropped: dict[str, int]
    ungrouped: int

    def account(self) -> dict[str, Any]:
        """Tell what became of the rows: read, used, dropped by reason, and used without a group."""
        return {
            "read": self.read,
            "used": self.rows.height,
            "dropped": self.dropped,
            "without_group": self.ungrouped,
        }

    def design(self) -> dict[str, Any]:
        """Tell the strata and clusters, and how many strata have a single cluster."""
        return {
            "strata": self.strata.height,
            "clusters": int(self.strata["clusters"].sum()),
            "single_cluster_strata": int((self.strata["clusters"] == 1).sum()),
            "single_cluster_rule": "centred_on_zero",
        }


def take_sample(table: Table, columns: dict[str, pl.Series], design: Design) -> Sample:
    """Take the rows of a table that have a value in every measured column, and a weight.

    table    the table
    columns  what is measured, by name: numbers, null where unknown
    design   weight, strata, cluster and groups
    Returns  the sample; a row that lacks several values counts under the first of them
    Raises   ColumnMissing, NumberUnreadable, WeightNegative, DesignUnknown, NothingToMeasure
    """
    frame = pl.DataFrame(
        {
            **columns,
            WEIGHT: weights(table, design.weight),
            "group": words(table, design.by) if design.by else pl.Series(["all"]).new_from_index(0, table.frame.height),
            "stratum": design_words(table, design.strata),
            "cluster": design_words(table, design.cluster),
        }
    )
    whole = frame.drop_nulls([*columns, WEIGHT])
    if not whole[WEIGHT].sum():
        raise NothingToMeasure(file=table.name, read=frame.height, dropped=frame.height - whole.height)
    groups = whole["group"].drop_nulls().unique().sort()
    numbered = _numbered(whole, groups, clustered=design.cluster is not None)
    return Sample(
        rows=numbered,
        groups=tuple(groups),
        strata=numbered.group_by("stratum").agg(clusters=pl.col("cluster").n_unique()).sort("stratum"),
        clustered=design.cluster is not None,
        read=frame.height,
        dropped=_dropped(frame, [*columns, WEIGHT]),
        ungrouped=numbered["group"].null_count(),
    )


def _numbered(rows: pl.DataFrame, groups: pl.Series, *, clustered: bool) -> pl.DataFrame:
    """Put numbers in the place of names; a cluster's name counts within its stratum."""
    strata = rows["stratum"].unique().sort()
    cluster = pl.struct("stratum", "cluster").rank("dense") if clustered else pl.int_range(pl.len()) + 1
    return rows.with_columns(
        pl.col("group").replace_strict(groups, pl.int_range(len(groups), eager=True), return_dtype=pl.UInt32),
        pl.col("stratum").replace_strict(strata, pl.int_range(len(strata), eager=True), return_dtype=pl.UInt32),
        cluster=cluster.cast(pl.UInt32),
    )


def _dropped(frame: pl.DataFrame, wanted: Sequence[str]) -> dict[str, int]:
    """Count the rows that lack a value, each under the first that it lacks."""
    counts = {}
    left = frame
    for name in wanted:
        counts[f"{name}_missing"] = left[name].null_count()
        left = left.filter(pl.col(name).is_not_null())
    return counts
