"""The indices of `benchmarks.measures` written straight down in Polars, for everybody and for each village."""

from pathlib import Path

import polars as pl

W, Y = pl.col("weight"), pl.col("income")


def by_hand(path: Path, line: float) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the indices of everybody (one row) and of villages, sorted by village as text."""
    people = pl.read_parquet(path)
    villages = people.with_columns(pl.col("village").cast(pl.String))
    return indices(people.with_columns(village=pl.lit("")), line), indices(villages, line)


def quantile(reached: pl.Expr) -> pl.Expr:
    """Return the income at which so many people are reached, the mean of two where they are met exactly."""
    return (Y.filter(pl.col("c") >= reached).first() + Y.filter(pl.col("c") > reached).first()) / 2


def indices(people: pl.DataFrame, line: float) -> pl.DataFrame:
    """Return one row of indices per village."""
    poor = line > Y
    gap = pl.when(poor).then(1 - Y / line).otherwise(0.0)
    rows = people.sort("village", "income").with_columns(c=W.cum_sum().over("village"))
    told = _sums(rows, line, poor, gap)
    n, m = pl.col("n"), pl.col("m")
    shares = rows.join(told.select("village", "bottom", "top"), on="village", maintain_order="left")
    fifths = shares.group_by("village", maintain_order=True).agg(
        qsr=(W * Y).filter(pl.col("top") < Y).sum() / (W * Y).filter(pl.col("bottom") >= Y).sum()
    )
    return told.with_columns(fifths["qsr"]).select(
        "fgt0",
        "fgt1",
        "fgt2",
        "watts",
        "sen",
        "sst",
        "qsr",
        mean=m / n,
        rmpg=1 - pl.col("poor_median") / line,
        gini=2 * pl.col("ranked") / (n * m) - 1,
        gini_convey=(2 * pl.col("ranked") + pl.col("finite") - m) / (n * m) - 1,
        theil_t=pl.col("money_logs") / m - (m / n).log(),
        theil_l=(m / n).log() - pl.col("logs") / n,
        ge2=(pl.col("squares") * n / m**2 - 1) / 2,
        atkinson_05=1 - pl.col("roots") ** 2 / (n * m),
        atkinson_1=1 - (pl.col("logs") / n).exp() * n / m,
        atkinson_2=1 - n**2 / (pl.col("inverses") * m),
    )


def _sums(rows: pl.DataFrame, line: float, poor: pl.Expr, gap: pl.Expr) -> pl.DataFrame:
    middle, all_, lacking = pl.col("c") - W / 2, W.sum(), W.filter(poor).sum()
    return rows.group_by("village", maintain_order=True).agg(
        n=all_,
        m=(W * Y).sum(),
        fgt0=lacking / all_,
        fgt1=(W * gap).sum() / all_,
        fgt2=(W * gap**2).sum() / all_,
        watts=(W * (line / Y).log()).filter(poor).sum() / all_,
        sen=(lacking - 2 / line * ((W * Y).filter(poor).sum() - (W * Y * middle).filter(poor).sum() / lacking)) / all_,
        sst=2 * (W * gap * (1 - middle / all_)).sum() / all_,
        ranked=(W * Y * middle).sum(),
        finite=(W * W * Y).sum(),
        squares=(W * Y * Y).sum(),
        logs=(W * Y.log()).sum(),
        money_logs=(W * Y * Y.log()).sum(),
        roots=(W * Y.sqrt()).sum(),
        inverses=(W / Y).sum(),
        median=quantile(all_ / 2),
        bottom=quantile(all_ * 0.2),
        top=quantile(all_ * 0.8),
        poor_median=quantile(lacking / 2),
    )
