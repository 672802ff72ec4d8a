"""What if the law were otherwise: who would come in, who would drop out, where, and how well it hits (政策模拟).

The reform is judged by the same rules on the same snapshot as the run beside it, so that every difference
comes from what was altered. Households and persons are counted whole; unknown is told, never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bangfu.analysis.frames import Frames, lazy
from bangfu.analysis.indicators import ancestors
from bangfu.analysis.plan import Plan
from bangfu.analysis.reform import Reform, reformed
from bangfu.analysis.rows import judge
from bangfu.analysis.transfers import GAP, with_gap

UNITS: Final = ("households", "persons")
COUNTS: Final = ("yes_before", "yes_after", "entered", "left", "unknown_before", "unknown_after")
SIDES: Final = ("before", "after")


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A run and the same run under a reform, household by household (模拟对比).

    rows           household, village, persons, before, after (outcomes 1, 0, null), gap_before_fen,
                   gap_after_fen: what those identified lack to the line of their side
    before, after  the rows of either side with `gap_fen`, for `transfers.cost_of`
    """

    rows: pl.DataFrame
    before: pl.DataFrame
    after: pl.DataFrame

    @property
    def moved(self) -> pl.DataFrame:
        """Return the households whose outcome differs: household, village, persons, before, after."""
        moved = pl.col("before").ne_missing(pl.col("after"))
        return self.rows.filter(moved).select("household", "village", "persons", *SIDES)


def compare(frames: Frames, rows: pl.DataFrame, plan: Plan, reform: Reform) -> Comparison:
    """Judge an area under a reform and set it beside the run (政策模拟).

    frames  the snapshot of the run
    rows    the rows of the run
    plan    the plan of the run
    reform  what is altered
    Raises  what `reform.reformed` raises
    """
    counties = lazy(frames.villages).select("county").collect(backend="polars").to_native()
    altered = reformed(plan, reform, counties["county"].drop_nulls().unique().to_list())
    after = with_gap(judge(frames, altered), altered)
    before = with_gap(rows, plan)
    lacked = pl.when(pl.col("outcome") == 1).then(GAP)
    joined = before.select("household", "village", "persons", before=pl.col("outcome"), gap_before_fen=lacked).hstack(
        after.select(after=pl.col("outcome"), gap_after_fen=lacked)
    )
    assert before["household"].equals(after["household"]), "both sides are sorted by village and household"
    return Comparison(joined, before, after)


def within(compared: Comparison, villages: pl.Series) -> Comparison:
    """Return the comparison cut to some villages (by number)."""
    cut = (
        each.join(villages.to_frame("village"), on="village", how="semi", maintain_order="left")
        for each in (compared.rows, compared.before, compared.after)
    )
    return Comparison(*cut)


def totals(compared: Comparison) -> dict[str, Any]:
    """Return the counts of the whole area: `households` and `persons` by COUNTS, and gaps of both sides in fen."""
    return _told(compared.rows.select(_counts()).row(0, named=True))


def by_place(compared: Comparison, places: pl.DataFrame) -> pl.DataFrame:
    """Count who comes in and drops out for every place.

    places   `place` and its `parent`
    Returns  `place`, and `<unit>_<count>` for households and persons and COUNTS, `gap_before_fen`, `gap_after_fen`;
             sorted by place
    """
    villages = compared.rows.group_by("village").agg(_counts())
    lines = ancestors(villages["village"], places)
    return villages.join(lines, on="village").drop("village").group_by("place").sum().sort("place")


def by_group(compared: Comparison, groups: pl.DataFrame) -> list[dict[str, Any]]:
    """Count who comes in and drops out for every group of households.

    groups   `household` and `group`, any type; a household without one is counted under None
    Returns  one dict per group, sorted, with `group` and what `totals` gives
    """
    found = (
        compared.rows.join(groups.select("household", "group"), on="household", how="left")
        .group_by("group")
        .agg(_counts())
        .sort("group", nulls_last=True)
    )
    return [{"group": row.pop("group"), **_told(row)} for row in found.to_dicts()]


def errors(compared: Comparison, truth: pl.DataFrame) -> dict[str, Any]:
    """Compare both sides with what is known to be true of households (瞄准误差).

    truth    `household` and `poor` (boolean); households that it does not name are left out
    Returns  for before and after, in households and persons: identified, poor, hit (both), inclusion error
             (identified and not poor, 错评), exclusion error (poor and not identified, 漏评), and undecided
             (unknown, which counts as not identified). Shares are left to whoever shows them
    """
    known = compared.rows.join(truth.select("household", "poor"), on="household")
    poor = pl.col("poor")
    found: dict[str, Any] = {}
    for side in SIDES:
        yes = (pl.col(side) == 1).fill_null(value=False)
        asked = {
            "identified": yes,
            "poor": poor,
            "hit": yes & poor,
            "inclusion_error": yes & ~poor,
            "exclusion_error": ~yes & poor,
            "undecided": pl.col(side).is_null(),
        }
        found[side] = {
            "households": known.select(**{name: held.sum() for name, held in asked.items()}).row(0, named=True),
            "persons": known.select(**{name: _persons(held) for name, held in asked.items()}).row(0, named=True),
        }
    return found


def _counts() -> list[pl.Expr]:
    yes = {side: (pl.col(side) == 1).fill_null(value=False) for side in SIDES}
    held = {
        "yes_before": yes["before"],
        "yes_after": yes["after"],
        "entered": ~yes["before"] & yes["after"],
        "left": yes["before"] & ~yes["after"],
        "unknown_before": pl.col("before").is_null(),
        "unknown_after": pl.col("after").is_null(),
    }
    households = [held[name].sum().cast(pl.Int64).alias(f"households_{name}") for name in COUNTS]
    persons = [_persons(held[name]).alias(f"persons_{name}") for name in COUNTS]
    return [*households, *persons, pl.col("gap_before_fen", "gap_after_fen").sum()]


def _persons(held: pl.Expr) -> pl.Expr:
    return pl.col("persons").cast(pl.Int64).filter(held).sum()


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {unit: {name: row[f"{unit}_{name}"] for name in COUNTS} for unit in UNITS}
    return told | {
        "gap_before_fen": row["gap_before_fen"],
        "gap_after_fen": row["gap_after_fen"],
    }
