"""What is true of each village: all its rural households and persons, of whom the registered ones are a part."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Final

from bangfu.simulate.homes import ABLE, SAFE
from bangfu.simulate.monitoring import SUDDEN, UNSTABLE
from bangfu.simulate.places import Tree
from bangfu.simulate.records import Record
from bangfu.simulate.sheets import Row

_INCIDENCE_PERCENT: Final = 10  # from this share of registered persons on a village counts as poor


def village_rows(tree: Tree, records: Sequence[Record], monitored: Mapping[str, Row], rng: Random) -> list[Row]:
    """Draw the yearly figures of every village; counts of all households are never below those of registered ones.

    monitored  rows of the monitored list by household number
    Returns    one row a village in order of code; money in fen, land in hundredths of a mu
    """
    towns = {place.code: place.name for place in tree.towns}
    registered: dict[int, list[Record]] = {}
    for record in records:
        registered.setdefault(record.truth["village"], []).append(record)
    rows = []
    for place in tree.villages:
        mine = registered.get(place.code, [])
        classes = [monitored[r.household_no].cells["monitored_class"] for r in mine if r.household_no in monitored]
        cells: dict[str, Any] = {
            "county_name": tree.county.name,
            "town_name": towns[place.parent],
            "village_name": place.name,
            "village_code": str(place.code),
        }
        cells |= _figures(mine, rng)
        cells["unstable_household_count"] = classes.count(UNSTABLE)
        cells["hardship_household_count"] = classes.count(SUDDEN)
        rows.append(Row(cells))
    return rows


def _figures(mine: Sequence[Record], rng: Random) -> dict[str, Any]:
    """Draw the figures of one village from its registered households and a wider circle of others."""
    people = [person for record in mine for person in record.people]
    households = len(mine) * rng.randint(5, 11) + rng.randint(20, 60)
    population = len(people) + (households - len(mine)) * rng.randint(32, 39) // 10
    counted = {
        "dibao_household_count": _some(mine, "kind", "低保贫困户") + rng.randint(0, 4),
        "tekun_household_count": _some(mine, "kind", "五保户") + rng.randint(0, 2),
        "dibao_person_count": sum(len(r.people) for r in mine if r.truth["kind"] == "低保贫困户") + rng.randint(4, 12),
        "tekun_person_count": sum(len(r.people) for r in mine if r.truth["kind"] == "五保户") + rng.randint(2, 4),
        "minority_count": sum(p["ethnicity"] != "汉族" for p in people) + rng.randint(0, 30),
        "disabled_count": sum("残疾" in p["health"] for p in people) + rng.randint(0, 12),
        "labour_count": sum(p["labour"] in ABLE for p in people)
        + (population - len(people)) * rng.randint(50, 60) // 100,
        "migrant_count": sum(p["work_months"] > 3 for p in people)
        + (population - len(people)) * rng.randint(15, 28) // 100,
        "unsafe_water_households": sum(not r.truth["water_safe"] for r in mine) + rng.randint(0, 2),
        "difficult_water_households": sum(r.truth["water_difficult"] for r in mine),
        "dilapidated_households": sum(r.truth["grade"] != SAFE for r in mine) + rng.randint(0, 3),
    }
    poor = len(people) * 100 >= population * _INCIDENCE_PERCENT
    return counted | {
        "village_attribute": "贫困村" if poor else "非贫困村",
        "household_count": households,
        "group_count": rng.randint(3, 14),
        "population": population,
        "resident_count": population * rng.randint(58, 84) // 100,
        "cultivated_mu100": population * rng.randint(90, 210),
        "village_income_pc_fen": rng.randint(4_200, 8_900) * 100,
        "collective_income_fen": rng.randint(0, 90) * 100_000 if rng.random() < 0.6 else 0,
        "bus": rng.random() < 0.7,
        "paved_road": rng.random() < 0.85,
        "cooperative_count": rng.randint(0, 4),
        "clinic_count": rng.randint(1, 2),
        "broadband_households": households * rng.randint(5, 45) // 100,
        "marginal_household_count": 0,
        "registered_persons": len(people),
        "poor_persons": sum(len(r.people) for r in mine if r.truth["poor"]),
    }


def _some(mine: Sequence[Record], name: str, value: str) -> int:
    return sum(record.truth[name] == value for record in mine)
