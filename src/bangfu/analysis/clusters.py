"""Clustered areas: where the members of a household stand together, they are added up along the rows (聚簇汇总).

A snapshot is sorted by village and household. On such tables no key needs to be looked up: a sum runs down
the members once and is read where a household ends. The criteria are the same expressions as everywhere; only
the adding up differs, and a test binds it to `frames.fold_members`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import narwhals as nw
import polars as pl

from bangfu.analysis.frames import Frames, lazy
from bangfu.rules.facts import Columns
from bangfu.rules.people import left_household

FIELD_BITS: Final = 12
"""Bits of one count inside a word; a household with more rows than fit is folded by key."""
FACTS_OF_WORD: Final = 2
"""A word of 64 bits holds the members and two counts of each of two facts, and never turns negative."""
LONGEST: Final = (1 << FIELD_BITS) - 1


def clustered_households(
    frames: Frames, facts: Mapping[str, nw.Expr], leaving: tuple[int, ...]
) -> nw.LazyFrame[Any] | None:
    """Return households with their county and their folded members, in the order in which they stand.

    frames   one registered area
    facts    boolean columns of persons by name
    leaving  code numbers of the natural changes that end a membership
    Returns  the columns of households, `county`, and those of `frames.fold_members`; None where the tables are
             not of Polars, households are not sorted by village and household without doublets, or the members
             of a household stand apart: such an area is folded by key
    """
    if not frames.in_polars:
        return None
    keys = frames.households.lazy().select("village", "household").collect()
    if not is_clustered(keys):
        return None
    members = lazy(frames.persons).select("household", left=left_household(Columns(), leaving), **facts)
    folded = fold_runs(members.to_native(), tuple(facts), frames.engine)
    if folded is None:
        return None
    if not folded["household"].equals(keys["household"]):
        if folded["household"].n_unique() < folded.height:
            return None
        folded = keys.select("household").join(folded, on="household", how="left", maintain_order="left")
    beside = keys.hstack(folded.drop("household")).with_columns(county=_counties(keys["village"], frames.villages))
    return lazy(pl.concat([beside.lazy(), frames.households.lazy().drop(keys.columns)], how="horizontal"))


def is_clustered(keys: pl.DataFrame) -> bool:
    """Tell whether households are sorted by `village` and `household`, each of them there once and none without."""
    if keys["village"].has_nulls() or keys["household"].has_nulls():
        return False
    village, household = pl.col("village"), pl.col("household")
    later = (village > village.shift()) | ((village == village.shift()) & (household > household.shift()))
    rising = household > household.shift()
    sorted_by_both, sorted_by_household = keys.select(both=later.all(), alone=rising.all()).row(0)
    return sorted_by_both and (sorted_by_household or keys["household"].n_unique() == keys.height)


def fold_runs(
    members: pl.LazyFrame, facts: tuple[str, ...], engine: Literal["in-memory", "streaming"] = "streaming"
) -> pl.DataFrame | None:
    """Fold each run of rows of one household into one row, in the order of the runs.

    The counts of a household are small, so that several share one whole number and one running sum adds up all
    of them. The sum may run over the end of its 64 bits; the difference of two of its values is still right.

    members  one row per person: `household`, `left` (no longer a member), and the facts
    facts    names of boolean columns
    engine   how Polars goes through the rows
    Returns  as `frames.fold_members`; a household that all its members left has unknown counts. None where a
             run is too long
    """
    words = [facts[start : start + FACTS_OF_WORD] for start in range(0, max(len(facts), 1), FACTS_OF_WORD)]
    packed = members.select("household", **{f"word{i}": _packed(word) for i, word in enumerate(words)})
    rows = packed.collect(engine=engine)
    household, one = rows["household"], pl.col("household")
    if (household == household.shift(LONGEST)).any():
        return None
    last = (one != one.shift(-1)).fill_null(value=True)
    sums = rows.lazy().select("household", pl.col("^word.*$").cum_sum(), last=last).filter("last").drop("last")
    own = sums.select("household", pl.col("^word.*$") - pl.col("^word.*$").shift(1, fill_value=0))
    counts = {"persons": _count("word0", 0)}
    for i, word in enumerate(words):
        for place, name in enumerate(word):
            counts[f"{name}_count"] = _count(f"word{i}", 1 + 2 * place)
            counts[f"{name}_open"] = _count(f"word{i}", 2 + 2 * place)
    folded = own.select("household", **counts).collect()
    inhabited = folded["persons"] > 0
    if inhabited.all():
        return folded
    return folded.select("household", *(pl.when(inhabited).then(pl.col(name)).alias(name) for name in counts))


def _packed(facts: Sequence[str]) -> pl.Expr:
    """Return what one person adds to the counts of a household, as one whole number."""
    left = pl.col("left")
    word = (~left).cast(pl.Int64)
    for place, name in enumerate(facts):
        held, unknown = (pl.lit(1 << FIELD_BITS * (2 * place + field), pl.Int64) for field in (1, 2))
        fact = pl.col(name)
        word += pl.when(left).then(0).when(fact.is_null()).then(unknown).when(fact).then(held).otherwise(0)
    return word


def _count(word: str, field: int) -> pl.Expr:
    return pl.col(word) // (1 << FIELD_BITS * field) & LONGEST


def _counties(village: pl.Series, villages: pl.DataFrame | pl.LazyFrame) -> pl.Series:
    """Return the county of each household from the county of its village; unknown for a village that is not listed."""
    runs = village.rle().struct.unnest().lazy()
    known = villages.lazy().select("village", "county")
    found = runs.join(known, left_on="value", right_on="village", how="left", maintain_order="left").select("county")
    return found.collect()["county"].gather(village.rle_id())
