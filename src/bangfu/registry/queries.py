"""Everything that reads the register. Each query takes the scope within which it may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db import connection

from bangfu.kernel.bulk import in_list, plain_columns, read_frame
from bangfu.kernel.days import SHANGHAI
from bangfu.places.queries import numbers_within
from bangfu.places.scope import Scope
from bangfu.registry.topics import Topic

FOREVER = date(9999, 12, 31)
EVERY_COUNTY = "county IN (SELECT county FROM audit_head)"
"""True of every row; names the leading column of the indexes, so that a few subjects are looked up and not searched."""
_FEW = 500


@dataclass(frozen=True, slots=True)
class AsOf:
    """A view of the register: as true on a day, as known at an instant.

    on     facts whose day of beginning is on or before this day
    known  rows recorded up to this instant; None: everything recorded so far
    """

    on: date = FOREVER
    known: datetime | None = None

    @classmethod
    def of_days(cls, on: date, known: date | None) -> "AsOf":
        """Return the view as true on `on` and as known at the end of the day `known` in Beijing time."""
        if known is None:
            return cls(on)
        return cls(on, datetime(known.year, known.month, known.day, 23, 59, 59, 999_999, tzinfo=SHANGHAI))


def facts_at(scope: Scope, topic: Topic, as_of: AsOf, subjects: Sequence[int] | None = None) -> pl.DataFrame:
    """Return the row in force of one topic for every subject: key, effective_from and the topic's columns.

    A household that moved out of the scope has no residence there.

    subjects  only these keys; None: all subjects of the scope's counties
    """
    latest = _latest(facts_until(scope, topic, as_of, subjects), [topic.key]).drop("id")
    if "village" not in topic.columns or scope.whole:
        return latest
    return latest.filter(pl.col("village").is_in(numbers_within(scope).implode()))


def facts_until(scope: Scope, topic: Topic, as_of: AsOf, subjects: Sequence[int] | None = None) -> pl.DataFrame:
    """Return every row of one topic up to the view, in no order: key, effective_from, the topic's columns, id."""
    counted, parameters = counting("f", as_of)
    conditions, more = staying("f", topic.key, scope, subjects)
    names = [topic.key, "effective_from", *topic.columns, "id"]
    sql = (
        f"SELECT {plain_columns(connection, names)} FROM {topic.table} f "
        f"WHERE f.effective_from <= %s AND {counted}{conditions}"
    )
    schema = {topic.key: pl.Int64, "effective_from": pl.Date, **topic.columns, "id": pl.Int64}
    return read_frame(connection, sql, [as_of.on, *parameters, *more], schema)


