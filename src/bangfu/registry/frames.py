"""What snapshots freeze of the register: flat columns of numbers, clustered by village and household, no identity."""

from datetime import date
from typing import Final

import polars as pl

from bangfu.kernel.days import OPEN_START
from bangfu.kernel.status import EXIT_STATUS, MONITORING_TRACK, POVERTY_TRACK, StatusKind
from bangfu.places.queries import village_names
from bangfu.places.scope import Scope
from bangfu.registry import leaving, queries
from bangfu.registry.queries import AsOf
from bangfu.registry.topics import IDENTITY_TOPICS, Topic, topics

HEAD_RELATION: Final = 1
"""The code of the head (户主) in the code list `relation`."""


def frames_at(scope: Scope, as_of: AsOf, income_items: list[str]) -> dict[str, pl.DataFrame]:
    """Return the frames households, persons and villages of the view, sorted by their keys.

    income_items  the income columns of the field catalogue, so that a snapshot always has the same columns
    """
    households = _households(scope, as_of, income_items)
    persons = _persons(scope, as_of, households.select("village", "household"))
    return {
        "households": _inhabited(households, persons, as_of),
        "persons": persons,
        "villages": _villages(scope, as_of),
    }


def _households(scope: Scope, as_of: AsOf, income_items: list[str]) -> pl.DataFrame:
    frame = queries.facts_at(scope, topics()["residence"], as_of).select(
        "village", pl.col("household_id").alias("household")
    )
    for topic in topics().values():
        if topic.key == "household_id" and topic.name not in {*IDENTITY_TOPICS, "residence"}:
            frame = _with_topic(frame, scope, topic, as_of, "household")
    frame = frame.join(_income(scope, as_of, income_items), on="household", how="left")
    frame = frame.join(_status(scope, as_of), on="household", how="left")
    return frame.sort("village", "household")


def _inhabited(households: pl.DataFrame, persons: pl.DataFrame, as_of: AsOf) -> pl.DataFrame:
    """Leave out households that all their members left by the day; whose members nobody stated yet stay."""
    empty = households.join(persons, on="household", how="anti")["household"].to_list()
    if not empty:
        return households
    return households.filter(~pl.col("household").is_in(leaving.once_inhabited(empty, as_of).implode()))


def _persons(scope: Scope, as_of: AsOf, households: pl.DataFrame) -> pl.DataFrame:
    member = queries.facts_at(scope, topics()["membership"], as_of).rename({"household_id": "household"})
    frame = member.join(households, on="household").select(
        "village",
        "household",
        pl.col("person_id").alias("person"),
        (pl.col("relation") == HEAD_RELATION).cast(pl.Int8).alias("head"),
        "relation",
        "natural_change",
        _number("identified_on"),
    )
    for topic in topics().values():
        if topic.key == "person_id" and topic.name not in {*IDENTITY_TOPICS, "membership"}:
            frame = _with_topic(frame, scope, topic, as_of, "person")
    return frame.with_columns(_age(as_of.on).alias("age")).sort("village", "household", "person")


def _villages(scope: Scope, as_of: AsOf) -> pl.DataFrame:
    frame = village_names(scope).select("village", "town", "county").unique("village").sort("village")
    for topic in topics().values():
        if topic.key == "village":
            frame = _with_topic(frame, scope, topic, as_of, "village")
    return frame


def _with_topic(frame: pl.DataFrame, scope: Scope, topic: Topic, as_of: AsOf, key: str) -> pl.DataFrame:
    kept = [name for name, kind in topic.columns.items() if kind != pl.String]
    facts = queries.facts_at(scope, topic, as_of)
    columns = [_number(name) if topic.columns[name] == pl.Date else pl.col(name) for name in kept]
    return frame.join(facts.select(pl.col(topic.key).alias(key), *columns), on=key, how="left", maintain_order="left")


def _income(scope: Scope, as_of: AsOf, items: list[str]) -> pl.DataFrame:
    rows = queries.income_at(scope, as_of)
    year = pl.when(pl.col("effective_from") > OPEN_START).then(pl.col("effective_from").dt.year())
    years = rows.group_by("household_id").agg(year.max().cast(pl.Int32).alias("income_year"))
    wide = years
    for item in items:
        one = rows.filter(pl.col("item") == item).select("household_id", pl.col("fen").alias(item))
        wide = wide.join(one, on="household_id", how="left")
    return wide.rename({"household_id": "household"})


def _status(scope: Scope, as_of: AsOf) -> pl.DataFrame:
    """Return what the events say of each household: the state of both tracks, and the days of its changes."""
    events = queries.status_events_at(scope, as_of).sort("household_id", "effective_from", "id")
    events = events.rename({"household_id": "household"})
    poverty = events.filter(pl.col("kind").is_in(list(POVERTY_TRACK)))
    monitoring = events.filter(pl.col("kind").is_in(list(MONITORING_TRACK)))
    last = pl.col("kind").last()
    exit_status = last.replace_strict({kind.value: code for kind, code in EXIT_STATUS.items()}, default=None)
    of_poverty = poverty.group_by("household").agg(
        last.alias("status"),
        exit_status.cast(pl.Int16).alias("exit_status"),
        _last_day(StatusKind.IDENTIFIED).alias("first_identified_on"),
        (_last_day(StatusKind.EXITED) // 10_000).alias("exit_year"),
        (_last_day(StatusKind.RELAPSED) // 10_000).alias("relapse_year"),
    )
    of_monitoring = monitoring.group_by("household").agg(
        last.alias("monitoring"),
        (last == StatusKind.CLEARED).cast(pl.Int8).alias("risk_cleared"),
        pl.col("monitored_class").drop_nulls().last(),
        pl.col("cleared_how").drop_nulls().last(),
        _last_day(StatusKind.MONITORED).alias("risk_identified_on"),
        _last_day(StatusKind.CLEARED).alias("risk_cleared_on"),
    )
    known = events.select("household").unique()
    return known.join(of_poverty, on="household", how="left").join(of_monitoring, on="household", how="left")


def _last_day(kind: StatusKind) -> pl.Expr:
    return _plain(pl.col("effective_from").filter(pl.col("kind") == kind).last())


def _number(name: str) -> pl.Expr:
    return _plain(pl.col(name)).alias(name)


def _plain(day: pl.Expr) -> pl.Expr:
    """Return a day as yyyymmdd; the open start is no known day."""
    number = day.dt.year() * 10_000 + day.dt.month().cast(pl.Int32) * 100 + day.dt.day().cast(pl.Int32)
    return pl.when(day > OPEN_START).then(number).cast(pl.Int32)


def _age(on: date) -> pl.Expr:
    today = on.year * 10_000 + on.month * 100 + on.day
    return ((today - pl.col("born_on")) // 10_000).cast(pl.Int16)
