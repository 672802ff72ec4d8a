"""What a statement would change: the rows to record, and whom they are about.

A blank cell says nothing, so nothing is ever erased by a ledger: a new row is the row in force with
the stated fields laid over it. A statement without a day corrects the row in force and holds from the
same day; the first statement of all holds from the open start.
"""

from datetime import date

import polars as pl

from bangfu.kernel.days import OPEN_START


def topic_difference(key: str, current: pl.DataFrame, said: pl.DataFrame, stated_on: date | None) -> pl.DataFrame:
    """Return the rows that one topic gains by what was said: key, effective_from and every column of the topic.

    key        name of the subject's column in both frames
    current    rows in force: key, effective_from, all columns of the topic
    said       at most one row a subject: key and some of the topic's columns; null says nothing
    stated_on  the day from which the statement holds; None: a correction of what is in force
    """
    columns = [name for name in current.columns if name not in {key, "effective_from"}]
    given = [name for name in columns if name in said.columns]
    said = said.select(key, *given).filter(pl.any_horizontal(pl.col(given).is_not_null())) if given else said.clear()
    if said.is_empty():
        return current.clear()
    said = said.cast({name: current.schema[name] for name in given})
    joined = said.rename({name: f"said_{name}" for name in given}).join(current, on=key, how="left")
    differs = {
        name: pl.col(f"said_{name}").is_not_null() & pl.col(f"said_{name}").ne_missing(pl.col(name)) for name in given
    }
    changed = joined.filter(pl.any_horizontal(differs.values()))
    start = pl.lit(stated_on) if stated_on else pl.coalesce(pl.col("effective_from"), pl.lit(OPEN_START))
    return changed.select(
        key,
        start.alias("effective_from"),
        *(pl.coalesce(f"said_{name}", name).alias(name) if name in given else pl.col(name) for name in columns),
    )


def income_difference(current: pl.DataFrame, said: pl.DataFrame, stated_on: date | None) -> pl.DataFrame:
    """Return the stated income items that differ from those of the household's latest year.

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
    return rows.select(*keys, "fen")


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
