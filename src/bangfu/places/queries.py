"""Everything that reads the places. Each query takes the scope within which it may read."""

from collections.abc import Collection, Sequence
from datetime import date

import polars as pl

from bangfu.kernel.asking import asked_once
from bangfu.kernel.codes import Level
from bangfu.kernel.errors.register import PlaceUnknown
from bangfu.places import stored
from bangfu.places.lineage import ANCESTORS
from bangfu.places.models import Place
from bangfu.places.scope import COUNTRY, Scope

_VILLAGE_NAMES = ("county", "county_name", "town", "town_name", "village", "village_name", "code")


def places_frame(scope: Scope) -> pl.DataFrame:
    """Return the places of the scope and their ancestors: place, parent, level, code, name, name_en.

    place, parent  numbers (Int64); parent null at the top
    level          1 province to 5 village (Int64)
    """
    tree = _with_ancestors(stored.within(*scope.where("number")))
    columns = (pl.col("number").alias("place"), pl.col("parent_id").alias("parent"), "level", "code", "name", "name_en")
    return tree.select(*columns).sort("place")


def places_within(scope: Scope) -> pl.DataFrame:
    """Return the places that lie in the scope whole, in the columns of `places_frame`: those above it are left out."""
    places = places_frame(scope)
    return places if scope.whole else places.filter(pl.col("place").is_in(numbers_within(scope).implode()))


def numbers_within(scope: Scope) -> pl.Series:
    """Return the numbers of the places that lie in the scope whole, in their order."""
    return stored.within(*scope.where("number"))["number"].sort()


def names_of(numbers: Collection[int]) -> dict[int, str]:
    """Return the names of these places by number; 0, the whole country, has none."""
    return dict(Place.objects.filter(number__in=numbers).values_list("number", "name"))


def subtree(scope: Scope, number: int) -> list[int]:
    """Return the numbers of a place and all below it, as far as they lie in the scope; unknown: none."""
    inside = stored.within(*Scope((number,)).where("number"))["number"]
    if scope.whole:
        return inside.sort().to_list()
    return inside.filter(inside.is_in(numbers_within(scope).implode())).sort().to_list()


@asked_once
def resolve(scope: Scope, code: str | int, on: date | None = None) -> Place:
    """Return the place that a code means on a day: itself, or its successor when the code had ended.

    code    the code as text, or the number of the place
    on      the day; None for the successor that stands last
    Raises  PlaceUnknown when there is none, or it lies outside the scope
    """
    places = (
        Place.objects.filter(number=code)
        if isinstance(code, int)
        else Place.objects.filter(code=code.replace("\0", ""))
    )
    place = places.select_related("successor").first()
    while place is not None and place.successor is not None and _ended(place, on):
        place = place.successor
    if place is None or not scope.contains(place.number):
        raise PlaceUnknown(place=code)
    return place


def village_names(scope: Scope) -> pl.DataFrame:
    """Return every name and code under which a ledger may mean a village of the scope.

    One row for each way to say it: present names, aliases, and the names and codes of predecessors,
    which lead to the village that took over.

    Returns  county, county_name, town, town_name, village, village_name, code; numbers Int64, town null
             where the village hangs directly on a county, code as text
    """
    known = _with_ancestors(pl.concat([stored.within(*scope.where("number")), _ended_places()]).unique("number"))
    final = _final(known)
    names = _names(known, final)
    ways = known.filter(pl.col("level") == Level.VILLAGE).select(pl.col("number").alias("via"), "county", "town")
    ways = ways.join(final, on="via").rename({"county": "via_county", "town": "via_town"})
    standing = known.select(pl.col("number").alias("village"), "county", pl.col("town").replace(0, None))
    rows = ways.join(standing, on="village").join(names.rename({"place": "via", "name": "village_name"}), on="via")
    for level in ("county", "town"):
        called = names.select(pl.col("place").alias(f"via_{level}"), pl.col("name").alias(f"{level}_name")).unique()
        rows = rows.join(called, on=f"via_{level}", how="left")
    mine = stored.within(*scope.where("number"))["number"]
    rows = rows.filter(pl.col("village").is_in(mine.implode())).select(_VILLAGE_NAMES).unique()
    return rows.sort(_VILLAGE_NAMES)


def common_place(numbers: Sequence[int]) -> int:
    """Return the smallest place that holds all of these, 0 (the whole country) where no place does."""
    known = stored.by_number(numbers)
    if known.is_empty():
        return COUNTRY
    for column in ("number", *reversed(ANCESTORS)):
        if known[column].n_unique() == 1 and known[column][0]:
            return int(known[column][0])
    return COUNTRY


def _ended(place: Place, on: date | None) -> bool:
    return on is None or place.valid_to is None or on > place.valid_to


def _with_ancestors(frame: pl.DataFrame) -> pl.DataFrame:
    numbers = frame["number"]
    above = pl.concat([frame[name].alias("number") for name in ANCESTORS]).unique()
    missing = above.filter((above != 0) & ~above.is_in(numbers.implode()))
    return pl.concat([frame, stored.by_number(missing.to_list())]) if len(missing) else frame


def _ended_places() -> pl.DataFrame:
    return stored.within("successor_id IS NOT NULL", [])


def _final(known: pl.DataFrame) -> pl.DataFrame:
    """Return via and village: each place and the one that stands in the end, itself where it never ended."""
    after = dict(known.filter(pl.col("successor_id").is_not_null()).select("number", "successor_id").rows())
    ends = {}
    for start in after:
        place = start
        while place in after:
            place = after[place]
        ends[start] = place
    return known.select(
        pl.col("number").alias("via"), pl.col("number").replace(list(ends), list(ends.values())).alias("village")
    )


def _names(known: pl.DataFrame, final: pl.DataFrame) -> pl.DataFrame:
    """Return place, name, code: a place's own name and aliases, and those of the places that it took over."""
    each = known.select(
        "number", "code", pl.concat_list(pl.col("name"), pl.col("aliases").str.split("|")).alias("name")
    )
    own = each.explode("name").filter(pl.col("name") != "").rename({"number": "place"})
    took_over = final.filter(pl.col("via") != pl.col("village"))
    inherited = own.join(took_over, left_on="place", right_on="via").drop("place").rename({"village": "place"})
    return pl.concat([own.select("place", "name", "code"), inherited.select("place", "name", "code")]).unique()
