"""Indices of inequality: mean, median, Gini, Theil, general entropy, Atkinson, S80/S20 (不平等指数).

People are counted by weight w, W in all; Y = sum w y, mean = Y/W; C is the weight up to and with a row.

    gini         sum w (2C - w) y / (W Y) - 1        the EU's eq. 10, and wbpip        laeken
    gini_convey  sum w (2C - 1) y / (W Y) - 1        the form of convey and vardpoor
    theil_t      sum (w y / Y) ln(y/mean)            y > 0 alone, with their own mean  Theil 1967
    theil_l      sum (w / W) ln(mean/y)              the same: mean logarithmic deviation
    ge2          half the squared coefficient of variation
    atkinson_e   1 - (mean of y^(1-e))^(1/(1-e)) / mean     y > 0; e = 0.5, 1 and 2    Atkinson 1970
    qsr          sum w y [y > q80] / sum w y [y <= q20]                                Eurostat, laeken

Theil and Atkinson leave out people whose welfare is not above zero (their logarithm is unknown); how many
they are stands in `not_positive`. The others take welfare as it is; a Gini may exceed 1 when some is negative,
and is unknown where the total is not above zero.
"""

from typing import Final

import polars as pl

from bangfu.analysis.measures.ordered import HALF, MONEY, WEIGHT, WELFARE, quantile

INDICES: Final = (
    "mean",
    "median",
    "gini",
    "gini_convey",
    "theil_t",
    "theil_l",
    "ge2",
    "atkinson_05",
    "atkinson_1",
    "atkinson_2",
    "qsr",
)
BOTTOM: Final = 0.2
TOP: Final = 0.8

_PEOPLE: Final = pl.col("people")
_MONEY: Final = pl.col("money")
_PAID: Final = pl.col("positive")
_PAY: Final = pl.col("positive_money")
_EARNS: Final = WELFARE > 0


def inequality_sums() -> dict[str, pl.Expr]:
    """Return what is added up over the ordered rows of a group."""
    log = WELFARE.log()
    return {
        "sample": pl.len(),
        "people": WEIGHT.sum(),
        "money": MONEY.sum(),
        "squares": (MONEY * WELFARE).sum(),
        "ranked": (MONEY * pl.col("rank")).sum(),
        "weighted_money": (MONEY * WEIGHT).sum(),
        "not_positive": (~_EARNS).sum(),
        "positive": WEIGHT.filter(_EARNS).sum(),
        "positive_money": MONEY.filter(_EARNS).sum(),
        "logs": (WEIGHT * log).filter(_EARNS).sum(),
        "money_logs": (MONEY * log).filter(_EARNS).sum(),
        "roots": (WEIGHT * WELFARE.sqrt()).filter(_EARNS).sum(),
        "inverses": (WEIGHT / WELFARE).filter(_EARNS).sum(),
        "median": quantile(HALF),
        "bottom": quantile(BOTTOM),
        "top": quantile(TOP),
    }


def spread_sums() -> dict[str, pl.Expr]:
    """Return what is added up once the rows know `mean`, `bottom` and `top` of their group."""
    return {
        "spread": ((WEIGHT * (WELFARE - pl.col("mean")).pow(2)).sum() / WEIGHT.sum()).sqrt(),
        "bottom_money": MONEY.filter(pl.col("bottom") >= WELFARE).sum(),
        "top_money": MONEY.filter(pl.col("top") < WELFARE).sum(),
    }


def inequality_values() -> dict[str, pl.Expr]:
    """Return the indices of a group from its sums, unknown where nothing is there to be divided."""
    shared = pl.when(_MONEY > 0)
    paid = pl.when(_PAID > 0)
    twice = 2 * pl.col("ranked")
    return {
        "gini": shared.then(twice / (_PEOPLE * _MONEY) - 1),
        "gini_convey": shared.then((twice + pl.col("weighted_money") - _MONEY) / (_PEOPLE * _MONEY) - 1),
        "theil_t": paid.then(pl.col("money_logs") / _PAY - (_PAY / _PAID).log()),
        "theil_l": paid.then((_PAY / _PAID).log() - pl.col("logs") / _PAID),
        "ge2": shared.then(HALF * (pl.col("spread") / pl.col("mean")).pow(2)),
        "atkinson_05": paid.then(1 - pl.col("roots").pow(2) / (_PAID * _PAY)),
        "atkinson_1": paid.then(1 - (pl.col("logs") / _PAID).exp() * _PAID / _PAY),
        "atkinson_2": paid.then(1 - _PAID.pow(2) / (pl.col("inverses") * _PAY)),
        "qsr": pl.when(pl.col("bottom_money") > 0).then(pl.col("top_money") / pl.col("bottom_money")),
    }


def inequality_influences() -> dict[str, pl.Expr]:
    """Return the influence of one person with a row's welfare on each index.

    The rows carry the sums and indices of their group, and `median_density`.
    """
    below = (pl.col("median") >= WELFARE).cast(pl.Float64)
    above = WELFARE * pl.col("rank") + _MONEY - pl.col("money_rank")
    gini = 2 * above / (_PEOPLE * _MONEY) - (pl.col("gini") + 1) * (WELFARE / _MONEY + 1 / _PEOPLE)
    squares = WELFARE.pow(2) / _MONEY.pow(2) * _PEOPLE + pl.col("squares") / _MONEY.pow(2)
    entropy = HALF * squares - _PEOPLE * pl.col("squares") * WELFARE / _MONEY.pow(3)
    return {
        "mean": (WELFARE - pl.col("mean")) / _PEOPLE,
        "median": ((HALF - below) / (pl.col("median_density") * _PEOPLE)).fill_null(0.0),
        "gini": gini,
        "gini_convey": gini,
        "ge2": entropy,
        "qsr": _share_ratio(),
    } | {name: pl.when(_EARNS).then(each).otherwise(0.0) for name, each in _influences_of_pay().items()}


def _share_ratio() -> pl.Expr:
    poor = (pl.col("bottom") >= WELFARE).cast(pl.Float64)
    rich = (pl.col("top") < WELFARE).cast(pl.Float64)
    bottom = WELFARE * poor - pl.col("bottom") * (poor - BOTTOM)
    top = WELFARE * rich - pl.col("top") * (rich - (1 - TOP))
    return (top - pl.col("qsr") * bottom) / pl.col("bottom_money")


def _influences_of_pay() -> dict[str, pl.Expr]:
    """Return the influences on what is told of people with welfare above zero."""
    log, share, person = WELFARE.log(), WELFARE / _PAY, 1 / _PAID
    kept = {name: 1 - pl.col(name) for name in ("atkinson_05", "atkinson_1", "atkinson_2")}
    return {
        "theil_t": log * share - pl.col("money_logs") / _PAY * share - share + person,
        "theil_l": share - person - log * person + pl.col("logs") / _PAID * person,
        "atkinson_05": kept["atkinson_05"] * (person + share - 2 * WELFARE.sqrt() / pl.col("roots")),
        "atkinson_1": kept["atkinson_1"] * (share - person - log * person + pl.col("logs") / _PAID * person),
        "atkinson_2": kept["atkinson_2"] * (share - 2 * person + 1 / (WELFARE * pl.col("inverses"))),
    }
