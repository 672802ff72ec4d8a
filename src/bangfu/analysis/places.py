"""Villages and counties judged like households: poor villages, exits of places, incidence (村、县判定)."""

from typing import Any, Final

import narwhals as nw
import polars as pl

from bangfu.analysis.criteria import criterion_column, decide
from bangfu.analysis.indicators import REGISTERED
from bangfu.analysis.plan import Plan

SCHEMA: Final = {
    "place": pl.Int64,
    "subject": pl.String,
    "name": pl.String,
    "outcome": pl.Int8,
    "value": pl.Int64,
    "whole": pl.Int64,
}


def place_tables(rows: pl.DataFrame, villages: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return villages and counties with the facts that criteria of places ask for.

    rows      the rows of a run over households
    villages  the villages of the area with all their fields
    Returns   for village and county a table with `place`, `county`, `poor_persons` (members of registered poor
              households) and `population`; villages keep their own fields. A county's population is unknown
              while that of one of its villages is
    """
    poor = pl.col("persons").filter(pl.col("status").is_in(REGISTERED)).sum().cast(pl.Int64)
    counted = rows.group_by("village").agg(poor.alias("poor_persons"))
    by_village = villages.join(counted, on="village", how="left").with_columns(
        pl.col("poor_persons").fill_null(0), pl.col("population").cast(pl.Int64), place="village"
    )
    known = pl.col("population").null_count() == 0
    by_county = by_village.group_by("county").agg(
        pl.col("poor_persons").sum(), population=pl.when(known).then(pl.col("population").sum())
    )
    return {"village": by_village, "county": by_county.drop_nulls("county").with_columns(place="county")}


def judge_places(table: pl.DataFrame, plan: Plan, subject: str) -> pl.DataFrame:
    """Judge places by every criterion and decision of a plan.

    table    the places, as `place_tables` gives them
    plan     what the programme asks of them
    subject  village or county
    Returns  one row per place and criterion or decision, sorted: `place`, `subject`, `name`, `outcome` (1 yes, 0 no,
             null unknown), and for criteria `value` and, where they compare a share, its `whole`
    """
    criteria = {each.name: criterion_column(each, plan) for each in plan.criteria}
    shown = {each.name: (*each.fields, None)[:2] for each in plan.criteria}
    decisions = {each.name: decide(each.rule) for each in plan.decisions}
    judged: Any = nw.from_native(table).with_columns(**criteria).with_columns(**decisions).to_native()
    parts: list[pl.DataFrame] = [
        judged.select(
            "place",
            subject=pl.lit(subject),
            name=pl.lit(name),
            outcome=name,
            value=_column(shown.get(name, (None, None))[0]),
            whole=_column(shown.get(name, (None, None))[1]),
        ).cast(pl.Schema(SCHEMA))
        for name in (*criteria, *decisions)
    ]
    return pl.concat([pl.DataFrame(schema=SCHEMA), *parts]).sort("place", "name")


def _column(name: str | None) -> pl.Expr:
    return pl.lit(None, pl.Int64) if name is None else pl.col(name)
