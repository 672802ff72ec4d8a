"""Adding up along the rows gives what adding up by key gives, for any area that stands together."""

import narwhals as nw
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.analysis import clusters
from bangfu.analysis.clusters import clustered_households
from bangfu.analysis.frames import Frames, households_by_key

NAMES = ("first", "second", "third")
LEAVING = (11, 12)
FACT = st.sampled_from([True, False, None])
MEMBER = st.fixed_dictionaries(
    {"natural_change": st.sampled_from([None, 1, 11, 12])} | {f"is_{name}": FACT for name in NAMES}
)
HOMES = st.lists(st.tuples(st.integers(0, 3), st.lists(MEMBER, max_size=5)), max_size=9)
PERSON = {"household": pl.Int64, "natural_change": pl.Int16} | {f"is_{name}": pl.Boolean for name in NAMES}
VILLAGES = pl.DataFrame(
    {"village": [0, 1, 2], "county": [10, 10, None]}, schema={"village": pl.Int64, "county": pl.Int64}
)
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def frames(homes, numbers=None):
    """Return an area of homes, each a village and its members; village 3 is in no table of villages."""
    placed = sorted(range(len(homes)), key=lambda place: homes[place][0])
    numbers = numbers or range(len(homes))
    keys = sorted((homes[place][0], number) for place, number in zip(placed, numbers, strict=True))
    rows = [
        {"household": number} | member
        for (_, number), place in zip(keys, placed, strict=True)
        for member in homes[place][1]
    ]
    households = pl.DataFrame(keys, schema={"village": pl.Int64, "household": pl.Int64}, orient="row")
    return Frames(households, pl.DataFrame(rows, schema=PERSON), VILLAGES, None)


def both(area, names):
    facts = {name: nw.col(f"is_{name}") for name in names}
    ours = clustered_households(area, facts, LEAVING)
    by_key = households_by_key(area, facts, LEAVING).collect().to_native()
    return ours, by_key.sort("village", "household")


def collected(ours, by_key):
    return ours.collect().to_native().select(pl.col(n).cast(by_key.schema[n]) for n in by_key.columns)


@few
@given(homes=HOMES, count=st.integers(0, 3))
def test_a_clustered_area_folds_as_by_key(homes, count):
    ours, by_key = both(frames(homes), NAMES[:count])
    assert collected(ours, by_key).equals(by_key)


@few
@given(homes=HOMES, step=st.sampled_from([7, 11, 13]))
def test_numbers_of_households_need_not_rise_from_village_to_village(homes, step):
    numbers = [(number * step + 3) % 97 for number in range(len(homes))]
    ours, by_key = both(frames(homes, numbers), NAMES)
    assert collected(ours, by_key).equals(by_key)


HOME = {"natural_change": None, "is_first": True, "is_second": None, "is_third": False}


@pytest.mark.parametrize(
    "disorder",
    [
        pytest.param(lambda area: (area.households.reverse(), area.persons), id="households backwards"),
        pytest.param(lambda area: (pl.concat([area.households] * 2), area.persons), id="a household twice"),
        pytest.param(lambda area: (area.households.with_columns(village=None), area.persons), id="no village"),
        pytest.param(
            lambda area: (area.households, pl.concat([area.persons, area.persons.head(1)])), id="a member apart"
        ),
    ],
)
def test_an_area_in_disorder_is_folded_by_key(disorder):
    area = frames([(0, [HOME] * 2), (1, [HOME]), (1, [HOME])])
    households, persons = disorder(area)
    assert clustered_households(Frames(households, persons, VILLAGES, None), {}, LEAVING) is None


def test_a_household_in_two_villages_is_folded_by_key():
    area = frames([(0, [HOME]), (0, [HOME])])
    twice = pl.DataFrame({"village": [0, 0, 1], "household": [0, 1, 0]})
    assert clustered_households(Frames(twice, area.persons, VILLAGES, None), {}, LEAVING) is None


def test_a_household_of_more_rows_than_a_count_holds_is_folded_by_key(monkeypatch):
    monkeypatch.setattr(clusters, "LONGEST", 3)
    assert clustered_households(frames([(0, [HOME] * 3)]), {}, LEAVING) is not None
    assert clustered_households(frames([(0, [HOME] * 4)]), {}, LEAVING) is None


def test_a_running_sum_may_pass_the_end_of_its_word():
    """Members whose second fact is open weigh 2**48 each: 65,536 of them are more than 64 bits hold."""
    homes = [(0, [HOME | {"is_first": None}] * 4)] * 20_000
    ours, by_key = both(frames(homes), NAMES[:2])
    assert collected(ours, by_key).equals(by_key)
