"""Deprivations counted together: the method of Alkire and Foster (多维贫困).

    g_ij     1 where person i is deprived in indicator j, w_j its weight, all weights together 1
    c_i      sum of w_j g_ij: the score; i is poor where c_i >= k
    h        share of the poor (发生率)
    a        mean score of the poor (平均剥夺份额)
    m0       h x a: the adjusted headcount (多维贫困指数)
    uncensored h_j     share of people deprived in j
    censored h_j(k)    share of people who are poor and deprived in j
    contribution       w_j h_j(k) / m0; all contributions make up 1

Source: Alkire and Foster 2011, Journal of Public Economics 95. Weights and cut-off are whole-number
fractions, so that c >= k is decided exactly: a third is a third. A row that lacks one indicator is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, lcm
from typing import Any, Final

import polars as pl

from bangfu.analysis.measures.columns import Table, answers
from bangfu.analysis.measures.design import standard_errors, weighted
from bangfu.analysis.measures.sample import Design, Sample, take_sample

INDICES: Final = ("h", "a", "m0")
LACKS: Final = "lacks "
"""Stands before an indicator's name in the rows, so that an indicator may bear any name."""
_WEIGHT: Final = pl.col("weight")
_PEOPLE: Final = pl.col("people")
_POOR: Final = pl.col("is_poor")
_SCORE: Final = pl.col("score")


@dataclass(frozen=True, slots=True)
class Scheme:
    """Which indicators count how much, and from which score on somebody is poor (多维贫困方案).

    weights  the weight of each indicator by its name, in any unit, in the order in which they are shown
    cutoff   the least score of the poor, above 0 and at most 1
    """

    weights: Mapping[str, Fraction]
    cutoff: Fraction

    @classmethod
    def nested(cls, dimensions: Sequence[Sequence[str]], cutoff: Fraction) -> "Scheme":
        """Return the scheme of equal dimensions, each of equal indicators (等权嵌套)."""
        equal = {name: Fraction(1, len(each)) for each in dimensions for name in each}
        return cls(equal, cutoff)

    def shares(self) -> dict[str, Fraction]:
        """Return the weights as shares of their sum."""
        total = sum(self.weights.values(), Fraction(0))
        return {name: weight / total for name, weight in self.weights.items()}

    def points(self) -> tuple[dict[str, int], int, int]:
        """Return whole points for each indicator, the points of all, and the least points of the poor."""
        shares = self.shares()
        whole = lcm(*(share.denominator for share in shares.values()))
        return {name: int(share * whole) for name, share in shares.items()}, whole, ceil(self.cutoff * whole)


@dataclass(frozen=True, slots=True, eq=False)
class Deprivation:
    """What was counted: one row for everybody, one per group, as `counted` gives them; and the sample."""

    whole: dict[str, Any]
    groups: pl.DataFrame
    sample: Sample


def count_deprivations(table: Table, scheme: Scheme, design: Design | None = None) -> Deprivation:
    """Count the poor in several dimensions, and what they lack.

    table    one row per person or household, its indicators 1 (deprived), 0 or empty
    scheme   indicators with their weights, and the cut-off
    design   weight, strata, cluster and groups
    Returns  for everybody and each group: `sample`, `people`, `h`, `a`, `m0`, for each indicator
             `uncensored <name>`, `censored <name>` and `contribution <name>`, and `<index>_se`
    Raises   ColumnMissing, NumberUnreadable, AnswerNotYesNo, WeightNegative, DesignUnknown, NothingToMeasure
    """
    asked = design or Design()
    sample = take_sample(table, {f"{LACKS}{name}": answers(table, name) for name in scheme.weights}, asked)
    sample = replace(sample, dropped={name.removeprefix(LACKS): count for name, count in sample.dropped.items()})
    points, whole, least = scheme.points()
    score = pl.sum_horizontal(pl.col(f"{LACKS}{name}") * points[name] for name in points)
    scored = sample.rows.with_columns(points=score).with_columns(
        is_poor=pl.col("points") >= least, score=pl.col("points") / whole
    )
    everybody = counted(scored.with_columns(group=pl.lit(0, pl.UInt32)), sample, scheme)
    groups = everybody.clear()
    if asked.by:
        groups = counted(scored.drop_nulls("group").sort("group"), sample, scheme)
    return Deprivation(everybody.row(0, named=True), groups, sample)


def counted(rows: pl.DataFrame, sample: Sample, scheme: Scheme) -> pl.DataFrame:
    """Return one row per group; see `count_deprivations`.

    rows    the sample's rows sorted by group, with `is_poor` and `score`
    """
    names, shares = list(scheme.weights), scheme.shares()
    sums = {
        "sample": pl.len(),
        "people": _WEIGHT.sum(),
        "poor": _WEIGHT.filter(_POOR).sum(),
        "poor_scores": (_WEIGHT * _SCORE).filter(_POOR).sum(),
        **{f"uncensored {name}": (_WEIGHT * pl.col(f"{LACKS}{name}")).sum() / _WEIGHT.sum() for name in names},
        **{
            f"censored {name}": (_WEIGHT * pl.col(f"{LACKS}{name}")).filter(_POOR).sum() / _WEIGHT.sum()
            for name in names
        },
    }
    told = rows.group_by("group", maintain_order=True).agg(**sums)
    told = told.with_columns(h=pl.col("poor") / _PEOPLE, m0=pl.col("poor_scores") / _PEOPLE)
    contributions = {
        f"contribution {name}": pl.when(pl.col("m0") > 0).then(
            float(shares[name]) * pl.col(f"censored {name}") / pl.col("m0")
        )
        for name in names
    }
    told = told.with_columns(
        a=pl.when(pl.col("poor") > 0).then(pl.col("poor_scores") / pl.col("poor")), **contributions
    )
    place = rows["group"].rle_id()
    known = rows.with_columns(
        told[name].gather(place).alias(name)
        for name in told.columns
        if name not in {"group", "sample"} and not name.startswith("contribution")
    )
    own = known.select("group", "stratum", "cluster", *weighted(_influences(names)))
    errors = standard_errors(own, sample).drop("group")
    return told.with_columns(
        pl.when(told[name].is_not_null()).then(errors[name]).alias(f"{name}_se") for name in errors.columns
    )


def _influences(names: Sequence[str]) -> dict[str, pl.Expr]:
    poor = _POOR.cast(pl.Float64)
    told = {
        "h": (poor - pl.col("h")) / _PEOPLE,
        "a": poor * (_SCORE - pl.col("a")) / pl.col("poor"),
        "m0": (poor * _SCORE - pl.col("m0")) / _PEOPLE,
    }
    for name in names:
        told[f"uncensored {name}"] = (pl.col(f"{LACKS}{name}") - pl.col(f"uncensored {name}")) / _PEOPLE
        told[f"censored {name}"] = (poor * pl.col(f"{LACKS}{name}") - pl.col(f"censored {name}")) / _PEOPLE
    return told
