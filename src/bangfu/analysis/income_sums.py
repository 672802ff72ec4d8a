"""Income of people in whole numbers: what poverty and inequality of places are added up from (收入汇总).

A household stands for its members, each with its income per head in whole fen; z is the programme's own line.

    gap_fen        sum of persons (z - y) of those below the line      lines_fen       sum of persons z
    gap_squares    sum of persons (z - y)^2 of the same                line_squares    sum of persons z^2

All are sums of whole numbers, in 128 bits where fen are squared: the same whatever the order of rows, the
number of threads or the engine. Where one line holds, their ratios are the depth (FGT1) and severity (FGT2)
of poverty; where lines differ by county, each county counts by its own line.
"""

from typing import Final

import polars as pl

from bangfu.analysis.frames import lazy
from bangfu.analysis.plan import Plan
from bangfu.analysis.thresholds import threshold_column

_WIDE: Final = pl.Int128
_INCOME: Final = pl.col("income_pc_fen")
_PERSONS: Final = pl.col("persons").cast(pl.Int64)


def with_income_sums(rows: pl.DataFrame, plan: Plan) -> pl.LazyFrame:
    """Give the rows of a run what income sums are made of.

    rows     the rows of a run
    plan     what the programme asks; its first criterion of income below a line names the line
    Returns  the rows with `incomes_fen` (income times persons), and where the programme has such a line
             `income_poor` (outcome of that criterion), `gap_fen`, `lines_fen`, `gap_squares` and
             `line_squares`; zero where income is unknown
    """
    told = rows.lazy().with_columns(incomes_fen=(_PERSONS * _INCOME).fill_null(0))
    criterion = plan.line_criterion
    if criterion is None:
        return told
    lined: pl.LazyFrame = (
        lazy(told).with_columns(line_fen=threshold_column(plan.thresholds[criterion.name])).to_native()
    )
    poor, amount = pl.col(criterion.name), pl.col("line_fen")
    gap = pl.when(poor == 1).then(amount - _INCOME).otherwise(0)
    measured = pl.when(poor.is_not_null()).then(amount).otherwise(0)
    sums = lined.with_columns(
        income_poor=poor,
        gap_fen=_PERSONS * gap,
        lines_fen=_PERSONS * measured,
        gap_squares=_PERSONS.cast(_WIDE) * gap.cast(_WIDE) * gap.cast(_WIDE),
        line_squares=_PERSONS.cast(_WIDE) * measured.cast(_WIDE) * measured.cast(_WIDE),
    )
    return sums.drop("line_fen")


def people(rows: pl.DataFrame) -> pl.DataFrame:
    """Return how many persons of which village have which income per head, as `village`, `y` fen and `w` persons.

    rows  the rows of a run; households without a known income, members or a village are left out
    """
    known = rows.lazy().filter(_INCOME.is_not_null() & pl.col("village").is_not_null() & (pl.col("persons") > 0))
    return known.select("village", y=_INCOME.cast(pl.Int64), w=_PERSONS).collect()


def fitted(above: pl.Expr, below: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Return numerators and denominators that fit into 64 bits.

    above, below  whole numbers of up to 128 bits, below null where there is none
    Returns       both as they are; a ratio one of whose parts does not fit (the Gini coefficient of a province) as
                  parts of 10^15, rounded down; null where even this does not fit, as with debts of billions
    """
    above, below = above.cast(_WIDE), below.cast(_WIDE)
    large = pl.max_horizontal(above.abs(), below.abs()) > _LARGEST
    parts = pl.when(above.abs() <= _LARGEST_SCALED).then(above * pl.lit(_PARTS, _WIDE) // below)
    return (
        pl.when(large).then(parts).otherwise(above).cast(pl.Int64, strict=False),
        pl.when(large).then(pl.lit(_PARTS, _WIDE)).otherwise(below).cast(pl.Int64),
    )


_LARGEST: Final = (1 << 63) - 1
_PARTS: Final = 10**15
_LARGEST_SCALED: Final = 10**23
