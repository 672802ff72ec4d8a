"""Small areas for tests of analysis: homes written as facts, laid out like a snapshot, on any engine."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import polars as pl

from bangfu.analysis.frames import Frames
from bangfu.params import Parameters, load

ENGINES = ("polars", "polars lazy", "duckdb")
VILLAGE = 990101100201
COUNTY = 990101000000
TYPES = {
    "code": pl.Int16, "flags": pl.Int64, "bool": pl.Int8, "count": pl.Int32, "year": pl.Int32, "fen": pl.Int64,
    "day": pl.Int32, "mu100": pl.Int64, "dm2": pl.Int64, "km": pl.Int64,
}  # fmt: skip
KEYS = {
    "household": {"village": pl.Int64, "household": pl.Int64, "status": pl.Int16, "income_year": pl.Int32},
    "person": {"village": pl.Int64, "household": pl.Int64, "person": pl.Int64, "age": pl.Int16, "head": pl.Int8},
    "village": {"village": pl.Int64, "town": pl.Int64, "county": pl.Int64},
}
NO_LACK = {"food_assured": 1, "clothing_assured": 1, "housing_grade": "A级", "water_safe": 1, "water_difficult": 0}
INSURED = {"age": 40, "resident_medical": 1, "employee_medical": 0}

Facts = Mapping[str, Any]


def schema(subject: str) -> dict[str, Any]:
    """Return the columns of a snapshot table, by the field catalogue."""
    apart = {"household": {"identity", "place", "status"}, "person": {"identity", "place", "key"}, "village": set()}
    fields = load().fields[subject].values()
    listed = {each.name: TYPES[each.type] for each in fields if each.type in TYPES and each.topic not in apart[subject]}
    return KEYS[subject] | listed


def numbers(facts: Facts, subject: str, parameters: Parameters) -> dict[str, Any]:
    """Return facts with the words of code lists turned into their numbers, and lists of words into flags."""
    coded = {}
    for name, value in facts.items():
        field = parameters.fields[subject].get(name)
        if isinstance(value, str | list) and field is not None:
            codes = parameters.code_lists[str(field.codes)]
            words = value if isinstance(value, list) else [value]
            found = [codes.number(word) for word in words]
            assert None not in found, f"{name}: {value}"
            coded[name] = sum(1 << number for number in found) if isinstance(value, list) else found[0]
        else:
            coded[name] = value
    return coded


def table(rows: Sequence[Facts], subject: str) -> pl.DataFrame:
    """Return rows as a snapshot table; what a row does not tell is unknown."""
    columns = schema(subject)
    unknown = {name for row in rows for name in row} - columns.keys()
    assert not unknown, unknown
    return pl.DataFrame([{name: row.get(name) for name in columns} for row in rows], schema=columns)


def on_engine(tables: Sequence[pl.DataFrame], engine: str) -> Frames:
    """Return the four tables of an area as native tables of an engine."""
    if engine == "duckdb":
        return Frames(*(duckdb.from_arrow(each.to_arrow()) for each in tables))
    return Frames(*(each.lazy() if engine == "polars lazy" else each for each in tables))


def area(
    homes: Sequence[tuple[Facts, Sequence[Facts]]], engine: str = "polars", population: int | None = 1000
) -> Frames:
    """Return an area of homes, each with its own facts and its members' facts, numbered from 1.

    A home lives in `village`, the first of the test county unless it says otherwise.
    """
    parameters = load()
    households, persons = [], []
    for number, (facts, members) in enumerate(homes, start=1):
        key = {"village": facts.get("village", VILLAGE), "household": facts.get("household", number)}
        households.append(numbers(facts, "household", parameters) | key)
        for place, member in enumerate(members, start=1):
            own = {"person": key["household"] * 100 + place}
            persons.append(own | numbers(member, "person", parameters) | key)
    villages = sorted({each["village"] for each in households} or {VILLAGE})
    rows = [
        {"village": v, "town": v // 1000 * 1000, "county": v // 10**6 * 10**6, "population": population}
        for v in villages
    ]
    return on_engine(
        [table(households, "household"), table(persons, "person"), table(rows, "village"), places(villages)], engine
    )


def places(villages: Sequence[int]) -> pl.DataFrame:
    """Return the tree of places above villages with 12-digit codes."""
    found: dict[int, tuple[int | None, int]] = {}
    for village in villages:
        above = [village // unit * unit for unit in (1, 10**3, 10**6, 10**8, 10**10)]
        for level, (place, parent) in enumerate(zip(above, [*above[1:], None], strict=True)):
            found[place] = (parent, 5 - level)
    rows = [{"place": place, "parent": parent, "level": level} for place, (parent, level) in sorted(found.items())]
    return pl.DataFrame(rows, schema={"place": pl.Int64, "parent": pl.Int64, "level": pl.Int8})


def reversed_rows(frames: Frames) -> Frames:
    """Return an eager area with every table in the opposite order."""
    return Frames(*(each.reverse() for each in (frames.households, frames.persons, frames.villages, frames.places)))