def _latest(rows: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Return of each subject the row that began last, of these the one recorded last, in order of the subjects.

    Columns do this many times faster than the database's windows, and nearly every subject has one row.
    """
    ordered = rows.sort(*keys, "effective_from", "id")
    return ordered.unique(keys, keep="last", maintain_order=True)


def income_at(scope: Scope, as_of: AsOf, subjects: Sequence[int] | None = None) -> pl.DataFrame:
    """Return the income items in force of each household's latest year: household_id, effective_from, item, fen."""
    counted, parameters = counting("f", as_of)
    conditions, more = staying("f", "household_id", scope, subjects)
    shown = plain_columns(connection, ["household_id", "effective_from", "item", "fen", "id"])
    sql = f"SELECT {shown} FROM registry_income_item f WHERE f.effective_from <= %s AND {counted}{conditions}"
    schema = {
        "household_id": pl.Int64,
        "effective_from": pl.Date,
        "item": pl.String,
        "fen": pl.Int64,
        "id": pl.Int64,
    }
    rows = read_frame(connection, sql, [as_of.on, *parameters, *more], schema)
    latest_year = pl.col("effective_from").max().over("household_id")
    rows = rows.filter(pl.col("effective_from") == latest_year)
    return _latest(rows, ["household_id", "item"]).drop("id")


def status_events_at(scope: Scope, as_of: AsOf, subjects: Sequence[int] | None = None) -> pl.DataFrame:
    """Return every status event in the view: household_id, effective_from, id, kind, monitored_class, cleared_how."""
    counted, parameters = counting("f", as_of)
    conditions, more = staying("f", "household_id", scope, subjects)
    names = ["household_id", "effective_from", "id", "kind", "monitored_class", "cleared_how"]
    sql = (
        f"SELECT {plain_columns(connection, names)} "
        f"FROM registry_status_event f WHERE f.effective_from <= %s AND {counted}{conditions}"
    )
    schema = {
        "household_id": pl.Int64,
        "effective_from": pl.Date,
        "id": pl.Int64,
        "kind": pl.Int16,
        "monitored_class": pl.Int16,
        "cleared_how": pl.Int16,
    }
    return read_frame(connection, sql, [as_of.on, *parameters, *more], schema)


def households_by_no(numbers: Sequence[str]) -> pl.DataFrame:
    """Return live households with these numbers: household_no, household_id, county (for matching; no facts)."""
    condition, parameter = in_list(connection, "household_no", numbers)
    sql = f"SELECT household_no, id, county FROM registry_household WHERE live AND {condition}"
    schema = {"household_no": pl.String, "household_id": pl.Int64, "county": pl.Int64}
    return read_frame(connection, sql, [parameter], schema)


def persons_by_no(numbers: Sequence[str]) -> pl.DataFrame:
    """Return live persons with these numbers: person_no, person_id (for matching; no facts)."""
    condition, parameter = in_list(connection, "person_no", numbers)
    sql = f"SELECT person_no, id FROM registry_person WHERE live AND {condition}"
    return read_frame(connection, sql, [parameter], {"person_no": pl.String, "person_id": pl.Int64})


def persons_by_index(digests: Sequence[str]) -> pl.DataFrame:
    """Return the persons whose ID number has one of these keyed digests: id_index, person_id (for matching)."""
    condition, parameter = in_list(connection, "id_index", digests)
    sql = f"SELECT id_index, person_id FROM registry_identity WHERE live AND {condition}"
    return read_frame(connection, sql, [parameter], {"id_index": pl.String, "person_id": pl.Int64})


def members_at(scope: Scope, as_of: AsOf, households: Sequence[int]) -> pl.DataFrame:
    """Return the members of these households in the view: person_id, household_id, relation."""
    counted, parameters = counting("f", as_of)
    condition, parameter = in_list(connection, "m.household_id", list(households))
    county, more = staying("f", "person_id", scope, None)
    sql = (
        "SELECT person_id, household_id, relation FROM (SELECT f.*, ROW_NUMBER() OVER (PARTITION BY f.person_id "
        "ORDER BY f.effective_from DESC, f.id DESC) AS turn FROM registry_membership f "
        f"WHERE f.effective_from <= %s AND {counted}{county} AND f.person_id IN "
        f"(SELECT m.person_id FROM registry_membership m WHERE {condition})) latest "
        "WHERE turn = 1 AND household_id IS NOT NULL"
    )
    schema = {"person_id": pl.Int64, "household_id": pl.Int64, "relation": pl.Int16}
    return read_frame(connection, sql, [as_of.on, *parameters, *more, parameter], schema)


def household_numbers(households: Sequence[int]) -> pl.DataFrame:
    """Return the household numbers of these ids: household_id, household_no."""
    condition, parameter = in_list(connection, "id", list(households))
    sql = f"SELECT id, household_no FROM registry_household WHERE {condition}"
    return read_frame(connection, sql, [parameter], {"household_id": pl.Int64, "household_no": pl.String})


def household_counties(households: Sequence[int]) -> pl.DataFrame:
    """Return the counties in which these households are registered: household_id, county."""
    condition, parameter = in_list(connection, "id", list(households))
    sql = f"SELECT id, county FROM registry_household WHERE {condition}"
    return read_frame(connection, sql, [parameter], {"household_id": pl.Int64, "county": pl.Int64})


def person_numbers(persons: Sequence[int]) -> pl.DataFrame:
    """Return the person numbers of these ids: person_id, person_no."""
    condition, parameter = in_list(connection, "id", list(persons))
    sql = f"SELECT id, person_no FROM registry_person WHERE {condition}"
    return read_frame(connection, sql, [parameter], {"person_id": pl.Int64, "person_no": pl.String})


def villages_with_status(scope: Scope, villages: Sequence[int]) -> list[int]:
    """Return those of the villages whose households already have status events (a first load is behind them)."""
    counted, parameters = counting("s", AsOf())
    condition, parameter = in_list(connection, "r.village", list(villages))
    county, more = staying("r", "household_id", scope, None)
    sql = (
        "SELECT DISTINCT r.village FROM registry_status_event s JOIN registry_residence r "
        f"ON r.household_id = s.household_id WHERE {counted} AND {condition}{county}"
    )
    return read_frame(connection, sql, [*parameters, parameter, *more], {"village": pl.Int64})["village"].to_list()


def counting(alias: str, as_of: AsOf) -> tuple[str, list[object]]:
    """Return the condition that a row was recorded in time and not undone, with its parameters."""
    if as_of.known is None:
        return f"{alias}.event_id NOT IN (SELECT undone_id FROM registry_undo)", []
    known = connection.ops.adapt_datetimefield_value(as_of.known)
    return (
        f"{alias}.event_id NOT IN (SELECT id FROM audit_event WHERE at > %s) AND {alias}.event_id NOT IN "
        "(SELECT u.undone_id FROM registry_undo u JOIN audit_event e ON e.id = u.event_id WHERE e.at <= %s)"
    ), [known, known]


_IN_SCOPE = {
    "household_id": "{alias}.household_id IN (SELECT household_id FROM registry_residence WHERE {inside})",
    "person_id": (
        "{alias}.person_id IN (SELECT m.person_id FROM registry_membership m JOIN registry_residence r "
        "ON r.household_id = m.household_id WHERE {inside})"
    ),
    "village": "{inside}",
}
"""Which rows of a subject lie in the scope: those that live, or once lived, in one of its villages."""


def staying(alias: str, key: str, scope: Scope, subjects: Sequence[int] | None) -> tuple[str, list[object]]:
    """Return the conditions that keep a row inside the scope and the wanted subjects, with their parameters."""
    text, parameters = "", []
    if not scope.whole:
        column = f"{alias}.village" if key == "village" else "village"
        inside, places = scope.where(column)
        text, parameters = f" AND {_IN_SCOPE[key].format(alias=alias, inside=inside)}", [*places]
    if subjects is not None:
        condition, parameter = in_list(connection, f"{alias}.{key}", list(subjects))
        text, parameters = f"{text} AND {condition}", [*parameters, parameter]
        if len(subjects) <= _FEW:
            text += f" AND {alias}.{EVERY_COUNTY}"
    return text, parameters
