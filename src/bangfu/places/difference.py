"""What a checked list would add to the registered tree and change in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from bangfu.places import stored
from bangfu.places.lineage import ANCESTORS, with_lineage

FIRST_FOREIGN_NUMBER: Final = 10**13
"""Numbers of places without a Chinese code begin above this; a 12-digit code never reaches it."""

_KEPT: Final = ("name_en", "valid_from", "valid_to", "successor_id")  # what a list leaves blank stays


@dataclass(frozen=True, slots=True)
class Difference:
    """Places to write, sorted by chain and number.

    added    COLUMNS and chain
    changed  the same, with the new values; places that a move takes along included
    before   COLUMNS, event_id and chain: the rows of `changed` as they are, in the same order
    listed   how many of `changed` the list names itself
    """

    added: pl.DataFrame
    changed: pl.DataFrame
    before: pl.DataFrame
    listed: int


def compare(rows: pl.DataFrame, given: Sequence[str], registered: pl.DataFrame) -> Difference:
    """Lay a list over the registered places and follow what moves down its subtree.

    rows        the checked rows of the list
    given       the columns that the list has
    registered  the places that the list names, as `stored` reads them
    """
    numbers = _numbers(rows, registered)
    old = registered.filter(pl.col("code").is_in(rows["code"].to_list()))
    new = with_lineage(_laid_over(rows, given, numbers, old), registered)
    listed = new["number"]
    taken_along = _below_moved(new, old)
    if not taken_along.is_empty():
        above = stored.by_number(taken_along["parent_id"].drop_nulls().unique().to_list())
        anchors = pl.concat([registered, above]).unique("number")
        new = with_lineage(pl.concat([frame.select(stored.COLUMNS) for frame in (new, taken_along)]), anchors)
        old = pl.concat([old, taken_along])
    new = new.select(stored.COLUMNS).cast(pl.Schema(stored.SCHEMA))
    new = new.with_columns(chain=pl.col("county")).sort("chain", "number")
    added = new.join(old, on="number", how="anti", maintain_order="left")
    rest = new.join(old, on="number", how="semi", maintain_order="left")
    changed = rest.join(old, on=stored.COLUMNS, how="anti", nulls_equal=True, maintain_order="left")
    before = changed.select("number", "chain").join(old, on="number", how="left", maintain_order="left")
    return Difference(added, changed, before, len(set(changed["number"]) & set(listed)))


def _numbers(rows: pl.DataFrame, registered: pl.DataFrame) -> pl.DataFrame:
    """Return code and number of every place that the list names: registered, Chinese, or newly counted."""
    fresh = rows.join(registered, on="code", how="anti").select("code", "level", "number")
    counted = fresh.filter(pl.col("number").is_null()).sort("level", "code")
    if not counted.is_empty():
        first = max(FIRST_FOREIGN_NUMBER, stored.largest_number()) + 1
        counted = counted.with_columns(number=pl.int_range(first, first + pl.len(), dtype=pl.Int64))
    own = fresh.filter(pl.col("number").is_not_null())
    return pl.concat([frame.select("code", "number") for frame in (registered, own, counted)])


def _laid_over(rows: pl.DataFrame, given: Sequence[str], numbers: pl.DataFrame, old: pl.DataFrame) -> pl.DataFrame:
    """Return the list's places with the stored value wherever the list is silent."""
    names = dict.fromkeys(("name_en", "aliases"), pl.String) | dict.fromkeys(("valid_from", "valid_to"), pl.Date)
    silent = [pl.lit(None, kind).alias(name) for name, kind in names.items() if name not in given]
    successor = [] if "successor" in given else [pl.lit(None, pl.String).alias("successor")]
    full = rows.drop("number").with_columns(*silent, *successor).join(numbers, on="code", how="left")
    for column in ("parent", "successor"):
        named = numbers.rename({"code": column, "number": f"{column}_id"})
        full = full.join(named, on=column, how="left")
    full = full.with_columns(pl.col("name_en").replace("", None))
    before = old.select("number", *[pl.col(name).alias(f"{name}_before") for name in (*_KEPT, "name", "aliases")])
    full = full.join(before, on="number", how="left")
    kept = [pl.coalesce(name, f"{name}_before").alias(name) for name in _KEPT]
    return full.with_columns(*kept, aliases=_all_aliases(full)).with_columns(pl.col("name_en").fill_null(""))


def _all_aliases(full: pl.DataFrame) -> pl.Series:
    """Return stored aliases, the listed ones and the former name, each once, without the name itself."""
    asked = full.select("name", "name_before", "aliases_before", "aliases").rows()
    joined = []
    for name, former, stored_text, listed in asked:
        if not (stored_text or listed or (former and former != name)):
            joined.append("")
            continue
        parts = [*(stored_text or "").split("|"), *(listed or "").split("|"), former or ""]
        joined.append("|".join(part for part in dict.fromkeys(parts) if part and part != name))
    return pl.Series("aliases", joined, dtype=pl.String)


def _below_moved(new: pl.DataFrame, old: pl.DataFrame) -> pl.DataFrame:
    """Return the registered places below those whose ancestors change, without those of the list itself."""
    both = new.select("number", *ANCESTORS).join(old, on="number", how="semi")
    moved = both.join(old, on=["number", *ANCESTORS], how="anti")["number"].to_list()
    if not moved:
        return old.clear()
    return stored.below(moved).join(new, on="number", how="anti")
