"""Indicators: whole numbers by place; an unknown or empty base gives no rate."""

from datetime import date

import polars as pl

from bangfu.analysis.frames import Frames
from bangfu.analysis.run import evaluate
from bangfu.params import load
from tests.analysis.area import COUNTY, INSURED, NO_LACK, VILLAGE, area

ON = date(2016, 12, 31)
POOR = NO_LACK | {"net_income_pc_fen": 100_000, "status": 1}
BACK = NO_LACK | {"net_income_pc_fen": 100_000, "status": 3}
READY = NO_LACK | {"net_income_pc_fen": 400_000, "status": 1}
EXITED = NO_LACK | {"net_income_pc_fen": 400_000, "status": 2}
OPEN = NO_LACK | {"status": None}
CITY, PROVINCE = 990100000000, 990000000000
HOMES = [
    (POOR, [INSURED] * 3),
    (BACK, [INSURED] * 2),
    (READY, [INSURED]),
    (EXITED, [INSURED] * 4),
    (OPEN | {"village": VILLAGE + 1}, [INSURED] * 5),
    (POOR | {"village": VILLAGE + 1000}, [INSURED] * 2),
]


def indicators(frames):
    rows = evaluate(frames, load(), "cn_2014", ON).indicators.iter_rows()
    return {(place, name): (above, below) for place, name, above, below in rows}


def test_registered_poor_people_are_those_identified_or_returned():
    found = indicators(area(HOMES, population=500))
    assert found[VILLAGE, "registered_households"] == (3, None)
    assert found[VILLAGE, "registered_persons"] == (6, None)
    assert found[VILLAGE, "incidence"] == (6, 500)


def test_measured_incidence_is_kept_apart_from_the_registered_one():
    found = indicators(area(HOMES, population=500))
    assert found[VILLAGE, "measured_incidence"] == (5, 500)
    assert found[VILLAGE, "eligible_households"] == (2, None)
    assert found[VILLAGE, "eligible_persons"] == (5, None)


def test_places_add_up_to_those_above_them():
    found = indicators(area(HOMES, population=500))
    assert found[VILLAGE // 1000 * 1000, "persons"] == (15, None)
    assert found[COUNTY, "persons"] == (17, None)
    assert found[CITY, "incidence"] == found[PROVINCE, "incidence"] == (8, 1500)


def test_one_unknown_population_leaves_every_place_above_without_a_rate():
    frames = area(HOMES, population=500)
    unknown = pl.when(pl.col("village") != VILLAGE + 1).then("population")
    found = indicators(
        Frames(frames.households, frames.persons, frames.villages.with_columns(population=unknown), frames.places)
    )
    assert found[VILLAGE + 1, "incidence"] == (0, None)
    assert found[COUNTY, "incidence"] == (8, None)
    assert found[VILLAGE + 1000, "incidence"] == (2, 500)


def test_an_empty_village_has_no_rate():
    assert indicators(area(HOMES, population=0))[VILLAGE, "incidence"] == (6, None)


def test_a_village_without_households_counts_nobody():
    frames = area(HOMES, population=500)
    bare = frames.villages.with_columns(village=pl.col("village") + 50)
    found = indicators(Frames(frames.households.clear(), frames.persons.clear(), bare, frames.places))
    assert found[VILLAGE + 50, "incidence"] == (0, 500)
    assert found[VILLAGE + 50, "households"] == (0, None)


def test_households_of_a_village_that_no_table_describes_still_count():
    frames = area(HOMES, population=500)
    others = frames.villages.filter(pl.col("village") != VILLAGE)
    found = indicators(Frames(frames.households, frames.persons, others, frames.places))
    assert found[VILLAGE, "persons"] == (10, None)
    assert found[VILLAGE, "incidence"] == (6, None)


def test_households_ready_to_exit_are_counted_among_the_registered():
    assert indicators(area(HOMES))[VILLAGE, "exit_ready_households"] == (1, 3)


def test_an_indicator_whose_decision_is_not_in_force_is_left_out():
    names = evaluate(area(HOMES), load(), "cn_2014", date(2015, 12, 31)).indicators["indicator"].unique()
    assert "exit_ready_households" not in names
    assert "incidence" in names


def test_undecided_households_are_shown_against_all_of_them():
    assert indicators(area(HOMES))[VILLAGE + 1, "undecided_households"] == (1, 1)


def test_shares_of_a_lack_count_households():
    lacking = [
        (POOR | {"housing_grade": "D级", "water_safe": 0}, [INSURED]),
        (POOR, [INSURED | {"resident_medical": 0}]),
    ]
    found = indicators(area(lacking))
    assert found[VILLAGE, "housing_unsafe_households"] == (1, 2)
    assert found[VILLAGE, "water_unsafe_households"] == (1, 2)
    assert found[VILLAGE, "medical_gap_households"] == (1, 2)
    assert found[VILLAGE, "education_gap_households"] == (0, 2)


def test_the_table_is_sorted_and_has_each_place_and_indicator_once():
    table = evaluate(area(HOMES), load(), "cn_2014", ON).indicators
    assert table.equals(table.sort("place", "indicator"))
    assert table.select("place", "indicator").is_unique().all()
    assert table.height == len(load().indicators) * (3 + 2 + 1 + 1 + 1)


def test_the_catalogue_has_texts_in_both_languages_and_sources():
    catalogue = load().indicators
    assert len(catalogue) >= 15
    assert all(each.title.zh and each.title.en and each.definition.zh and each.source.title for each in catalogue)
