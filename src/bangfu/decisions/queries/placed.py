"""Where what is doubted lies (疑点所在地): the one rule by which doubts and hits are seen in an area."""

import polars as pl

from bangfu.places.scope import Scope
from bangfu.registry.queries import AsOf, facts_at
from bangfu.registry.topics import topics


def placed(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """Leave the rows of a scope, with the place of each: the village where its household lives, or lived last.

    What is about nobody registered lies in its county, and is there for who sees the county whole.

    rows     with household, None for nobody registered, and county
    Returns  the rows in their order, with village and place
    """
    asked = rows["household"].drop_nulls().unique().to_list()
    lives = facts_at(scope, topics()["residence"], AsOf(), asked).select("household_id", "village")
    counties = [county for county in rows["county"].unique().to_list() if scope.contains(county)]
    nobody = pl.col("household").is_null() & pl.col("county").is_in(counties)
    found = rows.join(lives, left_on="household", right_on="household_id", how="left", maintain_order="left")
    place = pl.when(nobody).then("county").otherwise("village")
    return found.with_columns(place=place).filter(pl.col("place").is_not_null())
