"""Properties that hold for any area: what names, order, copies and more income do to a run."""

from datetime import date

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.analysis.frames import Frames
from bangfu.analysis.run import evaluate
from bangfu.params import load
from tests.analysis.area import VILLAGE, area

ON = date(2016, 12, 31)
AMOUNT = st.none() | st.sampled_from([0, 1, 295_199, 295_200, 314_601]) | st.integers(0, 3_000_000)
YES_NO = st.none() | st.sampled_from([1, 0])
PERSON = st.fixed_dictionaries(
    {
        "age": st.none() | st.integers(0, 100),
        "education_level": st.none() | st.integers(1, 11),
        "enrolment": st.none() | st.integers(1, 16),
        "resident_medical": YES_NO,
        "employee_medical": YES_NO,
        "serious_illness": YES_NO,
    }
)
ITEMS = (
    "wage_fen",
    "business_fen",
    "business_cost_fen",
    "property_fen",
    "transfer_fen",
    "net_income_pc_fen",
    "net_income_fen",
)
FACTS = st.fixed_dictionaries(
    dict.fromkeys(ITEMS, AMOUNT)
    | dict.fromkeys(["food_assured", "clothing_assured", "water_safe", "water_difficult"], YES_NO)
    | {
        "housing_grade": st.none() | st.integers(1, 6),
        "declared_members": st.none() | st.integers(0, 4),
        "status": st.none() | st.integers(1, 4),
        "village": st.sampled_from([VILLAGE, VILLAGE + 1, VILLAGE + 1000]),
    }
)
HOMES = st.lists(st.tuples(FACTS, st.lists(PERSON, max_size=4)), min_size=1, max_size=8)
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def run(frames: Frames):
    return evaluate(frames, load(), "cn_2014", ON)


def indicators_of(frames: Frames) -> dict[tuple[int, str], tuple[int | None, int | None]]:
    return {row[:2]: row[2:] for row in run(frames).indicators.iter_rows()}


@few
@given(homes=HOMES, seed=st.integers(0, 99))
def test_the_order_of_rows_never_changes_a_run(homes, seed):
    frames = area(homes)
    shuffled = Frames(
        *(
            each.sample(fraction=1, shuffle=True, seed=seed)
            for each in (frames.households, frames.persons, frames.villages)
        ),
        frames.places,
    )
    assert run(shuffled).rows.equals(run(frames).rows)
    assert run(shuffled).indicators.equals(run(frames).indicators)


@few
@given(homes=HOMES)
def test_a_village_alone_counts_what_it_counts_among_others(homes):
    frames = area(homes)
    whole = indicators_of(frames)
    for village in frames.villages["village"]:
        here = [
            each.filter(pl.col("village") == village) for each in (frames.households, frames.persons, frames.villages)
        ]
        alone = indicators_of(Frames(*here, frames.places))
        assert {key: value for key, value in alone.items() if key[0] == village} == {
            key: value for key, value in whole.items() if key[0] == village
        }


@few
@given(homes=HOMES, offset=st.integers(10**6, 10**9))
def test_other_numbers_for_households_change_no_indicator(homes, offset):
    frames = area(homes)
    renamed = [
        each.with_columns(household=offset - pl.col("household")) for each in (frames.households, frames.persons)
    ]
    assert indicators_of(Frames(*renamed, frames.villages, frames.places)) == indicators_of(frames)


@few
@given(homes=HOMES)
def test_every_household_and_its_copy_count_twice(homes):
    once, twice = run(area(homes)), run(area([*homes, *homes]))
    squared = pl.when(pl.col("indicator") == "income_gini").then(4).otherwise(2)  # people times money
    left = once.indicators.select("place", "indicator", pl.col("numerator") * squared)
    assert twice.indicators.select("place", "indicator", "numerator").equals(left.cast({"numerator": pl.Int64}))
    assert {key: 2 * count for key, count in once.manifest["counts"].items()} == twice.manifest["counts"]


@few
@given(facts=FACTS, members=st.lists(PERSON, min_size=1, max_size=4), more=st.integers(1, 10**7))
def test_more_wage_never_makes_a_household_newly_eligible(facts, members, more):
    richer = facts | {"wage_fen": None if facts["wage_fen"] is None else facts["wage_fen"] + more}
    before, after = run(area([(facts, members), (richer, members)])).rows.sort("household")["outcome"].to_list()
    assert not (before == 0 and after == 1)
    assert not (before is None and after == 1)


@few
@given(homes=HOMES)
def test_the_counts_of_the_manifest_are_those_of_the_rows(homes):
    result = run(area(homes))
    outcomes = result.rows["outcome"].to_list()
    assert result.manifest["counts"] == {
        "yes": outcomes.count(1),
        "no": outcomes.count(0),
        "unknown": outcomes.count(None),
    }
