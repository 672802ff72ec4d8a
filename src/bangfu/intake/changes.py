"""Every cell that a batch would alter, with what the register says today (新旧对照)."""

from typing import Final

import polars as pl

from bangfu.intake.plan import Plan
from bangfu.places.scope import Scope
from bangfu.registry import queries
from bangfu.registry.topics import Topic, topics

CHANGES: Final = {
    "subject": pl.String,
    "key": pl.Int64,
    "effective_from": pl.Date,
    "field": pl.String,
    "old": pl.String,
    "new": pl.String,
}
"""Columns of a table of changes: household, person or village and its number, the day, the field, raw values as text.

Of numbers of persons (see MASKED) the values are MARK alone: that there is one, never which.
"""
MARK: Final = "*"
MASKED: Final = {
    ("identity", "id_index"): "id_no",
    ("identity", "phone_index"): "phone",
    ("contact", "phone_index"): "household_phone",
    ("contact", "account_sealed"): "account",
}
_HIDDEN: Final = frozenset({"id_sealed", "phone_sealed", "account_sealed", "pinyin", "initials"})
_SUBJECTS: Final = {"household_id": "household", "person_id": "person", "village": "village"}


def changes(plan: Plan, scope: Scope) -> pl.DataFrame:
    """Return the cells of subjects that the register knows which the plan alters, see CHANGES; read before it is taken.

    scope  where the register's own values are read: the whole country, since rows outside the area were refused
    """
    parts = [pl.DataFrame(schema=CHANGES)]
    for name, rows in plan.topics.items():
        topic = topics()[name]
        known = rows.filter(pl.col(topic.key) > 0)
        if not known.is_empty():
            parts.append(_topic_changes(topic, known, scope))
    if not plan.income.is_empty():
        parts.append(_income_changes(plan.income.filter(pl.col("household_id") > 0), scope))
    return pl.concat(parts)


def _topic_changes(topic: Topic, rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    shown = [name for name in topic.columns if name not in _HIDDEN or (topic.name, name) in MASKED]
    keys = [topic.key, "effective_from"]
    rows = _with_account(topic, rows).select(*keys, *shown).sort(keys, maintain_order=True)
    rows = rows.with_columns(_turn=pl.int_range(pl.len()).over(topic.key))
    before = rows.with_columns(pl.col("_turn") + 1)
    first = rows.filter(pl.col("_turn") == 0)
    held = [
        queries.facts_at(scope, topic, queries.AsOf(day), some[topic.key].to_list()).with_columns(_turn=pl.lit(0))
        for (day,), some in first.group_by("effective_from")
    ]
    old = pl.concat([table.select(topic.key, pl.col("_turn").cast(pl.Int64), *shown) for table in (*held, before)])
    joined = rows.join(old, on=[topic.key, "_turn"], how="left", suffix="_old")
    return pl.concat([_one_field(topic, joined, name) for name in shown])


def _with_account(topic: Topic, rows: pl.DataFrame) -> pl.DataFrame:
    """Let a stated account differ from the sealed one, which the plan cannot compare."""
    if topic.name == "contact" and "account" in rows.columns:
        return rows.with_columns(account_sealed=pl.coalesce("account", "account_sealed"))
    return rows


def _one_field(topic: Topic, joined: pl.DataFrame, name: str) -> pl.DataFrame:
    differs = joined.filter(pl.col(name).ne_missing(pl.col(f"{name}_old")))
    masked = MASKED.get((topic.name, name))
    values = {"old": pl.col(f"{name}_old"), "new": pl.col(name)}
    shown = {
        key: pl.when(value.is_not_null()).then(pl.lit(MARK)) if masked else value.cast(pl.String)
        for key, value in values.items()
    }
    return differs.select(
        subject=pl.lit(_SUBJECTS[topic.key]),
        key=pl.col(topic.key),
        effective_from=pl.col("effective_from"),
        field=pl.lit(masked or name),
        **shown,
    )


def _income_changes(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    held = [
        queries.income_at(scope, queries.AsOf(day), some["household_id"].unique().to_list())
        for (day,), some in rows.group_by("effective_from")
    ]
    keys = ["household_id", "effective_from", "item"]
    old = pl.concat(held).unique(keys) if held else pl.DataFrame(schema=dict.fromkeys([*keys, "fen"], pl.Int64))
    joined = rows.join(old, on=keys, how="left", suffix="_old") if held else rows.with_columns(fen_old=None)
    return joined.select(
        subject=pl.lit("household"),
        key=pl.col("household_id"),
        effective_from=pl.col("effective_from"),
        field=pl.col("item"),
        old=pl.col("fen_old").cast(pl.String),
        new=pl.col("fen").cast(pl.String),
    )
