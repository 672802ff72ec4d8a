"""What a run proposes of every household (前后对照): who enters, leaves, falls back, stays, stays out, or is unknown.

Nothing is decided here: a proposal opens a case, and people decide it through the procedure.
"""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from bangfu.decisions.standing_now import ON_LIST
from bangfu.kernel.status import StatusKind
from bangfu.params import load

ENTERS, LEAVES, FALLS_BACK = "enters", "leaves", "falls_back"
STAYS, STAYS_OUT, UNKNOWN, GONE = "stays", "stays_out", "unknown", "gone"
WRONG = "wrong"
CATEGORIES: Final = (ENTERS, FALLS_BACK, LEAVES, WRONG, STAYS, STAYS_OUT, UNKNOWN, GONE)
"""Every household of a round is in exactly one of these; `gone` ones were on record before and are no longer."""
POVERTY: Final = {ENTERS: ("identify", "identified"), FALLS_BACK: ("relapse", "relapsed"), LEAVES: ("exit", "exited")}
MONITORING: Final = {ENTERS: ("identify", "monitored"), LEAVES: ("clear", "cleared")}
LOOKBACK: Final = {ENTERS: ("lookback", "identified"), WRONG: ("lookback", "removed")}
"""Category -> procedure and proposal of the case that it opens, for the two tracks and for a look back."""
STABLE: Final = "stable"
"""Stands among the criteria of who stays monitored for want of stable months alone."""
LISTED: Final = {
    "household": pl.Int64,
    "village": pl.Int64,
    "county": pl.Int64,
    "status": pl.Int16,
    "category": pl.String,
    "because": pl.String,
    "class": pl.Int16,
}
"""Columns of a round's list; status is the kind of the last event, `because` the criteria that made it so,
class the code of the list `monitored_class`."""


def monitors(findings: dict[str, Any]) -> bool:
    """Tell whether a programme keeps the monitoring track instead of the poverty track, by what its run decided."""
    return "clear" in findings["decisions"]


def proposed(rows: pl.DataFrame, earlier: pl.DataFrame | None, findings: dict[str, Any]) -> pl.DataFrame:
    """Return what a run proposes of every household of its rows, and of those that the run before had besides.

    rows      `households` of the run, with `status` of the track and, for monitoring, `stable` (1 where income has
              been stable as long as the law asks)
    earlier   household, village, county and status of who was on record before; None where there is no before
    findings  what the run's manifest says of its decisions
    Returns   the columns of LISTED, sorted by village and household
    """
    monitoring = monitors(findings)
    leaving = "clear" if monitoring else "exit"
    decisions = findings["decisions"]
    leave = pl.col(leaving) if leaving in decisions else pl.lit(0, pl.Int8)
    if monitoring:
        leave = pl.min_horizontal(leave, "stable") if "stable" in rows.columns else leave
        leave = pl.when(pl.col(leaving).is_null()).then(None).otherwise(leave)
    on_list = pl.col("status").is_in(list(ON_LIST[monitoring])).fill_null(value=False)
    exited = (pl.col("status") == StatusKind.EXITED).fill_null(value=False) & (not monitoring)
    category = (
        pl.when(on_list & leave.is_null())
        .then(pl.lit(UNKNOWN))
        .when(on_list & (leave == 1))
        .then(pl.lit(LEAVES))
        .when(on_list)
        .then(pl.lit(STAYS))
        .when(pl.col("outcome").is_null())
        .then(pl.lit(UNKNOWN))
        .when((pl.col("outcome") == 1) & exited)
        .then(pl.lit(FALLS_BACK))
        .when(pl.col("outcome") == 1)
        .then(pl.lit(ENTERS))
        .otherwise(pl.lit(STAYS_OUT))
    )
    identified, left = _because(decisions["identify"]["rule"], "outcome"), pl.lit("")
    if leaving in decisions:
        left = _because(decisions[leaving]["rule"], leaving)
    if monitoring and STABLE in rows.columns:
        left = pl.when((pl.col(leaving) == 1) & (pl.col(STABLE) == 0)).then(pl.lit(STABLE)).otherwise(left)
    listed = rows.with_columns(category=category).with_columns(
        because=pl.when(on_list).then(left).otherwise(identified), **{"class": _class(decisions["identify"])}
    )
    listed = listed.select(pl.col(name).cast(kind) for name, kind in LISTED.items())
    return pl.concat([listed, _gone(rows, earlier)]).sort("village", "household")


def looked_back(listed: pl.DataFrame, wrong: Sequence[int]) -> pl.DataFrame:
    """Return what a look back proposes instead (回头看): who is missing enters, who was wrongly listed is taken off.

    Nobody leaves by rising income in a look back; those wait for the yearly round.

    listed  what `proposed` returned
    wrong   households of which a person proposed removal after a comparison, having heard them
    """
    category = pl.col("category")
    on_list = category.is_in([STAYS, LEAVES, UNKNOWN]) & pl.col("status").is_in(list(ON_LIST[False]))
    return listed.with_columns(
        category=pl.when(on_list & pl.col("household").is_in(list(wrong)))
        .then(pl.lit(WRONG))
        .when(category == LEAVES)
        .then(pl.lit(STAYS))
        .when(category == FALLS_BACK)
        .then(pl.lit(STAYS_OUT))
        .otherwise(category)
    )


def _gone(rows: pl.DataFrame, earlier: pl.DataFrame | None) -> pl.DataFrame:
    """Return those who were on record before and are not in the run: nobody is silently dropped."""
    if earlier is None:
        return pl.DataFrame(schema=LISTED)
    missing = earlier.join(rows, on="household", how="anti").with_columns(
        category=pl.lit(GONE), because=pl.lit(""), **{"class": pl.lit(None, pl.Int16)}
    )
    return missing.select(pl.col(name).cast(kind) for name, kind in LISTED.items())


def _class(identify: dict[str, Any]) -> pl.Expr:
    """Return the code of the first class to which a household is found to belong, by the title of the class."""
    codes = load().code_lists["monitored_class"]
    found = pl.lit(None, pl.Int16)
    for one in reversed(identify["classes"]):
        number = codes.number(one["title"]["zh"])
        found = pl.when(pl.col(one["name"]) == 1).then(pl.lit(number, pl.Int16)).otherwise(found)
    return found


def _because(rule: Any, outcome: str) -> pl.Expr:
    """Return the criteria that made an outcome what it is, joined by commas, in the order of the rule."""
    told = [
        pl.when(_speaks(pl.col(name), pl.col(outcome), wanted)).then(pl.lit(name)) for name, wanted in _leaves(rule)
    ]
    return pl.concat_list(told).list.drop_nulls().list.unique(maintain_order=True).list.join(",")


def _speaks(criterion: pl.Expr, outcome: pl.Expr, wanted: int) -> pl.Expr:
    """Tell whether a criterion speaks for the outcome: as wanted for a yes, against for a no, open for an unknown."""
    met = (criterion == wanted).fill_null(value=False)
    return (
        pl.when(outcome == 1)
        .then(met)
        .when(outcome == 0)
        .then(~met & criterion.is_not_null())
        .otherwise(criterion.is_null())
    )


def _leaves(rule: Any, wanted: int = 1) -> list[tuple[str, int]]:
    """Return the criteria of a rule and the value that each must have for a yes."""
    if isinstance(rule, str):
        return [(rule, wanted)]
    join, inner = rule
    if join == "not":
        return _leaves(inner, 1 - wanted)
    return [leaf for branch in inner for leaf in _leaves(branch, wanted)]
