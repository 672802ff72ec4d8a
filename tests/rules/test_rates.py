"""Rates of an exit: exact at the limit, unknown without data, honest when shown."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.kernel.errors.parameters import ParameterNotInForce
from bangfu.params import load
from bangfu.rules.rates import (
    UNCOUNTED,
    Limit,
    Population,
    Rate,
    all_hold,
    composite_incidence,
    early_exit_reward_fen,
    exit_checks,
    incidence,
    keeps,
    limit_on,
    may_exit,
    rate,
    whole_margin,
    whole_room,
    whole_share,
)

AT_MOST = Limit("<=", 200, 10_000)
AT_LEAST = Limit(">=", 9_000, 10_000)


@pytest.mark.parametrize(
    ("part", "whole", "limit", "kept"),
    [
        pytest.param(20, 1000, AT_MOST, True, id="two per cent exactly"),
        pytest.param(21, 1000, AT_MOST, False, id="one person more"),
        pytest.param(90, 100, AT_LEAST, True, id="ninety per cent exactly"),
        pytest.param(89, 100, AT_LEAST, False, id="one household less"),
        pytest.param(0, 5, AT_MOST, True, id="nobody found"),
        pytest.param(0, 0, AT_MOST, None, id="nobody examined"),
        pytest.param(None, 5, AT_MOST, None, id="nobody counted"),
        pytest.param(5, None, AT_LEAST, None, id="nobody knows of how many"),
    ],
)
def test_a_rate_keeps_to_its_limit_exactly(part, whole, limit, kept):
    assert keeps(rate(part, whole), limit) is kept


def test_the_limits_come_from_the_programme_and_the_area():
    programme = load().programme("cn_2014")
    day = date(2016, 12, 31)
    assert limit_on(programme, "incidence_limit", day) == AT_MOST
    assert limit_on(programme, "incidence_limit", day, 520102100201) == Limit("<=", 300, 10_000)
    assert limit_on(programme, "public_recognition_floor", day) == AT_LEAST
    with pytest.raises(ParameterNotInForce):
        limit_on(programme, "incidence_limit", date(2016, 4, 22))


def test_incidence_is_those_still_poor_of_the_rural_population():
    assert incidence(Population(30, 70, 900, 1000)) == Rate(30, 1000)
    assert incidence(Population(0, 0, 0, 0)) == UNCOUNTED


def test_the_composite_incidence_spreads_the_sample_over_the_people():
    # 10 still poor; 1 of 100 exits wrong, so 2 of 200; 1 of 200 omitted, so 4 of 800: 16 of 1010
    place = Population(10, 200, 800, 1010)
    found = composite_incidence(place, Rate(1, 100), Rate(1, 200))
    assert Fraction(*found) == Fraction(16, 1010)


@given(*(st.integers(0, 500) for _ in range(3)), st.integers(1, 2000), *(st.integers(0, 50) for _ in range(4)))
def test_the_composite_incidence_equals_the_formula(poor, exited, others, rural, wrong, exits, omitted, asked):
    wrong_exits, omissions = Rate(min(wrong, exits), exits), Rate(min(omitted, asked), asked)
    found = composite_incidence(Population(poor, exited, others, rural), wrong_exits, omissions)
    if (exited and not exits) or (others and not asked):
        assert found == UNCOUNTED
        return
    people = Fraction(poor)
    people += exited * Fraction(*wrong_exits) if exited else 0
    people += others * Fraction(*omissions) if others else 0
    assert Fraction(*found) == people / rural


def test_a_part_of_the_people_that_is_empty_needs_no_sample():
    assert Fraction(*composite_incidence(Population(5, 0, 95, 100), UNCOUNTED, Rate(0, 30))) == Fraction(5, 100)
    assert composite_incidence(Population(5, 10, 85, 100), UNCOUNTED, Rate(0, 30)) == UNCOUNTED


@pytest.mark.parametrize(
    ("outcomes", "joined"),
    [
        ([True, True], True),
        ([True, None], None),
        ([True, None, False], False),
        ([], None),
    ],
)
def test_one_no_is_no_and_one_unknown_is_unknown(outcomes, joined):
    assert all_hold(iter(outcomes)) is joined


LIMITS = {"incidence_limit": AT_MOST, "public_recognition_floor": AT_LEAST}


@pytest.mark.parametrize(
    ("rates", "exits"),
    [
        pytest.param({"incidence_limit": Rate(2, 100), "public_recognition_floor": Rate(9, 10)}, True, id="both kept"),
        pytest.param(
            {"incidence_limit": Rate(3, 100), "public_recognition_floor": Rate(9, 10)}, False, id="one missed"
        ),
        pytest.param({"incidence_limit": Rate(2, 100)}, None, id="one not counted"),
        pytest.param({"incidence_limit": Rate(3, 100)}, False, id="one missed, one not counted"),
        pytest.param({}, None, id="nothing counted"),
    ],
)
def test_a_place_exits_when_every_rate_keeps_to_its_limit(rates, exits):
    checks = exit_checks(rates, LIMITS)
    assert [check.name for check in checks] == list(LIMITS)
    assert may_exit(checks) is exits


@pytest.mark.parametrize(
    ("share", "limit", "shown", "margin"),
    [
        pytest.param(Rate(20, 1000), AT_MOST, 200, 0, id="exactly two per cent"),
        pytest.param(Rate(2001, 100_000), AT_MOST, 201, -1, id="one of a hundred thousand too many"),
        pytest.param(Rate(1999, 100_000), AT_MOST, 200, 0, id="one fewer"),
        pytest.param(Rate(15, 1000), AT_MOST, 150, 50, id="half a percentage point within"),
        pytest.param(Rate(89_999, 100_000), AT_LEAST, 8_999, -1, id="one answer short of ninety"),
        pytest.param(Rate(95, 100), AT_LEAST, 9_500, 500, id="five percentage points above"),
        pytest.param(UNCOUNTED, AT_MOST, None, None, id="no data"),
    ],
)
def test_what_is_shown_never_reads_as_passing_when_it_does_not(share, limit, shown, margin):
    assert whole_share(share, limit) == shown
    assert whole_margin(share, limit) == margin


@given(st.integers(0, 3000), st.integers(1, 3000), st.sampled_from([AT_MOST, AT_LEAST]))
def test_a_margin_is_negative_exactly_when_the_limit_is_missed(part, whole, limit):
    assert (whole_margin(Rate(part, whole), limit) >= 0) is keeps(Rate(part, whole), limit)


@pytest.mark.parametrize(
    ("share", "limit", "people", "room"),
    [
        pytest.param(Rate(20, 1000), AT_MOST, 1000, 0, id="exactly two per cent leaves nobody"),
        pytest.param(Rate(21, 1000), AT_MOST, 1000, -1, id="one person too many"),
        pytest.param(Rate(14, 740), AT_MOST, 740, 0, id="less than one person does not count"),
        pytest.param(Rate(6, 1000), AT_MOST, 1000, 14, id="fourteen more"),
        pytest.param(Rate(6000, 1_000_000), AT_MOST, 1000, 14, id="a large fraction told in persons"),
        pytest.param(Rate(20, 1000), Limit("<", 200, 10_000), 1000, -1, id="a strict limit is missed at two per cent"),
        pytest.param(Rate(19, 1000), Limit("<", 200, 10_000), 1000, 0, id="and kept by one person less"),
        pytest.param(Rate(95, 100), AT_LEAST, 100, 5, id="five households more than ninety per cent"),
        pytest.param(Rate(89, 100), AT_LEAST, 100, -1, id="one household short"),
        pytest.param(UNCOUNTED, AT_MOST, 0, None, id="no data"),
    ],
)
def test_room_tells_how_many_more_the_limit_bears(share, limit, people, room):
    assert whole_room(share, limit, people) == room


@given(st.integers(0, 3000), st.integers(1, 3000), st.sampled_from([AT_MOST, AT_LEAST, Limit("<", 200, 10_000)]))
def test_room_is_negative_exactly_when_the_limit_is_missed(part, whole, limit):
    assert (whole_room(Rate(part, whole), limit, whole) >= 0) is keeps(Rate(part, whole), limit)


SCALE = [(12, 100), (24, 300), (36, 600)]


@pytest.mark.parametrize(
    ("exited_on", "fen"),
    [
        pytest.param(date(2020, 1, 1), 0, id="a day short of a year early"),
        pytest.param(date(2019, 12, 31), 100, id="a year early"),
        pytest.param(date(2019, 1, 1), 100, id="a day short of two years"),
        pytest.param(date(2018, 12, 31), 300, id="two years early"),
        pytest.param(date(2014, 12, 31), 600, id="earlier than the scale goes"),
        pytest.param(date(2020, 12, 31), 0, id="as planned"),
        pytest.param(date(2021, 12, 31), 0, id="late"),
    ],
)
def test_the_earlier_the_exit_the_higher_the_reward(exited_on, fen):
    assert early_exit_reward_fen(date(2020, 12, 31), exited_on, SCALE) == fen


def test_an_exit_as_planned_is_rewarded_where_the_scale_says_so_and_a_late_one_never():
    assert early_exit_reward_fen(date(2020, 12, 31), date(2020, 12, 31), [(0, 50)]) == 50
    assert early_exit_reward_fen(date(2020, 12, 31), date(2021, 1, 1), [(0, 50)]) == 0
