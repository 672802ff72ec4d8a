"""Persons who stand in the register twice (重复登记): one number, or one name, birth day and town, twice."""

from typing import Final

import polars as pl

DOUBLED: Final = {
    "person_id": pl.Int64,
    "household_id": pl.Int64,
    "other": pl.Int64,
    "other_household": pl.Int64,
    "how": pl.String,
}
"""Columns of the pairs: the person recorded later with its household, the one before with its own, id or likely."""


def doubled_persons(persons: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of persons of different households who seem to be one, with the columns of DOUBLED.

    Two good numbers that differ are two persons, whatever their names.

    persons  see persons.registered_persons
    """
    numbered = _pairs(persons, ["id_index"], "id")
    named = _pairs(persons, ["name", "born_on", "town"], "likely")
    one_number = pl.col("id_index").is_null() | pl.col("other_index").is_null()
    found = pl.concat([one.select(*DOUBLED) for one in (numbered, named.filter(one_number))])
    return found.unique(["person_id", "other"], keep="first", maintain_order=True).sort("person_id", "other")


def _pairs(persons: pl.DataFrame, keys: list[str], how: str) -> pl.DataFrame:
    known = persons.drop_nulls(keys).filter(pl.len().over(keys) > 1)
    right = known.select(*keys, other="person_id", other_household="household_id", other_index="id_index")
    pairs = known.join(right, on=keys, how="inner")
    twice = (pl.col("person_id") > pl.col("other")) & (pl.col("household_id") != pl.col("other_household"))
    return pairs.filter(twice).with_columns(how=pl.lit(how))
