"""Where a place stands: the numbers of its ancestors, computed down the levels for a whole table."""

import polars as pl

from bangfu.kernel.codes import Level

ANCESTORS = ("province", "city", "county", "town")
_OWN = {Level.PROVINCE: "province", Level.CITY: "city", Level.COUNTY: "county", Level.TOWN: "town"}


def with_lineage(rows: pl.DataFrame, anchors: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the numbers of their ancestors and of themselves, 0 where a level has none.

    A town or village directly under a city (不设县的市) has the city for its county.

    rows     number, level, parent_id, and whatever else
    anchors  number and the four ancestor columns of registered places that rows hang on
    """
    bare = rows.drop(ANCESTORS, strict=False)
    known = anchors.join(bare, on="number", how="anti").select("number", *ANCESTORS)
    done = []
    for level in Level:
        here = bare.filter(pl.col("level") == level.value)
        if here.is_empty():
            continue
        above = known.rename({"number": "parent_id"})
        placed = here.join(above, on="parent_id", how="left").with_columns(pl.col(ANCESTORS).fill_null(0))
        if level in _OWN:
            placed = placed.with_columns(pl.col("number").alias(_OWN[level]))
        if level > Level.COUNTY:
            nearest = pl.when(pl.col("city") != 0).then("city").otherwise("province")
            placed = placed.with_columns(county=pl.when(pl.col("county") != 0).then("county").otherwise(nearest))
        done.append(placed)
        known = pl.concat([known, placed.select("number", *ANCESTORS)])
    return pl.concat(done) if done else bare.with_columns(pl.lit(0, pl.Int64).alias(name) for name in ANCESTORS)
