"""The difference of a batch as frames that can be stored, and the report that people read."""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from bangfu.intake.gathering import StagedFile, StagedSheet
from bangfu.intake.inheritance import EVENT
from bangfu.intake.plan import Plan, Statements
from bangfu.registry.topics import topics

_INCOME: Final = {
    "household_id": pl.Int64,
    "effective_from": pl.Date,
    "item": pl.String,
    "fen": pl.Int64,
    "county": pl.Int64,
}
_LEADS: Final = {
    "household_id": pl.Int64,
    "track": pl.String,
    "stated": pl.Int16,
    "held": pl.Int16,
    "county": pl.Int64,
}
MAX_SHOWN_ERRORS: Final = 10_000


def difference_frames(said: Statements, plan: Plan) -> dict[str, pl.DataFrame]:
    """Return what approval binds: new subjects, new rows of each topic, income, status events, leads; in one order."""
    frames = {
        "new_households": _new(said.households, "household_id", "household_no"),
        "new_persons": _new(said.persons, "person_id", "person_no"),
        "income": _typed(plan.income, _INCOME).sort("household_id", "item"),
        "events": _typed(plan.events, {**EVENT, "county": pl.Int64}).sort("household_id", "kind", "effective_from"),
        "leads": _typed(plan.leads, _LEADS).sort("household_id", "track"),
    }
    for name, rows in plan.topics.items():
        frames[f"topic:{name}"] = rows.sort(rows.columns[0], "effective_from")
    return frames


def outcomes(said: Statements, plan: Plan) -> pl.DataFrame:
    """Return what each accepted row does: sheet, row, outcome (added, changed or unchanged).

    A row adds when its subject is new, changes when a field of its subject changes (a household's
    change counts once a sheet, at the household's first row), and is unchanged otherwise.
    """
    changed = plan.changes.select("key", "topic").unique()
    about_household = pl.col("topic").is_in([*_topics_of("household_id"), "income"])
    households = changed.filter(about_household)["key"].unique()
    persons = changed.filter(pl.col("topic").is_in(_topics_of("person_id")))["key"].unique()
    villages = changed.filter(pl.col("topic").is_in(_topics_of("village")))["key"].unique()
    events = plan.events["household_id"].unique() if not plan.events.is_empty() else pl.Series([], dtype=pl.Int64)
    households = pl.concat([households, events]).unique()
    first = pl.col("row") == pl.col("row").min().over("sheet", "household_id")
    household_rows = said.households.select(
        "sheet",
        "row",
        (pl.col("household_id") < 0).alias("new"),
        (first & pl.col("household_id").is_in(households.to_list())).alias("changed"),
    )
    person_rows = said.persons.select(
        "sheet",
        "row",
        (pl.col("person_id") < 0).alias("new"),
        pl.col("person_id").is_in(persons.to_list()).alias("changed"),
    )
    village_rows = said.villages.select(
        "sheet", "row", pl.lit(value=False).alias("new"), pl.col("village").is_in(villages.to_list()).alias("changed")
    )
    person_sheets = said.persons["sheet"].unique().to_list()
    household_rows = household_rows.with_columns(new=pl.col("new") & ~pl.col("sheet").is_in(person_sheets))
    both = pl.concat([household_rows, person_rows, village_rows]).group_by("sheet", "row").agg(pl.all().any())
    outcome = (
        pl.when("new").then(pl.lit("added")).when("changed").then(pl.lit("changed")).otherwise(pl.lit("unchanged"))
    )
    return both.select("sheet", "row", outcome.alias("outcome")).sort("sheet", "row")


def report(files: Sequence[StagedFile], lines: pl.DataFrame, language: str) -> list[dict[str, Any]]:
    """Return what import prints of each file: layout, counts and errors; rows = accepted + rejected."""
    return [_file_report(staged, lines, language) for staged in files]


def _file_report(staged: StagedFile, lines: pl.DataFrame, language: str) -> dict[str, Any]:
    counts = {"rows": 0, "accepted": 0, "rejected": 0, "added": 0, "changed": 0, "unchanged": 0}
    errors: list[dict[str, Any]] = []
    for sheet in staged.sheets:
        mine = lines.filter(pl.col("sheet") == sheet.number)
        counts["rows"] += sheet.rows
        counts["accepted"] += sheet.frame.height
        counts["rejected"] += sheet.rejected
        for outcome in ("added", "changed", "unchanged"):
            counts[outcome] += mine.filter(pl.col("outcome") == outcome).height
        errors += _sheet_errors(sheet, language)
    return {
        "file": staged.path.name,
        "layout": "+".join(dict.fromkeys(sheet.layout.name for sheet in staged.sheets)) or None,
        "sheets": [sheet.sheet.name for sheet in staged.sheets],
        **counts,
        "errors": errors[:MAX_SHOWN_ERRORS],
        "more_errors": max(len(errors) - MAX_SHOWN_ERRORS, 0),
    }


def _sheet_errors(sheet: StagedSheet, language: str) -> list[dict[str, Any]]:
    message = "message_zh" if language.startswith("zh") else "message_en"
    rows = sheet.problems.sort("row", maintain_order=True).select(
        pl.lit(sheet.sheet.name).alias("sheet"), "row", "column", "code", "severity", pl.col(message).alias("message")
    )
    return rows.to_dicts()


def _topics_of(key: str) -> list[str]:
    return [name for name, topic in topics().items() if topic.key == key]


def _new(said: pl.DataFrame, key: str, number: str) -> pl.DataFrame:
    """Return the new subjects with their own number and county, the first planned first."""
    new = said.filter(pl.col(key) < 0).sort("sheet", "row")
    return (
        new.group_by(key).agg(pl.col(number).drop_nulls().first(), pl.col("county").first()).sort(key, descending=True)
    )


def _typed(rows: pl.DataFrame, schema: dict[str, Any]) -> pl.DataFrame:
    return (
        rows.select(pl.col(name).cast(kind) for name, kind in schema.items())
        if rows.width
        else pl.DataFrame(schema=schema)
    )
