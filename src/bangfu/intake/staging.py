"""The difference of a batch as frames that can be stored, and the report that people read."""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from bangfu.intake.gathering import StagedFile, StagedSheet
from bangfu.intake.inheritance import EVENT
from bangfu.intake.plan import Plan, Statements

_INCOME: Final = {
    "household_id": pl.Int64,
    "effective_from": pl.Date,
    "item": pl.String,
    "fen": pl.Int64,
    "county": pl.Int64,
}
_LEADS: Final = {
    "kind": pl.String,
    "household_id": pl.Int64,
    "track": pl.String,
    "stated": pl.Int16,
    "held": pl.Int16,
    "other_id": pl.Int64,
    "since": pl.Date,
    "county": pl.Int64,
}
MAX_SHOWN_ERRORS: Final = 10_000
_OUTCOMES: Final = ("unchanged", "changed", "added")
_MOST_ROWS: Final = 1 << 32
_MOST_SUBJECTS: Final = 1 << 40
"""More than there are households: number of the sheet and of the household make one number."""


def difference_frames(said: Statements, plan: Plan) -> dict[str, pl.DataFrame]:
    """Return what approval binds: new subjects, new rows of each topic, income, status events, leads; in one order.

    plan  gives its rows up, so that they are not held twice
    """
    income, plan.income = _typed(plan.income, _INCOME), pl.DataFrame()
    frames = {
        "new_households": _new(said.households, "household_id", "household_no"),
        "new_persons": _new(said.persons, "person_id", "person_no"),
        "income": income.sort("household_id", "item"),
        "events": _typed(plan.events, {**EVENT, "county": pl.Int64}).sort("household_id", "kind", "effective_from"),
        "leads": _typed(plan.leads, _LEADS).sort("household_id", "kind", "track", "other_id"),
    }
    del income
    for name in [*plan.topics]:
        rows = plan.topics.pop(name)
        frames[f"topic:{name}"] = rows.sort(rows.columns[0], "effective_from")
    return frames


def outcomes(said: Statements, plan: Plan) -> pl.DataFrame:
    """Return what each accepted row does: sheet, row, outcome (added, changed or unchanged).

    A row adds when its subject is new, changes when a field of its subject changes (a household's
    change counts once a sheet, at the household's first row), and is unchanged otherwise.
    """
    nobody = pl.Series(dtype=pl.Int64)
    households = plan.changed.get("household_id", nobody)
    if not plan.events.is_empty():
        households = pl.concat([households, plan.events["household_id"]])
    persons, villages = plan.changed.get("person_id", nobody), plan.changed.get("village", nobody)
    once = (pl.col("sheet").cast(pl.Int64) * _MOST_SUBJECTS + pl.col("household_id")).is_first_distinct()
    own = ~pl.col("sheet").is_in(said.persons["sheet"].unique().implode())
    lines = [
        _ranked(said.households, own & (pl.col("household_id") < 0), once & _among("household_id", households)),
        _ranked(said.persons, pl.col("person_id") < 0, _among("person_id", persons)),
        _ranked(said.villages, pl.lit(value=False), _among("village", villages)),
    ]
    ranks = pl.concat(lines).group_by("line").agg(pl.col("rank").max()).sort("line")
    return ranks.select(
        (pl.col("line") // _MOST_ROWS).cast(pl.Int32).alias("sheet"),
        (pl.col("line") % _MOST_ROWS).cast(pl.Int32).alias("row"),
        pl.col("rank").replace_strict(dict(enumerate(_OUTCOMES)), return_dtype=pl.String).alias("outcome"),
    )


def _ranked(rows: pl.DataFrame, new: pl.Expr, changed: pl.Expr) -> pl.DataFrame:
    """Return each line as one number with the place of its outcome."""
    rank = pl.when(new).then(_OUTCOMES.index("added")).when(changed).then(_OUTCOMES.index("changed")).otherwise(0)
    line = pl.col("sheet").cast(pl.Int64) * _MOST_ROWS + pl.col("row")
    return rows.select(line.alias("line"), rank.cast(pl.UInt8).alias("rank"))


def _among(name: str, subjects: pl.Series) -> pl.Expr:
    return pl.col(name).is_in(subjects.unique().implode())


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


def _new(said: pl.DataFrame, key: str, number: str) -> pl.DataFrame:
    """Return the new subjects with their own number and county, the first planned first."""
    new = said.filter(pl.col(key) < 0).sort("sheet", "row")
    return (
        new.group_by(key).agg(pl.col(number).drop_nulls().first(), pl.col("county").first()).sort(key, descending=True)
    )


def _typed(rows: pl.DataFrame, schema: dict[str, Any]) -> pl.DataFrame:
    if not rows.width:
        return pl.DataFrame(schema=schema)
    known = {name: pl.col(name) if name in rows.columns else pl.lit(None) for name in schema}
    return rows.select(known[name].cast(kind).alias(name) for name, kind in schema.items())
