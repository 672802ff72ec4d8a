"""A made-up area of any size as snapshot tables: no real person, no name, codes in region 99."""

from pathlib import Path
from typing import Any

import polars as pl

from bangfu.params import load

COUNTY = 990101 * 10**6
TYPES = {
    "code": pl.Int16, "flags": pl.Int64, "bool": pl.Int8, "count": pl.Int32, "year": pl.Int32, "fen": pl.Int64,
    "day": pl.Int32, "mu100": pl.Int64, "dm2": pl.Int64, "km": pl.Int64,
}  # fmt: skip
KEYS = {
    "household": {"village": pl.Int64, "household": pl.Int64, "status": pl.Int16, "income_year": pl.Int32},
    "person": {"village": pl.Int64, "household": pl.Int64, "person": pl.Int64, "age": pl.Int16, "head": pl.Int8},
    "village": {"village": pl.Int64, "town": pl.Int64, "county": pl.Int64},
}
APART = {"household": {"identity", "place", "status"}, "person": {"identity", "place", "key"}, "village": set()}
AMOUNTS = {
    "wage_fen": 2_000_000,
    "business_fen": 900_000,
    "business_cost_fen": 500_000,
    "property_fen": 50_000,
    "transfer_fen": 300_000,
}


class Draw:
    """Draws columns that depend on the row number and the order of drawing alone."""

    def __init__(self, seed: int) -> None:
        self.drawn = seed * 1000

    def number(self, low: int, high: int, missing: float = 0.0) -> pl.Expr:
        """Return whole numbers from `low` up to, not including, `high`; a share of them is missing."""
        numbers = (self._chance() % (high - low)).cast(pl.Int64) + low
        return (
            pl.when((self._chance() % 1000).cast(pl.Int64) >= int(missing * 1000)).then(numbers) if missing else numbers
        )

    def yes(self, share: float, missing: float = 0.1) -> pl.Expr:
        """Return 1 for a share of the rows, 0 for the others; a share of them is missing."""
        answer = (self.number(0, 1000) < int(share * 1000)).cast(pl.Int8)
        return pl.when(self.number(0, 1000) >= int(missing * 1000)).then(answer)

    def _chance(self) -> pl.Expr:
        self.drawn += 1
        return pl.int_range(pl.len()).hash(self.drawn) // 4096


def write_area(folder: Path, villages: int, households: int, seed: int = 1) -> None:
    """Write households, persons, villages and places of a made-up area as Parquet files into a folder."""
    draw = Draw(seed)
    village = _villages(villages, draw)
    household, sizes = _households(village, households, draw)
    tables = {
        "villages": village,
        "places": _places(village),
        "households": household,
        "persons": _persons(sizes, draw),
    }
    for name, table in tables.items():
        table.write_parquet(folder / f"{name}.parquet")


def _villages(count: int, draw: Draw) -> pl.DataFrame:
    number = pl.col("number")
    table = (
        pl.DataFrame({"number": range(count)})
        .with_columns(town=COUNTY + (number // 15 + 100) * 1000)
        .with_columns(
            village=pl.col("town") + number % 15 + 201, county=COUNTY, population=draw.number(200, 3000, 0.01)
        )
    )
    return _laid_out(table, "village").sort("village")


def _places(villages: pl.DataFrame) -> pl.DataFrame:
    towns = villages.select(place="town", parent="county").unique()
    tops = pl.DataFrame({"place": [COUNTY, 990100 * 10**6, 99 * 10**10], "parent": [990100 * 10**6, 99 * 10**10, None]})
    return pl.concat([villages.select(place="village", parent="town"), towns, tops]).sort("place")


def _households(villages: pl.DataFrame, count: int, draw: Draw) -> tuple[pl.DataFrame, pl.DataFrame]:
    place = pl.int_range(count, dtype=pl.Int64) * villages.height // count
    sizes = {step: 1 + sum(step >= limit for limit in (20, 50, 72, 88, 96)) for step in range(100)}
    table = pl.DataFrame({"household": range(10**6, 10**6 + count)}).with_columns(
        village=villages["village"].gather(pl.select(place).to_series()), size=draw.number(0, 100).replace_strict(sizes)
    )
    declared = pl.col("size") + (draw.number(0, 100) < 3)
    table = table.with_columns(
        status=draw.number(1, 4),
        declared_members=pl.when(draw.number(0, 1000) < 800).then(declared),
        dibao_fen=draw.number(0, 90_000, 0.6),
        pension_fen=draw.number(0, 90_000, 0.6),
        net_income_pc_fen=draw.number(-10_000, 900_000, 0.3),
        net_income_fen=draw.number(0, 2_000_000, 0.5),
        food_assured=draw.yes(0.95),
        clothing_assured=draw.yes(0.95),
        water_safe=draw.yes(0.95),
        water_difficult=draw.yes(0.05),
        housing_grade=draw.number(1, 7, 0.1),
        **{name: draw.number(0, high, 0.1) for name, high in AMOUNTS.items()},
    )
    return _laid_out(table, "household").sort("village", "household"), table.select("village", "household", "size")


def _persons(sizes: pl.DataFrame, draw: Draw) -> pl.DataFrame:
    table = sizes.select(pl.all().repeat_by("size")).explode("village", "household", "size")
    table = table.with_columns(
        person=pl.int_range(pl.len()),
        age=draw.number(0, 90, 0.02),
        education_level=draw.number(1, 7, 0.1),
        enrolment=draw.number(1, 12, 0.1),
        dropout_reason=draw.number(1, 12, 0.97),
        natural_change=draw.number(11, 15, 0.99),
        resident_medical=draw.yes(0.95),
        employee_medical=draw.yes(0.05),
        serious_illness=draw.yes(0.9, 0.2),
    )
    return _laid_out(table, "person").sort("village", "household", "person")


def _laid_out(table: pl.DataFrame, subject: str) -> pl.DataFrame:
    """Return the table with every column of the field catalogue; what was not drawn is unknown."""
    fields = load().fields[subject].values()
    columns: dict[str, Any] = KEYS[subject] | {
        each.name: TYPES[each.type] for each in fields if each.type in TYPES and each.topic not in APART[subject]
    }
    unknown = [pl.lit(None).alias(name) for name in columns if name not in table.columns]
    return table.with_columns(unknown).select(pl.col(name).cast(kind) for name, kind in columns.items())
