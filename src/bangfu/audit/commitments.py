"""Commitments (承诺值): what an event says about the rows it wrote, without showing them.

An event's body carries, for each table, the Merkle root over the keyed digests of its rows. The format
is the verifier's own, so that what is written and what is verified cannot drift apart.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from bangfu.audit.verifier import canonical_json, canonical_row, merkle_root
from bangfu.kernel.secrets import Keys

__all__ = [
    "canonical_json",
    "canonical_row",
    "commit_frame",
    "commit_rows",
    "merkle_root",
    "promise",
    "replaced_rows",
    "root_of_rows",
    "rows_of_frame",
]

Promise = dict[str, object]
"""What a body says about one table: columns, key, rows (count) and root (hex)."""


def root_of_rows(keys: Keys, rows: Iterable[bytes]) -> str:
    """Return the Merkle root, in hex, over the keyed digests of canonical rows in their order."""
    return merkle_root(keys.commitments(rows))


def rows_of_frame(frame: pl.DataFrame) -> list[bytes]:
    """Return the canonical bytes of each row of a frame, column by column.

    frame  columns of whole numbers, truth values, texts, days, bytes or nulls; anything else is a
           programmer's error
    """
    written = [_canonical_column(frame.schema[name], pl.col(name)) for name in frame.columns]
    joined = frame.select(pl.concat_str(written, separator="\t").cast(pl.Binary))
    return joined.to_series().to_list()


def commit_frame(keys: Keys, frame: pl.DataFrame, *, key: str = "id") -> Promise:
    """Return what the body of the event says under `tables` about the rows of a frame.

    frame  the rows as the table stores them, all committed columns, sorted by `key`
    key    the table's primary key, one of the columns
    """
    numbers = frame.get_column(key)
    assert numbers.is_sorted()
    assert numbers.is_unique().all()
    return promise(keys, frame.columns, rows_of_frame(frame), key=key)


def commit_rows(keys: Keys, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, key: str = "id") -> Promise:
    """Return what the body of the event says under `tables` about a few rows, in any order."""
    place = list(columns).index(key)
    ordered = sorted(rows, key=lambda row: row[place])
    return promise(keys, columns, [canonical_row(row) for row in ordered], key=key)


def promise(keys: Keys, columns: Sequence[str], rows: Sequence[bytes], *, key: str) -> Promise:
    """Return what the body of the event says under `tables` about canonical rows, sorted by `key`."""
    return {"columns": list(columns), "key": key, "rows": len(rows), "root": root_of_rows(keys, rows)}


def replaced_rows(
    keys: Keys, events: Iterable[int], numbers: Iterable[int], rows: Iterable[bytes]
) -> list[list[object]]:
    """Return what the body of a changing event says under `replaced` about rows as they were.

    events   number of the event that had written each row
    numbers  primary key of each row
    rows     canonical bytes of each row before the change, in the columns that its event committed to
    """
    return [
        [event, number, keys.commitment(row).hex()] for event, number, row in zip(events, numbers, rows, strict=True)
    ]


def _canonical_column(kind: pl.DataType, column: pl.Expr) -> pl.Expr:
    if kind == pl.Boolean:
        text = column.cast(pl.Int8).cast(pl.String)
    elif kind == pl.Binary:
        text = pl.concat_str(pl.lit("\\x"), column.bin.encode("hex"))
    elif kind == pl.String:
        escaped = column.str.replace_all("\\", "\\\\", literal=True)
        text = escaped.str.replace_all("\t", "\\t", literal=True)
    else:
        assert kind.is_integer() or kind in (pl.Date, pl.Null), kind
        text = column.cast(pl.String)
    return text.fill_null("\\N")
