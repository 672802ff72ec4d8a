"""What is wrong between the rows of one sheet: persons listed twice, households with no head or two."""

from typing import Final

import polars as pl

from bangfu.intake.problems import Problem, no_problems, problems_at, problems_with

HEAD: Final = 1
"""Code of the head in the list of relations."""


def doubled_persons(frame: pl.DataFrame, key: str, column: str) -> pl.DataFrame:
    """Find persons who stand in several rows.

    In one household every later row is wrong; in two households all rows are, for nobody can tell
    which household is right.

    frame   row, household_no and the key
    key     id_no or person_no
    column  the key's header as on the sheet
    """
    listed = frame.select("row", "household_no", key).filter(pl.col(key).is_not_null())
    listed = listed.filter(pl.col(key).is_duplicated())
    if listed.is_empty():
        return no_problems()
    listed = listed.with_columns(
        households=pl.col("household_no").n_unique().over(key),
        first=pl.col("row").min().over(key),
        second=pl.col("row").sort().get(1).over(key),
    )
    apart = listed.filter(pl.col("households") > 1).with_columns(
        first=pl.when(pl.col("row") == pl.col("first")).then(pl.col("second")).otherwise(pl.col("first"))
    )
    together = listed.filter((pl.col("households") == 1) & (pl.col("row") != pl.col("first")))
    return pl.concat(
        [
            problems_with(together, Problem.PERSON_TWICE, column),
            problems_with(apart, Problem.PERSON_IN_TWO_HOUSEHOLDS, column),
        ]
    )


def wrong_heads(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Find households with two heads (all their heads' rows) or none (the first row).

    frame   row, household_no and relation
    column  the header of the relation as on the sheet
    """
    listed = frame.select("row", "household_no", is_head=pl.col("relation") == HEAD).filter(
        pl.col("household_no").is_not_null()
    )
    heads = listed.with_columns(
        heads=pl.col("is_head").fill_null(value=False).sum().over("household_no"),
        first=pl.col("row").min().over("household_no"),
        unknown=pl.col("is_head").null_count().over("household_no"),
    )
    two = heads.filter((pl.col("heads") > 1) & pl.col("is_head"))
    none = heads.filter((pl.col("heads") == 0) & (pl.col("unknown") == 0) & (pl.col("row") == pl.col("first")))
    return pl.concat(
        [problems_at(two["row"], Problem.TWO_HEADS, column), problems_at(none["row"], Problem.NO_HEAD, column)]
    )
