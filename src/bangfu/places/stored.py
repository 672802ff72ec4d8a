"""The table of places as columns: read by code, by number, by subtree; written in bulk."""

from collections.abc import Sequence
from typing import Final

import polars as pl
from django.db import connection

from bangfu.kernel.bulk import in_list, read_frame, write_rows
from bangfu.places.lineage import ANCESTORS

SCHEMA: Final = {
    "number": pl.Int64,
    "code": pl.String,
    "level": pl.Int64,
    "parent_id": pl.Int64,
    "name": pl.String,
    "name_en": pl.String,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
    "successor_id": pl.Int64,
    "aliases": pl.String,
    **dict.fromkeys(ANCESTORS, pl.Int64),
}
"""Every column of a place that its event commits to."""

COLUMNS: Final = tuple(SCHEMA)
_TABLE: Final = "places_place"


def by_code(codes: Sequence[str]) -> pl.DataFrame:
    """Return the places with these codes: COLUMNS and event_id."""
    return _read(*in_list(connection, "code", codes))


def by_number(numbers: Sequence[int]) -> pl.DataFrame:
    """Return the places with these numbers: COLUMNS and event_id."""
    return _read(*in_list(connection, "number", numbers))


def below(numbers: Sequence[int]) -> pl.DataFrame:
    """Return the places that have one of these among their ancestors, or are one: COLUMNS and event_id."""
    tests = [in_list(connection, column, numbers) for column in ANCESTORS]
    return _read(" OR ".join(test for test, _ in tests), *[parameter for _, parameter in tests])


def within(condition: str, parameters: Sequence[object]) -> pl.DataFrame:
    """Return the places for which a condition of `Scope.where` holds: COLUMNS and event_id."""
    return _read(condition, *parameters)


def largest_number() -> int:
    """Return the largest number that a place has; 0 when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(number), 0) FROM places_place")
        return int(cursor.fetchone()[0])


def insert(frame: pl.DataFrame) -> None:
    """Write new places: COLUMNS and event_id."""
    write_rows(connection, _TABLE, frame.select(*COLUMNS, "event_id"))


def update(frame: pl.DataFrame) -> None:
    """Write the new values of places that exist: COLUMNS and event_id, by number."""
    names = [*COLUMNS[1:], "event_id"]
    assignments = ", ".join(f"{name} = %s" for name in names)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE places_place SET {assignments} WHERE number = %s",
            frame.select(*names, "number").rows(),
        )


def _read(condition: str, *parameters: object) -> pl.DataFrame:
    days = [name for name, kind in SCHEMA.items() if kind == pl.Date]
    said = [f"CAST({name} AS text)" if name in days else name for name in COLUMNS]  # one form on both databases
    sql = f"SELECT {', '.join(said)}, event_id FROM places_place WHERE {condition}"
    schema = {**SCHEMA, **dict.fromkeys(days, pl.String), "event_id": pl.Int64}
    return read_frame(connection, sql, parameters, schema).with_columns(pl.col(days).str.to_date())
