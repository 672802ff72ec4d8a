"""A nation in Parquet by province: exact counts, rows that stand together, the same numbers for the same seed."""

import polars as pl
import pytest

from bangfu.simulate.nation import NATION_2014, PROVINCES, WEIGHTS, Draw, Nation, simulate_nation

FIRST = {"status": 1, "wage_fen": 1789725, "housing_grade": 4}
"""Drawn once and written down."""
SMALL = Nation(villages=400, households=3_001, persons=9_124)


@pytest.fixture(scope="module")
def nation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nation")
    simulate_nation(1, folder, SMALL)
    return folder


def table(folder, name):
    return pl.read_parquet(folder / name / "*.parquet")


def test_the_nation_has_exactly_what_the_register_of_2014_counted(nation):
    assert (NATION_2014.villages, NATION_2014.households, NATION_2014.persons) == (128_000, 29_480_000, 89_620_000)
    villages = pl.read_parquet(nation / "villages.parquet")
    counts = villages.height, table(nation, "households").height, table(nation, "persons").height
    assert counts == (SMALL.villages, SMALL.households, SMALL.persons)


def test_every_province_has_a_code_of_its_own_that_no_real_one_has(nation):
    real = {
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        91,
    }
    assert len(set(PROVINCES)) == len(WEIGHTS) == 28
    assert not real & set(PROVINCES)
    tops = pl.read_parquet(nation / "places.parquet").filter(pl.col("parent").is_null())["place"]
    assert tops.to_list() == [code * 10**10 for code in PROVINCES]


def test_every_place_above_a_village_is_listed_once(nation):
    places = pl.read_parquet(nation / "places.parquet")
    villages = pl.read_parquet(nation / "villages.parquet")
    assert places["place"].is_unique().all()
    assert villages["village"].is_unique().all()
    assert set(places["parent"].drop_nulls()) <= set(places["place"])
    assert set(villages["village"]) <= set(places["place"])


def test_members_of_a_household_stand_together_in_its_village(nation):
    households, persons = table(nation, "households"), table(nation, "persons")
    keys = households.select("village", "household")
    assert keys.equals(keys.sort("village", "household"))
    assert persons["household"].is_sorted()
    assert persons.select("village", "household").unique(maintain_order=True).equals(keys)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_numbers(nation, tmp_path):
    files = simulate_nation(1, tmp_path, SMALL)
    assert all((tmp_path / name).read_bytes() == (nation / name).read_bytes() for name in files)
    one, two = (pl.DataFrame({"row": [0]}).select(Draw(seed).number(0, 10**6)).item() for seed in (1, 2))
    assert one != two


def test_numbers_are_drawn_alike_whatever_the_version_of_the_library(nation):
    first = table(nation, "households").filter(pl.col("household") == 1).row(0, named=True)
    assert {name: first[name] for name in ("status", "wage_fen", "housing_grade")} == FIRST
