"""Natural change (自然增减): who belonged to which household from which day to which, and how many came and went."""

import polars as pl


def memberships(rows: pl.DataFrame) -> pl.DataFrame:
    """Return each stay of a person in a household, or in none, as one row: however often its facts were recorded anew.

    rows     every row of the topic membership, see queries.facts_until
    Returns  person_id, household_id, since, until (the day from which it no longer holds; None: still), change (the
             code of natural change recorded with it), left (the code with which it ended), by person and day
    """
    days = rows.sort("person_id", "effective_from", "id").unique(["person_id", "effective_from"], keep="last")
    days = days.sort("person_id", "effective_from")
    home = pl.col("household_id").fill_null(0)
    begins = (home != home.shift().over("person_id")).fill_null(value=True)
    stays = days.filter(begins).select(
        "person_id",
        "household_id",
        pl.col("effective_from").alias("since"),
        pl.col("natural_change").alias("change"),
    )
    after = pl.col("since", "change").shift(-1).over("person_id")
    return stays.with_columns(after.name.map(lambda name: {"since": "until", "change": "left"}[name]))
