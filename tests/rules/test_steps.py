"""Days, quorum and majority: both sides of every boundary, and what holds for any objections."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.rules.steps import (
    Span,
    before_closing,
    clearable,
    days_served,
    deadline_on,
    in_time,
    last_day,
    majority_met,
    notice_served,
    persons_met,
    quorum_met,
    stable_months,
)

POSTED = date(2016, 5, 1)


def day(number):
    """The day that counts as number so many of a notice posted on POSTED."""
    return POSTED + timedelta(days=number)


@pytest.mark.parametrize(
    ("present", "entitled", "held"),
    [
        pytest.param(20, 30, True, id="two thirds exactly"),
        pytest.param(19, 30, False, id="one person below two thirds"),
        pytest.param(21, 31, True, id="the first whole person above two thirds"),
        pytest.param(20, 31, False, id="just below"),
        pytest.param(0, 0, False, id="nobody is entitled"),
    ],
)
def test_a_meeting_needs_two_thirds_of_those_entitled(present, entitled, held):
    assert quorum_met(present, entitled, 2, 3) is held


def test_where_no_quorum_is_asked_any_meeting_is_held():
    assert quorum_met(0, 0, 0, 1)


@pytest.mark.parametrize(
    ("votes", "present", "carried"),
    [
        pytest.param(11, 20, True, id="one vote more than half"),
        pytest.param(10, 20, False, id="exactly half is no majority"),
        pytest.param(11, 21, True, id="of an odd number"),
        pytest.param(10, 21, False, id="of an odd number, one below"),
        pytest.param(0, 0, False, id="nobody came"),
    ],
)
def test_a_decision_needs_more_than_half_of_those_present(votes, present, carried):
    assert majority_met(votes, present, 1, 2) is carried


def test_where_no_vote_is_asked_none_is_missing():
    assert majority_met(0, 0, 0, 1)


@pytest.mark.parametrize(("minimum", "on", "served"), [(5, 4, False), (5, 5, True), (7, 6, False), (7, 7, True)])
def test_a_notice_may_be_closed_on_its_last_day(minimum, on, served):
    assert notice_served(POSTED, day(on), minimum, []) is served


def test_the_day_of_posting_does_not_count():
    assert days_served(POSTED, POSTED, []) == 0
    assert days_served(POSTED, day(-3), []) == 0
    assert days_served(POSTED, day(1), []) == 1


@pytest.mark.parametrize(
    ("stops", "served"),
    [
        pytest.param([Span(day(2), day(4))], 4, id="raised on day 2, answered on day 4: three days"),
        pytest.param([Span(day(3), day(3))], 6, id="raised and answered on one day: that day"),
        pytest.param([Span(day(3), None)], 2, id="still open"),
        pytest.param([Span(day(-2), day(1))], 6, id="raised before the notice"),
        pytest.param([Span(day(2), day(4)), Span(day(3), day(5))], 3, id="two that overlap count each day once"),
        pytest.param([Span(day(2), day(6)), Span(day(3), day(4))], 2, id="one within another"),
        pytest.param([Span(day(8), None)], 7, id="raised afterwards"),
        pytest.param([Span(day(-2), day(0))], 7, id="answered on the day of posting"),
    ],
)
def test_a_day_with_an_open_objection_does_not_count(stops, served):
    assert days_served(POSTED, day(7), stops) == served


@pytest.mark.parametrize(
    ("stops", "asked", "last"),
    [
        pytest.param([], 1, 7, id="nothing stops it"),
        pytest.param([Span(day(2), day(4))], 5, 10, id="three days are added"),
        pytest.param([Span(day(7), day(7))], 8, 8, id="raised on the last day"),
        pytest.param([Span(day(8), day(9))], 9, 7, id="raised afterwards changes nothing"),
        pytest.param([Span(day(6), day(6)), Span(day(8), day(8))], 9, 9, id="raised in the added days"),
        pytest.param([Span(day(3), None)], 5, 10, id="still open: taken as answered today"),
        pytest.param([Span(day(3), None)], 2, 8, id="entered with a day to come"),
    ],
)
def test_the_last_day_moves_by_the_days_that_were_stopped(stops, asked, last):
    assert last_day(POSTED, 7, stops, day(asked)) == day(last)


def test_a_step_without_a_least_number_of_days_is_served_at_once():
    assert last_day(POSTED, 0, [Span(POSTED, None)], POSTED) == POSTED


@pytest.mark.parametrize(("on", "kept"), [(15, True), (16, False)])
def test_day_fifteen_is_in_time_and_day_sixteen_is_late(on, kept):
    assert in_time(POSTED, day(on), 15, []) is kept
    assert (day(on) <= deadline_on(POSTED, 15, [], day(on))) is kept


def test_an_objection_stops_a_deadline_as_well():
    stops = [Span(day(10), day(11))]
    assert deadline_on(POSTED, 15, stops, day(12)) == day(17)
    assert in_time(POSTED, day(17), 15, stops)
    assert not in_time(POSTED, day(18), 15, stops)


@pytest.mark.parametrize(
    ("on", "kept"), [(date(2016, 6, 14), True), (date(2016, 6, 15), True), (date(2016, 6, 16), False)]
)
def test_a_last_day_set_for_all_includes_itself(on, kept):
    assert before_closing(on, date(2016, 6, 15)) is kept
    assert before_closing(on, None)


@pytest.mark.parametrize(("persons", "enough"), [([7, 8], True), ([7], False), ([7, 7], False), ([], False)])
def test_one_person_twice_is_one_person(persons, enough):
    assert persons_met(persons, 2) is enough


spans = st.builds(
    lambda first, length: Span(day(first), None if length is None else day(first + length)),
    st.integers(-5, 30),
    st.none() | st.integers(0, 12),
)


@given(st.lists(spans, max_size=5), st.integers(0, 12), st.integers(0, 40))
def test_the_last_day_is_the_first_on_which_the_notice_is_served(stops, minimum, asked):
    answered = [Span(each.first, each.last or max(each.first, day(asked))) for each in stops]
    last = last_day(POSTED, minimum, stops, day(asked))
    assert notice_served(POSTED, last, minimum, answered)
    if minimum:
        assert not notice_served(POSTED, last - timedelta(days=1), minimum, answered)
    assert days_served(POSTED, last, answered) == minimum


@given(st.lists(spans, max_size=5), st.integers(0, 40))
def test_days_count_one_by_one(stops, on):
    open_days = {
        number for number in range(1, on + 1) for each in stops
        if each.first <= day(number) and (each.last is None or day(number) <= each.last)
    }  # fmt: skip
    assert days_served(POSTED, day(on), stops) == on - len(open_days)


@pytest.mark.parametrize(
    ("since", "on", "months"),
    [
        pytest.param(date(2022, 1, 15), date(2022, 7, 14), 5, id="the day before six months"),
        pytest.param(date(2022, 1, 15), date(2022, 7, 15), 6, id="six months"),
        pytest.param(date(2021, 8, 31), date(2022, 2, 27), 5, id="a short month, one day before its end"),
        pytest.param(date(2021, 8, 31), date(2022, 2, 28), 6, id="a short month ends the month"),
        pytest.param(date(2021, 8, 31), date(2022, 3, 30), 6, id="a long month must be whole"),
        pytest.param(date(2022, 1, 15), date(2022, 1, 14), 0, id="earlier"),
    ],
)
def test_months_are_counted_to_the_day_of_the_same_number(since, on, months):
    assert stable_months(since, on) == months


@pytest.mark.parametrize(
    ("since", "no_labour", "answer"),
    [
        pytest.param(date(2022, 1, 15), False, True, id="six months with labour"),
        pytest.param(date(2022, 1, 16), False, False, id="a day less"),
        pytest.param(date(2020, 1, 15), True, False, id="without labour, however long"),
        pytest.param(None, True, False, id="without labour, since nobody knows when"),
        pytest.param(date(2022, 1, 16), None, False, id="too short whatever the labour"),
        pytest.param(date(2022, 1, 15), None, None, id="labour unknown"),
        pytest.param(None, False, None, id="nobody recorded since when"),
    ],
)
def test_a_household_is_clearable_after_six_months_unless_it_has_no_labour(since, no_labour, answer):
    assert clearable(since, date(2022, 7, 15), 6, no_labour=no_labour) is answer
