"""Villages and counties judged like households: poor villages, exits of places, incidence (村、县判定)."""

from typing import Final

import polars as pl

from bangfu.analysis.criteria import criterion_column, decide
from bangfu.analysis.frames import lazy
from bangfu.analysis.indicators import POOR_PERSONS
from bangfu.analysis.plan import Plan

SCHEMA: Final = {
    "place": pl.Int64,
    "subject": pl.String,
    "name": pl.String,
    "outcome": pl.Int8,
    "value": pl.Int64,
    "whole": pl.Int64,
}


def place_tables(counts: pl.DataFrame, villages: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return villages and counties with the facts that criteria of places ask for.

    counts    what a run over households counted in each village
    villages  the villages of the area with all their fields
    Returns   for village and county a table with `place`, `county`, `poor_persons` (members of registered poor
              households) and `population`; villages keep their own fields. A county's population is unknown
              while that of one of its villages is
    """
    poor = counts.lazy().select("village", poor_persons=POOR_PERSONS)
    by_village = (
        villages.lazy()
        .join(poor, on="village", how="left")
        .with_columns(pl.col("poor_persons").fill_null(0), pl.col("population").cast(pl.Int64), place="village")
        .collect()
    )
    known = pl.col("population").null_count() == 0
    by_county = (
        by_village.lazy()
        .drop_nulls("county")
        .group_by("county")
        .agg(pl.col("poor_persons").sum(), population=pl.when(known).then(pl.col("population").sum()))
        .with_columns(place="county")
        .collect()
    )
    return {"village": by_village, "county": by_county}


def judge_places(table: pl.DataFrame, plan: Plan, subject: str) -> pl.DataFrame:
    """Judge places by every criterion and decision of a plan.

    table    the places, as `place_tables` gives them
    plan     what the programme asks of them
    subject  village or county
    Returns  one row per place and criterion or decision: `place`, `subject`, `name`, `outcome` (1 yes, 0 no,
             null unknown), and for criteria `value` and, where they compare a share, its `whole`
    """
    criteria = {each.name: criterion_column(each, plan) for each in plan.criteria}
    decisions = {each.name: decide(each.rule) for each in plan.decisions}
    if not decisions:
        return pl.DataFrame(schema=SCHEMA)
    fields = dict.fromkeys(name for criterion in plan.criteria for name in criterion.fields)
    answered: pl.LazyFrame = lazy(table.lazy().select("place", "county", *fields)).with_columns(**criteria).to_native()
    judged = answered.with_columns(**decisions).collect()
    names = pl.Series([*criteria, *decisions])
    unknown = pl.Series([None], dtype=pl.Int64).new_from_index(0, judged.height)
    shown = [[judged[name] for name in each.fields] + [unknown] for each in plan.criteria]
    shown += [[unknown, unknown] for _ in decisions]
    return pl.DataFrame(
        {
            "place": pl.concat([judged["place"]] * len(names)),
            "subject": pl.Series([subject]).new_from_index(0, judged.height * len(names)),
            "name": names.gather(pl.int_range(judged.height * len(names), eager=True) // max(judged.height, 1)),
            "outcome": pl.concat([judged[name].cast(pl.Int8) for name in names]),
            "value": pl.concat([first.cast(pl.Int64) for first, *_ in shown]),
            "whole": pl.concat([second.cast(pl.Int64) for _, second, *_ in shown]),
        },
        schema=SCHEMA,
    )
