"""The frames that a run reads, and how facts of persons become facts of their household."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import narwhals as nw
import polars as pl

from bangfu.rules.facts import Columns
from bangfu.rules.people import left_household

_FEW: Final = 10_000
"""Rows below which a query costs less in one piece than in streams."""


@dataclass(frozen=True, slots=True)
class Frames:
    """One registered area as frozen in a snapshot (快照表): native tables of Polars, DuckDB or another engine.

    households, persons, villages, places  tables with the columns of the field catalogue
    """

    households: Any
    persons: Any
    villages: Any
    places: Any

    @property
    def in_polars(self) -> bool:
        """Tell whether households, persons and villages are Polars' own tables, held or still to be read."""
        tables = (self.households, self.persons, self.villages)
        return all(isinstance(each, pl.DataFrame | pl.LazyFrame) for each in tables)

    @property
    def engine(self) -> Literal["in-memory", "streaming"]:
        """How Polars should go through these tables: few rows that are held in one piece, others in streams."""
        few = isinstance(self.persons, pl.DataFrame) and self.persons.height < _FEW
        return "in-memory" if few else "streaming"


def lazy(native: Any) -> nw.LazyFrame[Any]:
    """Return a native table as a lazy frame, whatever engine it belongs to."""
    frame: nw.LazyFrame[Any] = nw.from_native(native).lazy()
    return frame


def held(native: Any, *columns: str) -> pl.DataFrame:
    """Return columns of a native table, all of them where none is named, as a table of Polars that is held."""
    if isinstance(native, pl.DataFrame | pl.LazyFrame):
        return native.lazy().select(columns or pl.all()).collect()
    table: pl.DataFrame = lazy(native).select(*(columns or [nw.all()])).collect(backend="polars").to_native()
    return table


def households_by_key(frames: Frames, facts: Mapping[str, nw.Expr], leaving: tuple[int, ...]) -> nw.LazyFrame[Any]:
    """Return households with their county and their folded members, in any order, on any engine.

    frames   one registered area
    facts    boolean columns of persons by name
    leaving  code numbers of the natural changes that end a membership
    Returns  the columns of households, `county`, and those of `fold_members`
    """
    villages = lazy(frames.villages).select("village", "county")
    folded = fold_members(lazy(frames.persons), facts, leaving)
    return lazy(frames.households).join(villages, on="village", how="left").join(folded, on="household", how="left")


def fold_members(
    persons: nw.LazyFrame[Any], facts: Mapping[str, nw.Expr], leaving: tuple[int, ...]
) -> nw.LazyFrame[Any]:
    """Fold persons into one row per household, in one pass (家庭成员汇总).

    persons  one row per member
    facts    boolean columns of persons by name
    leaving  code numbers of the natural changes that end a membership
    Returns  `household`, `persons` (members counted), and for each fact `<fact>_count` (members of whom it is
             known to hold) and `<fact>_open` (members of whom it is not known whether it does)
    """
    members = persons.filter(~left_household(Columns(), leaving)).select(
        "household", **{name: fact.cast(nw.Int64) for name, fact in facts.items()}
    )
    return members.group_by("household").agg(
        nw.len().alias("persons"),
        *(nw.col(name).sum().alias(f"{name}_count") for name in facts),
        *(nw.col(name).null_count().alias(f"{name}_open") for name in facts),
    )


def folded_outcome(name: str) -> nw.Expr:
    """Tell whether a fact holds of one member at least (任一成员).

    Unknown while it holds of none for sure and may hold of one, and for a household without members.
    """
    held = nw.col(f"{name}_count") > 0
    return nw.when(held | (nw.col(f"{name}_open") == 0)).then(held)
