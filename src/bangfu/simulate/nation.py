"""A nation of registered households as it was counted in 2014, in Parquet by province: whole numbers, no names.

29.48 million households with 89.62 million members in 128,000 villages are too many for ledgers; what is
written are the tables that a snapshot would freeze, with the columns that the programme of 2014 reads. The
provinces have codes that no real province has. Rows stand village by village, household by household.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

PROVINCES: Final = (*range(66, 71), *range(72, 81), *range(83, 91), *range(92, 98))
"""Codes of provinces that do not exist."""
WEIGHTS: Final = (9, 8, 8, 7, 7, 7, 6, 6, 6, 5, 5, 5, 4, 4, 4, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1)
"""How many of the villages each province has, in the order of `PROVINCES`."""
VILLAGES_OF_TOWN: Final = 15
TOWNS_OF_COUNTY: Final = 7
COUNTIES_OF_CITY: Final = 9
_GROUP: Final = 262_144  # rows of a row group
_MIX: Final = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)  # splitmix64
_WORD: Final = 2**64


@dataclass(frozen=True, slots=True)
class Nation:
    """How many villages, households and persons there are (全国规模)."""

    villages: int
    households: int
    persons: int


NATION_2014: Final = Nation(villages=128_000, households=29_480_000, persons=89_620_000)
"""What the register of 2014 counted (建档立卡): 12.8万个村、2948万户、8962万人."""


def simulate_nation(seed: int, out: Path, nation: Nation = NATION_2014) -> tuple[str, ...]:
    """Write households/NN.parquet and persons/NN.parquet by province, and villages and places of the whole.

    seed     the same seed gives the same numbers, whatever the number of threads
    out      folder to write to; made when missing, files of the same name are replaced
    nation   how much of everything, to the last one; at least one village for each province
    Returns  the files, relative to `out`
    """
    for folder in ("households", "persons"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    villages = []
    for number, (code, before, after) in enumerate(_shares(nation)):
        draw = Draw(seed * len(PROVINCES) + number)
        own = _villages(code, after.villages - before.villages, draw)
        villages.append(own)
        households = _households(own, before, after, draw)
        _write(households.drop("size"), out / "households" / f"{code}.parquet")
        _write(_persons(households, before.persons, draw), out / "persons" / f"{code}.parquet")
    whole = pl.concat(villages)
    _write(whole, out / "villages.parquet")
    _write(_places(whole), out / "places.parquet")
    return tuple(sorted(path.relative_to(out).as_posix() for path in out.rglob("*.parquet")))


class Draw:
    """Draws columns that depend on the seed, the order of drawing and the number of the row alone."""

    def __init__(self, seed: int) -> None:
        self.drawn = seed * 1000

    def number(self, low: int, high: int, missing: int = 0) -> pl.Expr:
        """Return whole numbers from `low` up to, not including, `high`; of a thousand, some are missing."""
        chance = self._chance()
        drawn = (chance // 1000 % (high - low)).cast(pl.Int64) + low
        return pl.when(chance % 1000 >= missing).then(drawn) if missing else drawn

    def yes(self, of_thousand: int, missing: int = 100) -> pl.Expr:
        """Return 1 for some of a thousand rows, 0 for the others; of a thousand, some are missing."""
        return (self.number(0, 1000, missing) < of_thousand).cast(pl.Int8)

    def _chance(self) -> pl.Expr:
        """Return 33 even bits for each row: splitmix64 of its number, which no version of a library changes."""
        self.drawn += 1
        first, second, third = _MIX
        word = (pl.int_range(pl.len(), dtype=pl.UInt64) + 1) * pl.lit(first, pl.UInt64)
        word = word + pl.lit(self.drawn * third % _WORD, pl.UInt64)
        word = (word ^ (word // 2**30)) * pl.lit(second, pl.UInt64)
        word = (word ^ (word // 2**27)) * pl.lit(third, pl.UInt64)
        return word // 2**31


def _shares(nation: Nation) -> Iterator[tuple[int, Nation, Nation]]:
    """Yield each province's code with how much of everything stands before it and up to it."""
    whole, passed = sum(WEIGHTS), 0
    before = Nation(0, 0, 0)
    for code, weight in zip(PROVINCES, WEIGHTS, strict=True):
        passed += weight
        counts = (nation.villages, nation.households, nation.persons)
        after = Nation(*(count * passed // whole for count in counts))
        yield code, before, after
        before = after


def _villages(province: int, count: int, draw: Draw) -> pl.DataFrame:
    number = pl.col("number")
    town = number // VILLAGES_OF_TOWN
    county = town // TOWNS_OF_COUNTY
    city = county // COUNTIES_OF_CITY
    code = pl.lit(province * 10**10, pl.Int64) + (city + 1) * 10**8 + (county % COUNTIES_OF_CITY + 21) * 10**6
    table = _numbered(count).with_columns(town=code + (town % TOWNS_OF_COUNTY + 100) * 1000, county=code)
    return table.select(
        village=pl.col("town") + pl.col("number") % VILLAGES_OF_TOWN + 201,
        town="town",
        county="county",
        population=draw.number(200, 3000),
        village_income_pc_fen=draw.number(100_000, 900_000, 300),
        collective_income_fen=draw.number(0, 10_000_000, 300),
    )


def _places(villages: pl.DataFrame) -> pl.DataFrame:
    place = pl.col("village")
    levels = [(1, 10**3), (10**3, 10**6), (10**6, 10**8), (10**8, 10**10)]
    tables = [villages.select(place=place // unit * unit, parent=place // above * above) for unit, above in levels]
    tops = villages.select(place=place // 10**10 * 10**10, parent=pl.lit(None, pl.Int64))
    return pl.concat([*tables, tops]).unique().sort("place")


def _households(villages: pl.DataFrame, before: Nation, after: Nation, draw: Draw) -> pl.DataFrame:
    count, persons = after.households - before.households, after.persons - before.persons
    number = pl.col("number")
    even = (number + 1) * persons // count - number * persons // count
    swap = draw.number(-2, 3).gather(number // 2) * (1 - number % 2 * 2)  # what one of a pair has more, the other lacks
    paired = number < count // 2 * 2
    size = even + pl.when(paired).then(swap).otherwise(0)
    place = number * villages.height // count
    keys = _numbered(count).select(household=number + before.households + 1, place=place, size=size)
    amounts = {"wage_fen": 2_000_000, "business_fen": 900_000, "business_cost_fen": 500_000, "property_fen": 50_000}
    unknown = ("tekun_fen", "family_planning_fen", "eco_compensation_fen", "other_transfer_fen")
    return keys.select(
        villages["village"].gather(keys["place"]),
        "household",
        "size",
        status=draw.number(1, 4).cast(pl.Int16),
        declared_members=(pl.col("size") + draw.yes(30, 200)).cast(pl.Int32),
        **{name: draw.number(0, high, 100) for name, high in amounts.items()},
        transfer_fen=draw.number(0, 300_000, 100),
        dibao_fen=draw.number(0, 90_000, 600),
        pension_fen=draw.number(0, 90_000, 600),
        **{name: pl.lit(None, pl.Int64) for name in unknown},
        net_income_pc_fen=draw.number(-10_000, 900_000, 300),
        net_income_fen=draw.number(0, 2_000_000, 500),
        food_assured=draw.yes(950),
        clothing_assured=draw.yes(950),
        housing_grade=draw.number(1, 7, 100).cast(pl.Int16),
        water_safe=draw.yes(950),
        water_difficult=draw.yes(50),
    )


def _persons(households: pl.DataFrame, before: int, draw: Draw) -> pl.DataFrame:
    rows = households.select(pl.int_range(pl.len(), dtype=pl.Int64).repeat_by("size").explode().alias("row"))["row"]
    keys = pl.DataFrame([households["village"].gather(rows), households["household"].gather(rows)])
    return keys.select(
        "village",
        "household",
        person=pl.int_range(pl.len(), dtype=pl.Int64) + before + 1,
        age=draw.number(0, 90, 20).cast(pl.Int16),
        education_level=draw.number(1, 7, 100).cast(pl.Int16),
        enrolment=draw.number(1, 12, 100).cast(pl.Int16),
        dropout_reason=draw.number(1, 12, 970).cast(pl.Int16),
        natural_change=draw.number(11, 16, 990).cast(pl.Int16),
        resident_medical=draw.yes(950),
        employee_medical=draw.yes(50),
        serious_illness=draw.yes(900, 200),
    )


def _numbered(count: int) -> pl.DataFrame:
    return pl.DataFrame({"number": pl.int_range(count, dtype=pl.Int64, eager=True)})


def _write(table: pl.DataFrame, path: Path) -> None:
    table.write_parquet(path, compression="lz4", row_group_size=_GROUP)  # read a third faster than the smallest
