"""Accounts of natural change: whoever was there, plus who came, less who went, are those who are there."""

from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.registry.changes import CAME, WENT, account, changes_between, spans

START = date(2017, 1, 1)
DAYS = st.integers(0, 40).map(lambda day: START + timedelta(days=day))
MEMBERS = {"person_id": pl.Int64, "household_id": pl.Int64, "relation": pl.Int16, "natural_change": pl.Int16}
HOMES = {"household_id": pl.Int64, "village": pl.Int64}


def rows(schema, told):
    """Rows of a topic in the order of recording, with their days."""
    columns = {"effective_from": pl.Date, **schema, "id": pl.Int64}
    return pl.DataFrame([(*row, number) for number, row in enumerate(told)], schema=columns, orient="row")


membership = st.tuples(
    DAYS,
    st.integers(1, 5),
    st.sampled_from([None, 1, 2, 3]),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([None, 1, 2, 3, 11, 12, 15]),
)
residence = st.tuples(DAYS, st.integers(1, 3), st.sampled_from([71, 72]))


def in_village(members, homes, village, day):
    """How many persons live in a village on a day, by looking at every row."""
    where = {row["household_id"]: row["village"] for row in in_force(homes, "household_id", day)}
    there = in_force(members, "person_id", day)
    return sum(where.get(row["household_id"]) == village for row in there)


def in_force(frame, key, day):
    kept = {}
    for row in sorted(frame.to_dicts(), key=lambda one: (one["effective_from"], one["id"])):
        if row["effective_from"] <= day:
            kept[row[key]] = row
    return kept.values()


@settings(max_examples=300, deadline=None)
@given(st.lists(membership, max_size=25), st.lists(residence, max_size=8), DAYS, st.integers(0, 30))
def test_start_and_in_and_out_make_the_end_of_every_village(told, lived, first, length):
    members, homes = rows(MEMBERS, told), rows(HOMES, lived)
    last = first + timedelta(days=length)
    counted = spans(members, homes)
    for row in account(counted, first, last).iter_rows(named=True):
        came, went = (sum(row[f"{side}_{code}"] for code in of) for side, of in (("came", CAME), ("went", WENT)))
        assert row["start"] + came - went == row["end"]
        assert row["start"] == in_village(members, homes, row["village"], first - timedelta(days=1))
        assert row["end"] == in_village(members, homes, row["village"], last)


@settings(max_examples=100, deadline=None)
@given(st.lists(membership, max_size=25), st.lists(residence, max_size=8), st.tuples(DAYS, DAYS, DAYS))
def test_two_periods_after_another_are_one(told, lived, days):
    first, middle, last = sorted(days)
    counted = spans(rows(MEMBERS, told), rows(HOMES, lived))
    whole = account(counted, first, last)
    parts = [account(counted, first, middle), account(counted, middle + timedelta(days=1), last)]
    if middle == last:
        parts = parts[:1]
    for name in (f"{side}_{code}" for side, of in (("came", CAME), ("went", WENT)) for code in of):
        assert whole[name].to_list() == sum(part[name] for part in parts).to_list()
    assert whole["end"].to_list() == parts[-1]["end"].to_list()


def test_every_way_to_come_and_to_go_has_its_reason():
    members = rows(
        MEMBERS,
        [
            (date(1900, 1, 1), 1, 1, 1, None),
            (date(2017, 2, 1), 2, 1, 4, 1),
            (date(2017, 2, 2), 3, 1, 5, 2),
            (date(2017, 2, 3), 4, 1, 9, None),
            (date(2017, 3, 1), 1, None, 1, 11),
            (date(2017, 3, 2), 2, 2, 1, 3),
        ],
    )
    homes = rows(HOMES, [(date(1900, 1, 1), 1, 71), (date(2017, 3, 2), 2, 71), (date(2017, 4, 1), 1, 72)])
    counted = spans(members, homes)
    told = account(counted, date(2017, 1, 1), date(2017, 12, 31)).to_dicts()
    shown = [{name: number for name, number in row.items() if number} for row in told]
    assert shown == [
        {"village": 71, "start": 1, "came_1": 1, "came_2": 1, "came_3": 1, "came_0": 1, "went_11": 1, "went_15": 1,
         "went_20": 2, "end": 1},
        {"village": 72, "came_20": 2, "end": 2},
    ]  # fmt: skip


def test_a_change_counts_on_its_day_and_not_on_the_days_beside():
    counted = spans(rows(MEMBERS, [(date(2017, 3, 2), 1, 1, 1, 1)]), rows(HOMES, [(date(1900, 1, 1), 1, 71)]))
    day = date(2017, 3, 2)
    assert changes_between(counted, day, day).height == 1
    assert changes_between(counted, day + timedelta(days=1), day + timedelta(days=9)).is_empty()
    assert changes_between(counted, day - timedelta(days=9), day - timedelta(days=1)).is_empty()
