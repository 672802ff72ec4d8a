"""The registered persons of a county as a comparison sees them; who they are is opened in memory only."""

from typing import Final

import polars as pl

from bangfu.kernel.days import OPEN_START
from bangfu.kernel.secrets import Keys
from bangfu.kernel.status import StatusKind
from bangfu.places.queries import village_names
from bangfu.places.scope import Scope
from bangfu.registry import queries
from bangfu.registry.masking import SEALED, opened
from bangfu.registry.queries import AsOf
from bangfu.registry.topics import topics

NOW: Final = AsOf()
PERSON: Final = {
    "person_id": pl.Int64,
    "household_id": pl.Int64,
    "village": pl.Int64,
    "town": pl.Int64,
    "name": pl.String,
    "pinyin": pl.String,
    "initials": pl.String,
    "id_index": pl.String,
    "id_sealed": pl.String,
    "born_on": pl.Int32,
}
"""Columns of the registered persons; town null where the village hangs directly on a county."""


def registered_persons(scope: Scope) -> pl.DataFrame:
    """Return the members of the households that live in the scope, with the columns of PERSON."""
    homes = queries.facts_at(scope, topics()["residence"], NOW).select("household_id", "village")
    homes = homes.join(village_names(scope).select("village", "town").unique("village"), on="village")
    members = queries.facts_at(scope, topics()["membership"], NOW).select("person_id", "household_id")
    who = queries.facts_at(scope, topics()["identity"], NOW).drop("effective_from")
    profile = queries.facts_at(scope, topics()["profile"], NOW).select("person_id", day_column("born_on"))
    rows = members.join(homes, on="household_id").join(who, on="person_id", how="left")
    rows = rows.join(profile, on="person_id", how="left")
    return rows.select(pl.col(name).cast(kind) for name, kind in PERSON.items()).sort("person_id")


def opened_ids(persons: pl.DataFrame, keys: Keys) -> pl.Series:
    """Return the identity numbers of persons in plain text; for the memory of a comparison, never for a file or log."""
    column = SEALED["id_no"][1]
    rows = persons.select("person_id", column).iter_rows()
    return pl.Series("id_no", [opened("id_no", person, {column: sealed}, keys) for person, sealed in rows], pl.String)


def registered_since(scope: Scope) -> pl.DataFrame:
    """Return the day on which each household was first identified: household_id, since_on (yyyymmdd, null unknown)."""
    events = queries.status_events_at(scope, NOW).filter(pl.col("kind") == StatusKind.IDENTIFIED)
    first = events.group_by("household_id").agg(pl.col("effective_from").min())
    return first.select("household_id", day_column("effective_from").alias("since_on"))


def day_column(name: str) -> pl.Expr:
    """Return a day as yyyymmdd; the open start is no known day."""
    day = pl.col(name)
    number = day.dt.year() * 10_000 + day.dt.month().cast(pl.Int32) * 100 + day.dt.day().cast(pl.Int32)
    return pl.when(day > OPEN_START).then(number).cast(pl.Int32).alias(name)
