"""Whole columns into and out of a register database, never row by row.

Works on an open database connection (a Django connection or anything with its `vendor` and
`cursor()`), inside the caller's transaction: COPY on PostgreSQL, executemany on SQLite.
"""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import polars as pl

_DAY = "%Y-%m-%d"
_AT_ONCE = 100_000


Row = tuple[Any, ...]


class Connection(Protocol):
    """The part of a database connection that bulk work needs."""

    vendor: str

    def cursor(self) -> Any:
        """Open a cursor in the current transaction."""
        ...


def write_rows(connection: Connection, table: str, frame: pl.DataFrame) -> int:
    """Insert every row of `frame` into `table`; columns carry the table's column names.

    frame    Date columns become days, Boolean columns truth values, everything else as it is
    Returns  the number of rows written
    """
    if frame.is_empty():
        return 0
    names = ", ".join(f'"{name}"' for name in frame.columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN (FORMAT csv)') as copy:
                copy.write(frame.write_csv(include_header=False).encode())
        else:
            places = ", ".join("?" * frame.width)
            rows = _sqlite_values(frame).iter_rows()
            statement = f'INSERT INTO "{table}" ({names}) VALUES ({places})'
            cursor.connection.executemany(statement, rows)
    return frame.height


def read_frame(
    connection: Connection, sql: str, parameters: Sequence[object], schema: Mapping[str, Any]
) -> pl.DataFrame:
    """Run a query and return its rows as columns of the given names and types.

    sql         with %s places; one place may take a whole list through `in_list`
    parameters  one for each place
    schema      column name -> polars type, in the order of the query's columns; a Date column may
                come as text (SQLite) or as a date (PostgreSQL)
    """
    raw = {name: pl.String if kind == pl.Date else kind for name, kind in schema.items()}
    read = _copied if connection.vendor == "postgresql" else _fetched
    frame = read(connection, sql, list(parameters), raw)
    days = [pl.col(name).str.to_date(_DAY) for name, kind in schema.items() if kind == pl.Date]
    if not days:
        return frame
    return frame.with_columns(days) if frame.height else pl.DataFrame(schema=dict(schema))


def _copied(connection: Connection, sql: str, parameters: list[object], schema: Mapping[str, Any]) -> pl.DataFrame:
    """Return a query's rows on PostgreSQL, as COPY writes them: no row is ever a Python object.

    Both sides write nothing for a missing value and two quotes for an empty text; a mark would take a text for it.
    Asks the driver's own cursor: the one that Django puts around it while it counts queries loses the parameters.
    """
    places = [f"c{number}" for number in range(len(schema))]
    shown = (f"{place}::int" if kind == pl.Int8 else place for place, kind in zip(places, schema.values(), strict=True))
    statement = f"COPY (SELECT {', '.join(shown)} FROM ({sql}) AS asked ({', '.join(places)})) TO STDOUT (FORMAT csv)"
    content = io.BytesIO()
    with connection.cursor() as cursor, getattr(cursor, "cursor", cursor).copy(statement, parameters) as copy:
        for part in copy:
            content.write(part)
    if not content.tell():
        return pl.DataFrame(schema=dict(schema))
    content.seek(0)
    return pl.read_csv(content, has_header=False, schema=dict(schema))


def _fetched(connection: Connection, sql: str, parameters: list[object], schema: Mapping[str, Any]) -> pl.DataFrame:
    """Return a query's rows on SQLite, turned into columns some at a time."""
    parts = []
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(_AT_ONCE):
            columns = zip(schema.items(), zip(*rows, strict=True), strict=True)
            parts.append(
                pl.DataFrame([pl.Series(name, values, kind, strict=False) for (name, kind), values in columns])
            )
    if not parts:
        return pl.DataFrame(schema=dict(schema))
    return pl.concat(parts, rechunk=True) if parts[1:] else parts[0]


def read_together(connection: Connection, questions: Sequence[tuple[str, Sequence[object]]]) -> list[list[Row]]:
    """Ask several small questions and return the rows of each; on PostgreSQL all of them travel at once.

    questions  each a SELECT with %s places, and one parameter for each place
    """
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            return [cursor.execute(sql, list(parameters)).fetchall() for sql, parameters in questions]
        driver = cursor.connection
        with driver.pipeline():
            asked = [driver.execute(sql, list(parameters)) for sql, parameters in questions]
        return [one.fetchall() for one in asked]


def plain_columns(connection: Connection, names: Sequence[str]) -> str:
    """Return a SELECT list whose values arrive as stored: on SQLite no converter looks at them, one by one."""
    if connection.vendor == "postgresql":
        return ", ".join(names)
    return ", ".join(f"+{name}" for name in names)


def in_list(connection: Connection, column: str, values: Sequence[object]) -> tuple[str, Any]:
    """Return a condition and its one parameter that tell whether `column` is among many values."""
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", list(values)
    condition = f"{column} IN (SELECT value FROM json_each(%s))"
    return condition, json.dumps(list(values), ensure_ascii=False)


def _sqlite_values(frame: pl.DataFrame) -> pl.DataFrame:
    changes = [
        pl.col(name).cast(pl.String if kind == pl.Date else pl.Int8)
        for name, kind in frame.schema.items()
        if kind in (pl.Date, pl.Boolean)
    ]
    return frame.with_columns(changes) if changes else frame
