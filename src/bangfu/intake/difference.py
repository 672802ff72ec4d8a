"""What a statement would change: the rows to record, and each field's old and new value.

A blank cell says nothing, so nothing is ever erased by a ledger: a new row is the row in force with
the stated fields laid over it. A statement without a day corrects the row in force and holds from the
same day; the first statement of all holds from the open start.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from bangfu.kernel.days import OPEN_START

CHANGES: Final = {
    "key": pl.Int64,
    "topic": pl.String,
    "field": pl.String,
    "old": pl.String,
    "new": pl.String,
}
"""Columns of a table of changes; `old` is null for a subject that had no row of the topic."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What one topic gains.

    rows     complete new rows: key, effective_from and every column of the topic
    changes  one row a changed field, see CHANGES
    """

    rows: pl.DataFrame
    changes: pl.DataFrame


def topic_difference(
    topic: str, key: str, current: pl.DataFrame, said: pl.DataFrame, stated_on: date | None
) -> Difference:
    """Compare what was said of one topic with the rows in force.

    topic      its name, for the table of changes
    key        name of the subject's column in both frames
    current    rows in force: key, effective_from, all columns of the topic
    said       at most one row a subject: key and some of the topic's columns; null says nothing
    stated_on  the day from which the statement holds; None: a correction of what is in force
    """
    columns = [name for name in current.columns if name not in {key, "effective_from"}]
    given = [name for name in columns if name in said.columns]
    said = said.select(key, *given).filter(pl.any_horizontal(pl.col(given).is_not_null())) if given else said.clear()
    if said.is_empty():
        return Difference(current.clear(), pl.DataFrame(schema=CHANGES))
    said = said.cast({name: current.schema[name] for name in given})
    joined = said.rename({name: f"said_{name}" for name in given}).join(current, on=key, how="left")
    differs = {
        name: pl.col(f"said_{name}").is_not_null() & pl.col(f"said_{name}").ne_missing(pl.col(name)) for name in given
    }
    changed = joined.filter(pl.any_horizontal(differs.values()))
    start = pl.lit(stated_on) if stated_on else pl.coalesce(pl.col("effective_from"), pl.lit(OPEN_START))
    rows = changed.select(
        key,
        start.alias("effective_from"),
        *(pl.coalesce(f"said_{name}", name).alias(name) if name in given else pl.col(name) for name in columns),
    )
    return Difference(rows, _changes(changed, differs, topic, key))


def income_difference(current: pl.DataFrame, said: pl.DataFrame, stated_on: date | None) -> Difference:
    """Compare stated income items with those of the household's latest year.

    current    items in force: household_id, effective_from (first day of the year), item, fen
    said       household_id, item, fen; at most one row an item
    stated_on  the day from which the ledger holds; its year is the income's year
    """
    years = current.group_by("household_id").agg(pl.col("effective_from").max())
    if stated_on:
        start = pl.lit(date(stated_on.year, 1, 1))
    else:
        start = pl.coalesce(pl.col("effective_from"), pl.lit(OPEN_START))
    placed = said.join(years, on="household_id", how="left").with_columns(start.alias("effective_from"))
    keys = ["household_id", "effective_from", "item"]
    compared = placed.join(current.rename({"fen": "old_fen"}), on=keys, how="left")
    rows = compared.filter(pl.col("fen").ne_missing(pl.col("old_fen")))
    changes = rows.select(
        pl.col("household_id").alias("key"),
        pl.lit("income").alias("topic"),
        pl.col("item").alias("field"),
        pl.col("old_fen").cast(pl.String).alias("old"),
        pl.col("fen").cast(pl.String).alias("new"),
    )
    return Difference(rows.select(*keys, "fen"), changes)


def in_force(current: pl.DataFrame, added: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return the rows in force after new rows: the last row of each subject by effective_from, later additions last."""
    both = pl.concat(
        [current.with_columns(_turn=pl.lit(0)), added.select(current.columns).with_columns(_turn=pl.lit(1))]
    )
    return (
        both.sort(key, "effective_from", "_turn", maintain_order=True)
        .unique(key, keep="last", maintain_order=True)
        .drop("_turn")
    )


def _changes(changed: pl.DataFrame, differs: dict[str, pl.Expr], topic: str, key: str) -> pl.DataFrame:
    tables = [
        changed.filter(condition).select(
            pl.col(key).alias("key"),
            pl.lit(topic).alias("topic"),
            pl.lit(name).alias("field"),
            pl.col(name).cast(pl.String).alias("old"),
            pl.col(f"said_{name}").cast(pl.String).alias("new"),
        )
        for name, condition in differs.items()
    ]
    return pl.concat(tables) if tables else pl.DataFrame(schema=CHANGES)
