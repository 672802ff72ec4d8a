"""Load a list of places into the tree."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction

from bangfu.audit.actions import Entry, append_events, lock_chain
from bangfu.audit.commitments import promise, replaced_rows, rows_of_frame
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.home import Home
from bangfu.places import stored
from bangfu.places.checking import Checked, check_alone, check_in_tree
from bangfu.places.difference import Difference, compare
from bangfu.places.models import Place
from bangfu.places.refusals import Refusal
from bangfu.places.scope import COUNTRY
from bangfu.places.stating import rows_of_file, rows_of_values


def load_places(
    *, by: Actor, rows: Iterable[Mapping[str, object]] | None = None, path: Path | None = None
) -> dict[str, Any]:
    """Load places from a CSV file or from rows (登记区划); the same list again changes nothing.

    Columns code, name, level, parent, and where known name_en, valid_from, valid_to, successor, aliases;
    parents may come in any order, and stand in the list or in the tree already. A place that takes
    another name keeps the former one among its aliases; nothing is ever deleted. Rows that cannot stand
    are refused, each with its reason; the others are loaded in one transaction, with one event on the
    chain of each county.

    path     a CSV file in UTF-8 or GB18030; or
    rows     mappings with these names, counted from 1
    Returns  rows, added, changed, unchanged (counts) and errors: row, column, code, severity,
             message_zh, message_en
    Raises   NotPermitted when the whole list lies outside the actor's area; PlaceFileUnreadable
    """
    stated = rows_of_file(Path(path)) if path is not None else rows_of_values(rows or ())
    checked = check_alone(stated)
    with transaction.atomic():
        lock_chain(COUNTRY)
        registered = stored.by_code(_named(checked))
        _check_area(checked, registered, by)
        check_in_tree(checked, registered)
        difference = compare(checked.rows, checked.given, registered)
        _write(difference, by)
    added, changed = difference.added.height, difference.listed
    return {
        "rows": stated.height,
        "added": added,
        "changed": changed,
        "unchanged": checked.rows.height - added - changed,
        "errors": sorted(checked.errors, key=lambda error: (error["row"], error["code"])),
    }


def _named(checked: Checked) -> list[str]:
    names = [name for name in ("code", "parent", "successor") if name in checked.rows.columns]
    return pl.concat([checked.rows[name].alias("code") for name in names]).drop_nulls().unique().to_list()


def _check_area(checked: Checked, registered: pl.DataFrame, by: Actor) -> None:
    """Refuse what lies outside the actor's area: registered places, what hangs on one, and what hangs on none."""
    if by.may(Can.LOAD_PLACES, COUNTRY):
        return
    allowed = {code: by.may(Can.LOAD_PLACES, number) for code, number in registered.select("code", "number").rows()}
    if not any(allowed.values()):
        require(by, Can.LOAD_PLACES, COUNTRY)
    closed = [code for code, permitted in allowed.items() if not permitted]
    outside = pl.col("parent").is_null() | pl.col("parent").is_in(closed) | pl.col("code").is_in(closed)
    checked.refuse(outside, Refusal.OUTSIDE)


def _write(difference: Difference, by: Actor) -> None:
    """Write the difference: one event on each chain, then the rows that it commits to."""
    written = pl.concat([difference.added, difference.changed]).sort("chain", "number")
    if written.is_empty():
        return
    events = append_events(by=by, action="places.load", entries=list(_entries(written, difference)))
    numbers = pl.DataFrame(
        {"chain": [event.county for event in events], "event_id": [event.pk for event in events]},
        schema={"chain": pl.Int64, "event_id": pl.Int64},
    )
    stored.insert(difference.added.join(numbers, on="chain", how="left"))
    stored.update(difference.changed.join(numbers, on="chain", how="left"))


def _entries(written: pl.DataFrame, difference: Difference) -> Iterator[Entry]:
    keys, table = Home.current().keys, Place._meta.db_table
    rows = rows_of_frame(written.select(stored.COLUMNS))
    before = dict(_former(difference.before))
    start = 0
    for chain, count in written.group_by("chain", maintain_order=True).len().rows():
        part = rows[start : start + count]
        start += count
        body: dict[str, Any] = {"tables": {table: promise(keys, stored.COLUMNS, part, key="number")}}
        if chain in before:
            body["replaced"] = {table: before[chain]}
        yield Entry(chain, f"places {count}", body)


def _former(before: pl.DataFrame) -> Iterator[tuple[int, list[list[object]]]]:
    """Yield, for each chain, what the rows that change were."""
    for (chain,), part in before.group_by("chain", maintain_order=True):
        rows = rows_of_frame(part.select(stored.COLUMNS))
        yield chain, replaced_rows(Home.current().keys, part["event_id"], part["number"], rows)
