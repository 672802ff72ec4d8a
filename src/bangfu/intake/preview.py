"""What people look at before they approve a batch: how sheets were understood, problems, changes, new rows (预览)."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl

from bangfu.intake.changes import changes
from bangfu.intake.gathering import StagedFile, StagedSheet
from bangfu.intake.plan import Plan, Statements
from bangfu.kernel.home import Home
from bangfu.kernel.translation import say
from bangfu.places.scope import Scope

PROBLEMS, CHANGED, ADDED, UNCHANGED = "problems", "changed", "added", "unchanged"
_SEVERITIES: Final = {"error": 0, "warning": 1, "notice": 2}
HIDDEN_NUMBER: Final = "•••"
_LONG_NUMBER: Final = re.compile(r"\d[\d\s-]{5,}\d[xX]?")


def preview_file(home: Home, number: int) -> Path:
    """Return where the preview of a batch lies."""
    return home.batches / f"{number}.preview"


def preview_tables(
    files: Sequence[StagedFile], said: Statements, plan: Plan, lines: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """Return the tables of the preview, in the order in which they are shown.

    lines  what each accepted row does, see staging.outcomes
    plan   read before staging.difference_frames takes its rows
    """
    sheets = _sheets(files)
    rows = _rows(said, lines, sheets)
    return {
        PROBLEMS: _problems(files),
        CHANGED: _changed(said, plan, sheets),
        ADDED: rows.filter(pl.col("outcome") == "added").drop("outcome"),
        UNCHANGED: rows.filter(pl.col("outcome") == "unchanged").drop("outcome"),
    }


def preview_notes(files: Sequence[StagedFile], told: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what the preview says of each file, and the first rows of each sheet for correcting its columns."""
    said = [
        {key: one[key] for key in ("file", "rows", "accepted", "rejected", "added", "changed", "unchanged")}
        for one in told
    ]
    for one, file in zip(said, files, strict=True):
        one["sheets"] = [_sheet_note(sheet) for sheet in file.sheets]
        one["skipped"] = [{"sheet": name, "zh": text.zh, "en": text.en} for name, text in file.skipped]
        one["readable"] = bool(file.tops)
    return {"files": said, "tops": [_tops(file) for file in files]}


def _sheet_note(sheet: StagedSheet) -> dict[str, Any]:
    layout = sheet.layout
    columns = [
        {"index": one.index, "letter": one.letter, "label": one.label, "field": field}
        for field, claims in layout.columns.items()
        for one in claims
    ]
    return {
        "sheet": sheet.sheet.name,
        "layout": layout.name,
        "title": {"zh": layout.title.zh, "en": layout.title.en},
        "first": layout.header_rows[0],
        "height": layout.height,
        "day": layout.stated_on.isoformat() if layout.stated_on else None,
        "columns": sorted(columns, key=lambda one: one["index"]),
        "ignored": list(layout.ignored),
    }


def _tops(file: StagedFile) -> list[dict[str, Any]]:
    return [
        {
            "sheet": top.name,
            "rows": [[without_numbers(cell) for cell in row] for row in top.rows],
            "merges": [list(merge) for merge in top.merges],
        }
        for top in file.tops
    ]


def without_numbers(text: str) -> str:
    """Return a cell without the digits of long numbers: none of an ID, a phone or a card is shown here."""
    return _LONG_NUMBER.sub(HIDDEN_NUMBER, text)


def _sheets(files: Sequence[StagedFile]) -> pl.DataFrame:
    """Return number, name and file of each sheet of the batch."""
    rows = [(sheet.number, sheet.sheet.name, file.path.name) for file in files for sheet in file.sheets]
    schema = {"sheet": pl.Int32, "sheet_name": pl.String, "file": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _problems(files: Sequence[StagedFile]) -> pl.DataFrame:
    """Return all that was found, what refuses rows first; for a file refused as a whole its one reason."""
    parts = []
    for place, file in enumerate(files):
        name = pl.lit(file.path.name).alias("file")
        turn = pl.lit(place).alias("place")
        parts += [
            sheet.problems.select(turn, name, pl.lit(sheet.sheet.name).alias("sheet_name"), *sheet.problems.columns)
            for sheet in file.sheets
        ]
        if file.error:
            said = {f"message_{short}": say(file.error, language=short).partition(" ")[2] for short in ("zh", "en")}
            whole = {"row": 0, "column": "", "code": file.error.code, "severity": "error", **said}
            row = pl.DataFrame([whole], schema_overrides={"row": pl.Int32})
            parts.append(row.select(turn, name, pl.lit("").alias("sheet_name"), *row.columns))
    if not parts:
        return pl.DataFrame()
    rank = pl.col("severity").replace_strict(_SEVERITIES, default=3, return_dtype=pl.Int8)
    return pl.concat(parts, how="vertical_relaxed").sort(rank, "place", "sheet_name", "row", maintain_order=True)


def _rows(said: Statements, lines: pl.DataFrame, sheets: pl.DataFrame) -> pl.DataFrame:
    """Return every accepted row with what it does and who it is about: file, sheet, row, household_no, name."""
    of_persons = said.persons.select(
        "sheet", "row", "household_id", name=pl.col("name") if "name" in said.persons.columns else pl.lit(None)
    )
    keys = said.households.select("sheet", "row", "household_id", "household_no", "village").unique(["sheet", "row"])
    about = lines.join(keys, on=["sheet", "row"], how="left").join(
        of_persons.select("sheet", "row", "name"), on=["sheet", "row"], how="left"
    )
    return (
        about.join(sheets, on="sheet")
        .sort("sheet", "row")
        .select("file", "sheet_name", "row", "household_no", pl.col("name").cast(pl.String), "outcome")
    )


def _changed(said: Statements, plan: Plan, sheets: pl.DataFrame) -> pl.DataFrame:
    """Return every altered cell with its household, person, and the first line that speaks of it."""
    cells = changes(plan, Scope.everywhere())
    homes = _first_lines(said.households, "household_id", ("household_no",))
    people = _first_lines(said.persons, "person_id", ("of_household", "name"))
    numbers = said.households.select("household_id", "household_no").unique("household_id", keep="first")
    people = people.join(numbers, left_on="of_household", right_on="household_id", how="left").drop("of_household")
    villages = _first_lines(said.villages, "village", ("village_name",)).rename({"village_name": "name"})
    parts = []
    for subject, lines in (("household", homes), ("person", people), ("village", villages)):
        parts.append(cells.filter(pl.col("subject") == subject).join(lines, on="key", how="left"))
    found = pl.concat(parts, how="diagonal_relaxed").join(sheets, on="sheet", how="left")
    return found.sort("sheet", "row", "subject", "key", maintain_order=True).select(
        "file", "sheet_name", "row", "subject", "household_no", "name", "effective_from", "field", "old", "new"
    )


def _first_lines(rows: pl.DataFrame, key: str, names: Sequence[str]) -> pl.DataFrame:
    shown = [pl.col(name) if name in rows.columns else pl.lit(None, pl.String).alias(name) for name in names]
    return (
        rows.filter(pl.col(key) > 0)
        .sort("sheet", "row")
        .unique(key, keep="first", maintain_order=True)
        .select(pl.col(key).alias("key"), "sheet", "row", *shown)
    )
