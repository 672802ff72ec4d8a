"""What changed between two runs (对比): who came in, who left, who became unknown, and which criteria moved."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

CHANGES: Final = {
    "entered": (pl.col("after") == 1) & (pl.col("before") != 1).fill_null(value=True),
    "left": (pl.col("before") == 1) & (pl.col("after") != 1).fill_null(value=True) & ~pl.col("gone"),
    "newly_unknown": pl.col("after").is_null() & pl.col("before").is_not_null() & ~pl.col("gone") & ~pl.col("new"),
    "newly_known": pl.col("before").is_null() & pl.col("after").is_not_null() & ~pl.col("gone") & ~pl.col("new"),
    "new": pl.col("new"),
    "gone": pl.col("gone"),
}
"""Name of each change, and the households it means; one household may show several."""


def compared(earlier: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each household of either run: village (the later one first), before, after, new, gone.

    earlier, later  `households` of two runs, cut to the same scope
    before, after   1 yes, 0 no, null unknown or not on record
    """
    some = ("household", "village", "outcome")
    joined = later.select(some).join(earlier.select(some), on="household", how="full", suffix="_before", coalesce=True)
    return joined.select(
        "household",
        pl.coalesce("village", "village_before").alias("village"),
        pl.col("outcome_before").alias("before"),
        pl.col("outcome").alias("after"),
        pl.col("village_before").is_null().alias("new"),
        pl.col("village").is_null().alias("gone"),
    )


def counts_of(changes: pl.DataFrame, by: str | None = None) -> list[dict[str, Any]]:
    """Return how many households show each change; with `by`, for each value of that column."""
    sums = [told.sum().alias(name) for name, told in CHANGES.items()]
    if by is None:
        return changes.select(sums).to_dicts()
    return changes.group_by(by).agg(sums).sort(by).to_dicts()


def moved_criteria(
    earlier: pl.DataFrame, later: pl.DataFrame, changes: pl.DataFrame, criteria: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return for each criterion of both runs how many that entered now meet it, and how many that left no longer do.

    Sorted by the number of households moved; criteria that moved nobody are left out.
    """
    found = []
    shared = [name for name in criteria if name in earlier.columns and name in later.columns]
    both = changes.join(earlier.select("household", *shared), on="household", how="inner")
    both = both.join(later.select("household", *shared), on="household", how="inner", suffix="_after")
    for name in shared:
        now, once = pl.col(f"{name}_after"), pl.col(name)
        row = both.select(
            (CHANGES["entered"] & (now == 1) & (once != 1).fill_null(value=True)).sum().alias("entered"),
            (CHANGES["left"] & (once == 1) & (now != 1).fill_null(value=True)).sum().alias("left"),
        ).row(0, named=True)
        if row["entered"] or row["left"]:
            found.append({"name": name, "title": criteria[name]["title"], **row})
    return sorted(found, key=lambda one: (-one["entered"] - one["left"], one["name"]))
