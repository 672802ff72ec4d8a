"""From a plan to rows of the register's tables: numbers for what is new, seals for what is sensitive."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from bangfu.audit.row_numbers import table_numbers
from bangfu.kernel.secrets import Keys
from bangfu.registry.names import pinyin_columns
from bangfu.registry.topics import topics

_SEALS = {
    "identity": (("id_no", "id_sealed"), ("phone", "phone_sealed")),
    "contact": (("household_phone", "phone_sealed"), ("account", "account_sealed")),
}


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of new households and persons: at place k - 1 that of the one planned as -k."""

    household: pl.Series
    person: pl.Series

    def households(self, column: str) -> pl.Expr:
        """Return the column with every new household's number in place."""
        return _placed(column, self.household)

    def persons(self, column: str) -> pl.Expr:
        """Return the column with every new person's number in place."""
        return _placed(column, self.person)


def number_new(frames: Mapping[str, pl.DataFrame]) -> Numbering:
    """Reserve numbers for the new households and persons of a batch, in the caller's transaction."""
    return Numbering(
        household=_numbers("registry_household", frames["new_households"]["household_id"]),
        person=_numbers("registry_person", frames["new_persons"]["person_id"]),
    )


def _numbers(table: str, planned: pl.Series) -> pl.Series:
    """Return the numbers by place; a place stays empty where the one planned was refused afterwards."""
    if planned.is_empty():
        return pl.Series(dtype=pl.Int64)
    places = [-number - 1 for number in planned.to_list()]
    given = pl.DataFrame({"place": places, "number": table_numbers(table, len(places))})
    every = pl.DataFrame({"place": range(max(places) + 1)}, schema=given.select("place").schema)
    return every.join(given, on="place", how="left", maintain_order="left")["number"]


def counties_of(frames: Mapping[str, pl.DataFrame]) -> list[int]:
    """Return the counties of which a difference says anything, in order."""
    named = [frame["county"].unique() for name, frame in frames.items() if name != "leads" and not frame.is_empty()]
    return sorted({int(county) for counties in named for county in counties})


def county_rows(
    frames: Mapping[str, pl.DataFrame], county: int, numbering: Numbering, keys: Keys
) -> dict[str, pl.DataFrame]:
    """Return table -> rows of one county ready to be recorded, without id of facts, county and event.

    frames  new_households, new_persons, topic:NAME for each topic, income, events; see `plan.Plan`
    """
    mine = {name: frame.filter(pl.col("county") == county).drop("county") for name, frame in frames.items()}
    tables = {
        "registry_household": mine["new_households"].select(
            numbering.households("household_id").alias("id"), "household_no", pl.lit(value=True).alias("live")
        ),
        "registry_person": mine["new_persons"].select(
            numbering.persons("person_id").alias("id"), "person_no", pl.lit(value=True).alias("live")
        ),
    }
    for name, topic in topics().items():
        rows = mine.get(f"topic:{name}")
        if rows is None or rows.is_empty():
            continue
        rows = rows.with_columns(_subjects(rows, numbering))
        if name in _SEALS:
            rows = _sealed(rows, name, topic.key, keys)
        live = [pl.lit(value=True).alias("live")] if name == "identity" else []
        typed = [_typed(column, kind) for column, kind in topic.columns.items()]
        tables[topic.table] = rows.select(topic.key, "effective_from", *typed, *live)
    for name, table in (("income", "registry_income_item"), ("events", "registry_status_event")):
        tables[table] = mine[name].with_columns(_subjects(mine[name], numbering))
    return {table: rows for table, rows in tables.items() if not rows.is_empty()}


def _placed(column: str, numbers: pl.Series) -> pl.Expr:
    planned = pl.col(column)
    if numbers.is_empty():
        return planned
    turn = pl.when(planned < 0).then(-planned - 1)
    return pl.coalesce(pl.lit(numbers).gather(turn), planned).alias(column)


def _subjects(rows: pl.DataFrame, numbering: Numbering) -> list[pl.Expr]:
    found = []
    if "household_id" in rows.columns:
        found.append(numbering.households("household_id"))
    if "person_id" in rows.columns:
        found.append(numbering.persons("person_id"))
    return found


_BOOLEAN = pl.Int8


def _typed(column: str, kind: pl.DataType) -> pl.Expr:
    """Three-valued fields travel as 1 and 0 and are stored as truth values."""
    return pl.col(column).cast(pl.Boolean) if kind == _BOOLEAN else pl.col(column)


def _sealed(rows: pl.DataFrame, topic: str, key: str, keys: Keys) -> pl.DataFrame:
    """Seal the plain columns of an identity or contact; a value that was not stated keeps its seal."""
    for plain, sealed in _SEALS[topic]:
        if plain not in rows.columns:
            continue
        values = [
            old if text is None else keys.encrypt(text.encode(), f"{topic}|{plain}|{subject}").hex()
            for text, old, subject in rows.select(plain, sealed, key).iter_rows()
        ]
        rows = rows.with_columns(pl.Series(sealed, values, pl.String))
    if topic == "identity":
        rows = rows.with_columns(pinyin_columns(rows["name"]))
    return rows
