"""Builds tables for the data-quality tests from short rows that name codes by label."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import yaml

from bangfu.analysis.frames import Frames
from bangfu.params import load

CASES = Path(__file__).parent / "quality_cases"
ON = date(2023, 6, 15)
VILLAGE = 990101200201
STRANGER = 2
KEYS = {"village": pl.Int64, "household": pl.Int64, "person": pl.Int64}
PLACES = KEYS | {"county": pl.Int64}
TEXTS = {"text", "id_no", "phone", "card"}
NESTED = {"persons", "households", "others", "strangers"}


def pairs():
    """Return every pair: code, subject, day, the row that fires and the neighbour that does not."""
    found = {}
    for subject in ("person", "household", "village"):
        content = yaml.safe_load((CASES / f"{subject}.yaml").read_text(encoding="utf-8"))
        for code, pair in content.items():
            assert code not in found, code
            found[code] = (subject, pair.get("day", ON), pair["fires"], pair["fires"] | pair["quiet"])
    return found


def number(subject, name, value):
    """Return what the column carries: the number of a label, the mask of several, the value itself."""
    field = load().fields[subject].get(name)
    if field is None or field.codes is None or value is None:
        return value
    codes = load().code_lists[field.codes]
    if field.type == "flags":
        return sum(1 << codes.number(label) for label in value)
    return codes.number(value)


def table(subject, rows, columns=()):
    """Return a table with the rows' columns (and further ones, null) in the types that snapshots use."""
    keys = {"person": 3, "household": 2, "village": 1}[subject]
    names = [*list(KEYS)[:keys], *dict.fromkeys([*columns, *(name for row in rows for name in row)])]
    names = [name for name in dict.fromkeys(names) if name not in NESTED]
    types = {name: column_type(subject, name) for name in names}
    return pl.DataFrame({name: [number(subject, name, row.get(name)) for row in rows] for name in names}, schema=types)


def column_type(subject, name):
    """Return the type that the column has in a snapshot."""
    field = load().fields[subject].get(name)
    if field is None:
        return PLACES.get(name, pl.Int16)
    small = {"code": pl.Int16, "bool": pl.Int8, "count": pl.Int32, "year": pl.Int32, "day": pl.Int32}
    return pl.String if field.type in TEXTS else small.get(field.type, pl.Int64)


def frames_of(subject, row, first=1):
    """Return the frames of one case, and the key of the row that is meant.

    first  number of the first village, household and person, so that cases can stand side by side
    """
    village, stranger = VILLAGE + first, first + STRANGER
    key = {"village": village, "household": first, "person": first}
    own = {name: value for name, value in row.items() if name not in NESTED}
    rows = {"person": [], "household": [], "village": []}
    rows[subject].append({**own, **key})
    others = [{**other, **key} for other in row.get("others", [])]
    if subject == "household":
        others = [{**other, "household": stranger} for other in others]
    rows[subject] += others
    rows[subject] += [{**other, **key, "household": stranger} for other in row.get("strangers", [])]
    rows["household"] += [
        {**other, "village": village, "household": first + place}
        for place, other in enumerate(row.get("households", []))
    ]
    rows["person"] += [{**other, **key} for other in row.get("persons", [])]
    for place, person in enumerate(rows["person"]):
        person["person"] = first + place
    return rows, key


def as_frames(rows, columns=None):
    """Return frames of the rows by subject."""
    made = {subject: table(subject, rows[subject], (columns or {}).get(subject, ())) for subject in rows}
    return Frames(made["household"], made["person"], made["village"], pl.DataFrame({"place": [VILLAGE]}))


def only(code):
    """Return parameters whose catalogue holds one rule."""
    parameters = load()
    return replace(parameters, quality=tuple(rule for rule in parameters.quality if rule.code == code))
