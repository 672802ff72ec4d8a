"""Tallies: what a run counts in the rows of an area or of a part of it; parts add up in any order (计数).

Everything that a run tells of places, and how often it answered yes, no and unknown, follows from tallies.
So an area that does not fit into memory is judged part by part, and the result is the same to the last byte.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from bangfu.analysis.gini import gini_parts
from bangfu.analysis.income_sums import people, with_income_sums
from bangfu.analysis.indicators import add_up, ancestors, village_counts
from bangfu.analysis.plan import Plan
from bangfu.analysis.rows import outcome_column
from bangfu.params import Parameters

Answers = Mapping[str, int]
"""How often the answer was yes, no and unknown."""

NO_ANSWERS: Final[Answers] = {"yes": 0, "no": 0, "unknown": 0}
NO_INCOMES: Final = pl.DataFrame(schema={"place": pl.Int64, "y": pl.Int64, "w": pl.Int64})


@dataclass(frozen=True, eq=False)
class Area:
    """The places of a whole area, of which a part may be judged alone (判定区域).

    villages  numbers of all villages
    places    `place` and its `parent`
    """

    villages: pl.Series
    places: pl.DataFrame

    @cached_property
    def tree(self) -> pl.DataFrame:
        """Return each village with itself and every place above it, as `village` and `place`."""
        return ancestors(self.villages, self.places)

    def with_villages(self, inhabited: pl.Series) -> "Area":
        """Return the area with villages that only its households name."""
        unlisted = inhabited.filter(~inhabited.is_in(self.villages.implode()))
        return self if unlisted.is_empty() else Area(pl.concat([self.villages, unlisted]), self.places)


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """What was counted in rows (计数结果).

    villages  the measures of the indicators, one row per village; see `indicators.village_counts`
    ginis     `place`, `gini.above`, `gini.below` of places that lie within the part; see `income_sums.gini_parts`
    incomes   `place`, `y`, `w` of places that other parts share, since inequality does not add up from parts
    answers   for each outcome column the number of households answered yes, no and unknown
    """

    villages: pl.DataFrame
    ginis: pl.DataFrame
    incomes: pl.DataFrame
    answers: Mapping[str, Answers]


def tally(rows: pl.DataFrame, plan: Plan, parameters: Parameters, area: Area) -> Tally:
    """Count the rows of a run over an area or a part of it."""
    names = [outcome_column(each) for each in plan.decisions] + [each.name for each in plan.criteria]
    asked = {f"{name}.yes": (pl.col(name) == 1).sum() for name in names}
    asked |= {f"{name}.unknown": pl.col(name).null_count() for name in names}
    found = rows.select(**asked).row(0, named=True)
    answers = {name: _answers(found[f"{name}.yes"], found[f"{name}.unknown"], rows.height) for name in names}
    counts = village_counts(with_income_sums(rows, plan), parameters)
    tree = area.with_villages(counts["village"]).tree
    here, told = pl.col("village").is_in(counts["village"].implode()), people(rows)
    elsewhere = tree.filter(~here)["place"]
    if elsewhere.is_empty():
        return Tally(counts, gini_parts(told, tree), NO_INCOMES, answers)
    shared, own = pl.col("place").is_in(elsewhere.unique().implode()), tree.filter(here)
    incomes = told.join(own.filter(shared), on="village").group_by("place", "y").agg(pl.col("w").sum())
    return Tally(counts, gini_parts(told, own.filter(~shared)), incomes, answers)


def add_tallies(parts: Sequence[Tally]) -> Tally:
    """Add up the tallies of the parts of an area, in any order; at least one part is needed.

    Returns  the tally of the whole: `ginis` of every place, `incomes` empty
    """
    villages = add_up([part.villages for part in parts])
    assert villages.height == sum(part.villages.height for part in parts), "each part has villages of its own"
    answers = {
        name: {answer: sum(part.answers[name][answer] for part in parts) for answer in NO_ANSWERS}
        for name in parts[0].answers
    }
    ginis, incomes = [part.ginis for part in parts], pl.concat([part.incomes for part in parts])
    if not incomes.is_empty():
        shared = incomes.select(pl.col("place").unique()).with_columns(village="place")
        ginis.append(gini_parts(incomes.rename({"place": "village"}), shared))
    return Tally(villages, pl.concat(ginis), NO_INCOMES, answers)


def _answers(yes: int, unknown: int, whole: int) -> Answers:
    return {"yes": yes, "no": whole - yes - unknown, "unknown": unknown}
