"""Standard errors under strata, clusters and weights, by linearisation (抽样误差的线性化估计).

An index is told by people's influences on it; its variance is that of the total of their weighted influences
over clusters drawn with replacement within strata (ultimate clusters):

    V = sum over strata of n/(n-1) (sum of t^2 - (sum of t)^2 / n)      t: total of a cluster, n clusters

A group is a domain: clusters without a member count with zero. A line that the same sample tells moves with
every row of it; its own variance, and how it goes along with the index, enter by the slope of the index on
the line. A stratum with a single cluster tells nothing of how clusters differ: its total is compared with
zero, the mean of all influences, which errs on the safe side; how many such strata there are is told.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from bangfu.analysis.measures.sample import Sample

ROUNDING: Final = 1e-13
"""What is left of two equal sums when one is taken from the other: no variance, where clusters do not differ."""
PULL: Final = "line_pull"
_KEYS: Final = ("group", "stratum", "cluster")


def standard_errors(
    influences: pl.DataFrame, sample: Sample, pull: pl.DataFrame | None = None, slopes: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Return the standard error of every index in every group.

    influences  one row per row of the sample in a group: `group`, `stratum`, `cluster`, and for each index its
                weighted influence
    sample      the whole sample, for the number of clusters
    pull        `stratum`, `cluster` and `line_pull` of all rows; None for a fixed line
    slopes      `group` and for each index how it grows with the line; an index without one does not move with it
    Returns     `group` and the standard errors by the names of the indices, sorted by group; null where the
                whole sample is one cluster
    """
    names = [name for name in influences.columns if name not in _KEYS]
    moving = [name for name in names if slopes is not None and name in slopes.columns]
    totals = influences
    if sample.clustered:
        totals = influences.group_by(_KEYS).agg(pl.col(names).sum())
    strata = sample.strata
    if pull is not None:
        by_cluster = pull.group_by("stratum", "cluster").agg(pl.col(PULL).sum()) if sample.clustered else pull
        totals = totals.join(by_cluster, on=["stratum", "cluster"], how="left")
        squares = by_cluster.group_by("stratum").agg(
            pull_sum=pl.col(PULL).sum(), pull_squares=pl.col(PULL).pow(2).sum()
        )
        strata = strata.join(squares, on="stratum")
    variances = _variances(totals, strata, names, moving)
    if slopes is not None and moving:
        line_variance = strata.select(_spread("pull_squares", "pull_sum", "pull_sum").sum()).item()
        joined = variances.join(slopes.select("group", *moving), on="group", suffix=" slope").sort("group")
        moved = {
            name: pl.col(name)
            + 2 * pl.col(f"{name} slope") * pl.col(f"{name} pull")
            + pl.col(f"{name} slope").pow(2) * line_variance
            for name in moving
        }
        variances = joined.with_columns(**moved)
    told = sample.design()["clusters"] > 1
    roots = [pl.when(told).then(pl.col(name).clip(lower_bound=0).sqrt()).alias(name) for name in names]
    return variances.select("group", *roots).sort("group")


def _variances(totals: pl.DataFrame, strata: pl.DataFrame, names: Sequence[str], moving: Sequence[str]) -> pl.DataFrame:
    """Return by group the variance of each index, and how it goes along with the line (`<index> pull`)."""
    sums = [pl.col(name).sum().alias(f"{name} sum") for name in names]
    squares = [pl.col(name).pow(2).sum().alias(f"{name} squares") for name in names]
    products = [(pl.col(name) * pl.col(PULL)).sum().alias(f"{name} products") for name in moving]
    within = totals.group_by("group", "stratum").agg(*sums, *squares, *products).join(strata, on="stratum")
    spreads = [_spread(f"{name} squares", f"{name} sum", f"{name} sum").sum().alias(name) for name in names]
    pulls = [_spread(f"{name} products", f"{name} sum", "pull_sum").sum().alias(f"{name} pull") for name in moving]
    return within.sort("group", "stratum").group_by("group", maintain_order=True).agg(*spreads, *pulls)


def _spread(products: str, first: str, second: str) -> pl.Expr:
    """Return a stratum's part of a variance or covariance of totals."""
    clusters = pl.col("clusters")
    difference = pl.col(products) - pl.col(first) * pl.col(second) / clusters
    centred = pl.when(difference.abs() > ROUNDING * pl.col(products).abs()).then(difference).otherwise(0.0)
    return pl.when(clusters > 1).then(centred * clusters / (clusters - 1)).otherwise(pl.col(products))


def weighted(influences: Mapping[str, pl.Expr]) -> list[pl.Expr]:
    """Return influences of one person as those of rows, each for as many people as it stands for."""
    return [(pl.col("weight") * each).alias(name) for name, each in influences.items()]
