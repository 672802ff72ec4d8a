"""Variants of one household: the same facts with one of them recorded otherwise, judged like any other.

All variants are judged at once, by the rules of the run, as the households of one small table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import polars as pl

from bangfu.analysis.frames import Frames, lazy
from bangfu.analysis.plan import Plan
from bangfu.analysis.rows import judge

HOUSEHOLD: Final = "household"


@dataclass(frozen=True, slots=True)
class Home:
    """What the register holds of one household: its own facts, and one row of facts per member."""

    facts: dict[str, Any]
    members: tuple[dict[str, Any], ...]

    def fact(self, field: str, person: int | None = None) -> int | None:
        """Return a recorded fact of the household or of one of its members."""
        row = self.facts if person is None else next(each for each in self.members if each["person"] == person)
        recorded: int | None = row[field]
        return recorded

    def with_fact(self, field: str, value: int | None, person: int | None = None) -> "Home":
        """Return the household with one fact recorded otherwise, its own or one of a member's."""
        if person is None:
            return Home({**self.facts, field: value}, self.members)
        members = ({**each, field: value} if each["person"] == person else each for each in self.members)
        return Home(self.facts, tuple(members))

    def with_members(self, members: Sequence[dict[str, Any]]) -> "Home":
        """Return the household with other members, declared as many as they are."""
        return Home({**self.facts, "declared_members": len(members)}, tuple(members))


@dataclass(frozen=True, slots=True, eq=False)
class Court:
    """Judges variants of one household by the plan of its run (逐户复算).

    plan                what the programme asks
    home                the household as recorded
    households, persons  tables that hold it alone: their columns and types count
    villages, places    the area's own
    """

    plan: Plan
    home: Home
    households: pl.DataFrame
    persons: pl.DataFrame
    villages: pl.DataFrame
    places: Any

    def judge(self, homes: Sequence[Home]) -> list[dict[str, Any]]:
        """Judge variants at once; returns their rows of a run in the order given."""
        facts = [{**home.facts, HOUSEHOLD: number} for number, home in enumerate(homes)]
        members = [{**each, HOUSEHOLD: number} for number, home in enumerate(homes) for each in home.members]
        households = pl.DataFrame(facts, schema=self.households.schema)
        persons = pl.DataFrame(members, schema=self.persons.schema)
        return judge(Frames(households, persons, self.villages, self.places), self.plan).sort(HOUSEHOLD).to_dicts()


def open_court(frames: Frames, plan: Plan, household: int) -> Court:
    """Return the court for one household of an area.

    frames     the area
    plan       what the programme asks
    household  register number; must be in the area
    """
    mine = nw.col(HOUSEHOLD) == household
    households = _collected(lazy(frames.households).filter(mine))
    persons = _collected(lazy(frames.persons).filter(mine)).sort("person")
    home = Home(households.row(0, named=True), tuple(persons.to_dicts()))
    return Court(plan, home, households, persons, _collected(lazy(frames.villages)), frames.places)


def _collected(table: nw.LazyFrame[Any]) -> pl.DataFrame:
    collected: pl.DataFrame = table.collect(backend="polars").to_native()
    return collected
