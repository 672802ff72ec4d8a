"""Lists of places: those of a level, those directly below a place."""

import polars as pl

from bangfu.places.queries import places_within
from bangfu.places.scope import Scope


def listing(scope: Scope, *, parent: int | None = None, level: int | None = None) -> pl.DataFrame:
    """Return the places that lie in the scope whole, in the columns of `places_frame`.

    parent  only those directly below this place
    level   only those of this level, 1 province to 5 village
    """
    rows = places_within(scope)
    if parent is not None:
        rows = rows.filter(pl.col("parent") == parent)
    return rows if level is None else rows.filter(pl.col("level") == level)
