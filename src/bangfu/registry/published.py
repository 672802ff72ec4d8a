"""What may be published of a household: the head's name, the group, how many live in it; nothing else."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
from django.db import connection

from bangfu.kernel.bulk import in_list, plain_columns, read_frame
from bangfu.kernel.days import OPEN_START, day_number
from bangfu.registry.frames import HEAD_RELATION

_COUNTED = "event_id NOT IN (SELECT undone_id FROM registry_undo)"


def published_heads(county: int, households: Sequence[int], on: date) -> pl.DataFrame:
    """Return household, name, age, group_name, members of households of one county, as true on a day.

    name     of the head, null where nobody is recorded as head
    age      of the head in whole years, null where no birthday is known
    members  present members
    """
    member = _latest(county, "registry_membership", "person_id", {"household_id": pl.Int64, "relation": pl.Int16}, on)
    wanted = pl.DataFrame({"household": sorted(set(households))}, schema={"household": pl.Int64})
    present = member.rename({"household_id": "household"}).join(wanted, on="household")
    heads = present.filter(pl.col("relation") == HEAD_RELATION).unique("household", keep="first", maintain_order=True)
    heads = heads.join(_named(county, heads["person_id"].to_list()), on="person_id", how="left")
    heads = heads.join(_ages(county, on), on="person_id", how="left")
    home = _latest(county, "registry_residence", "household_id", {"group_name": pl.String}, on)
    counts = present.group_by("household").agg(members=pl.len().cast(pl.Int32))
    told = wanted.join(heads.select("household", "name", "age"), on="household", how="left")
    told = told.join(home.rename({"household_id": "household"}), on="household", how="left")
    return told.join(counts, on="household", how="left").select("household", "name", "age", "group_name", "members")


def _latest(county: int, table: str, key: str, columns: dict[str, Any], on: date) -> pl.DataFrame:
    """Return the row in force of one table for every subject of a county."""
    names = [key, *columns, "effective_from", "id"]
    sql = (
        f"SELECT {plain_columns(connection, names)} FROM {table} "
        f"WHERE county = %s AND effective_from <= %s AND {_COUNTED}"
    )
    schema = {key: pl.Int64, **columns, "effective_from": pl.Date, "id": pl.Int64}
    rows = read_frame(connection, sql, [county, on], schema).sort(key, "effective_from", "id")
    return rows.unique(key, keep="last", maintain_order=True).select(key, *columns)


def _named(county: int, persons: Sequence[int]) -> pl.DataFrame:
    condition, parameter = in_list(connection, "person_id", persons)
    sql = f"SELECT person_id, name FROM registry_identity WHERE county = %s AND live AND {condition}"
    return read_frame(connection, sql, [county, parameter], {"person_id": pl.Int64, "name": pl.String})


def _ages(county: int, on: date) -> pl.DataFrame:
    born = _latest(county, "registry_profile", "person_id", {"born_on": pl.Date}, on)
    day = pl.col("born_on").dt
    number = day.year() * 10_000 + day.month().cast(pl.Int32) * 100 + day.day().cast(pl.Int32)
    known = pl.col("born_on") > OPEN_START
    return born.select("person_id", age=pl.when(known).then((day_number(on) - number) // 10_000))
