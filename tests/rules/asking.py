"""Asks a rule about a few rows on Polars and on DuckDB, and checks that both say the same."""

from collections.abc import Callable
from typing import Any

import duckdb
import narwhals as nw
import polars as pl

from bangfu.rules.facts import Columns


def ask(rule: Callable[[Any], nw.Expr], **columns: list[int | None]) -> list[Any]:
    """Return what a rule says of each row; every column holds whole numbers or null."""
    table = pl.DataFrame({"row": range(len(next(iter(columns.values())))), **columns}, schema_overrides=_whole(columns))
    engines = (table, duckdb.from_arrow(table.to_arrow()))
    answers = [
        nw.from_native(each)
        .lazy()
        .select("row", answer=rule(Columns()))
        .sort("row")
        .collect(backend="polars")
        .to_native()
        for each in engines
    ]
    assert answers[0]["answer"].to_list() == answers[1]["answer"].to_list(), "the engines differ"
    return answers[0]["answer"].to_list()


def _whole(columns: dict[str, list[int | None]]) -> dict[str, Any]:
    return {"row": pl.Int64} | dict.fromkeys(columns, pl.Int64)
