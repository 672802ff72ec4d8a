"""What comings and goings do to households: they are counted anew, they form by a split, they empty by a merge.

Help is decided upon, never inherited nor lost by a move: where a household forms or empties, a lead asks a person.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from bangfu.intake.movements import NOBODY
from bangfu.places.scope import Scope
from bangfu.registry import queries

SPLIT: Final = "household.split"
MERGED: Final = "household.merged"
EMPTIED: Final = "household.emptied"
_MOVES: Final = {
    "person_id": pl.Int64,
    "since": pl.Date,
    "from_home": pl.Int64,
    "to_home": pl.Int64,
    "event": pl.Boolean,
    "county": pl.Int64,
}
_LEADS: Final = {
    "kind": pl.String,
    "household_id": pl.Int64,
    "other_id": pl.Int64,
    "since": pl.Date,
    "county": pl.Int64,
}


@dataclass(slots=True)
class Moves:
    """The comings and goings that a batch brings, in the order of their days."""

    _rows: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_MOVES))

    def note(self, found: pl.DataFrame, current: pl.DataFrame, said: pl.DataFrame) -> None:
        """Note who changes household.

        found    new memberships: person_id, effective_from, household_id, NOBODY for none
        current  memberships in force before, in the same columns
        said     person_id, county, event
        """
        before = current.select("person_id", pl.col("household_id").alias("from_home"))
        rows = found.select("person_id", pl.col("effective_from").alias("since"), to_home=pl.col("household_id"))
        rows = rows.join(before, on="person_id", how="left", maintain_order="left")
        rows = rows.with_columns(pl.col("from_home", "to_home").fill_null(NOBODY))
        rows = rows.join(said.select("person_id", "county", "event"), on="person_id", maintain_order="left")
        moved = rows.filter(pl.col("from_home") != pl.col("to_home"))
        self._rows = pl.concat([self._rows, moved.select(pl.col(name).cast(kind) for name, kind in _MOVES.items())])

    def net(self, day: date | None) -> pl.DataFrame:
        """Return by how many persons the changes of one day alter each household: household_id, county, net."""
        rows = self._rows.filter(pl.col("event") & pl.col("since").eq_missing(pl.lit(day, pl.Date)))
        parts = [
            rows.select("county", household_id=pl.col(side), net=pl.lit(sign))
            for side, sign in (("to_home", 1), ("from_home", -1))
        ]
        homes = pl.concat(parts).filter(pl.col("household_id") > NOBODY)
        counted = homes.group_by("household_id").agg(pl.col("county").first(), pl.col("net").sum())
        return counted.filter(pl.col("net") != 0).sort("household_id")

    @property
    def formed(self) -> pl.DataFrame:
        """The households that form by a split: household_id, other_id (from which), since, county."""
        new = self._rows.filter((pl.col("to_home") < NOBODY) & (pl.col("from_home") > NOBODY))
        told = new.group_by("to_home", "from_home").agg(pl.col("since").min(), pl.col("county").first())
        return told.rename({"to_home": "household_id", "from_home": "other_id"})

    def leads(self) -> pl.DataFrame:
        """Return what somebody must look into: kind, household_id, other_id, since, county."""
        split = self.formed.with_columns(kind=pl.lit(SPLIT))
        parts = [pl.DataFrame(schema=_LEADS), split.select(*_LEADS), self._emptied().select(*_LEADS)]
        return pl.concat(parts).sort("household_id", "kind", "other_id")

    def _emptied(self) -> pl.DataFrame:
        left = self._rows.filter(pl.col("from_home") > NOBODY)
        homes = left["from_home"].unique().to_list()
        if not homes:
            return pl.DataFrame(schema=_LEADS)
        last = self._rows.unique("person_id", keep="last", maintain_order=True)
        present = queries.members_at(Scope.everywhere(), queries.AsOf(), homes)
        stay = present.join(last, on="person_id", how="anti")["household_id"]
        inhabited = pl.concat([stay, last["to_home"]]).unique()
        emptied = left.filter(~pl.col("from_home").is_in(inhabited.implode()))
        to = pl.col("to_home").filter(pl.col("to_home") != NOBODY)
        told = emptied.group_by("from_home").agg(
            to.first().alias("other_id"), pl.col("since").max(), pl.col("county").first()
        )
        kind = pl.when(pl.col("other_id").is_null()).then(pl.lit(EMPTIED)).otherwise(pl.lit(MERGED))
        return told.rename({"from_home": "household_id"}).with_columns(kind=kind)
