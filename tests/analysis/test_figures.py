"""The arithmetic of published reports: every figure recomputed from what the report states."""

from decimal import Decimal

import pytest

from bangfu.analysis.figures import (
    higher_than,
    implied_base,
    missing_of_whole,
    more_than,
    percent_change,
    point_change,
    ratio,
    rounded,
    share_percent,
)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        pytest.param((41, 272, 36), 349, id="villages by tier of the units that help them (梅州 2016)"),
        pytest.param((42, 318, 320, 3502), 4182, id="cadres in villages and towns (梅州 2016)"),
        pytest.param((48, 272), 320, id="captains and deputies of the city (梅州 2016)"),
    ],
)
def test_the_parts_of_a_report_make_up_its_whole(parts, whole):
    assert missing_of_whole(parts, whole) == 0


def test_a_partition_that_fails_says_by_how_much():
    assert missing_of_whole((41, 272, 35), 349) == 1
    assert missing_of_whole((41, 272, 37), 349) == -1


def test_a_count_with_more_is_read_up_to_the_next_step():
    assert 42 + 318 + 320 in more_than(600)
    assert 700 not in more_than(600)
    assert 599 not in more_than(600)
    assert more_than(20_000) == range(20_000, 30_000)
    assert 64_000 not in more_than(63)
    assert more_than(63) == range(63, 64)


def test_there_are_more_captains_than_villages_and_that_is_no_error():
    captains, villages = (42, 318, 48), (41, 272, 36)
    assert [leaders - places for leaders, places in zip(captains, villages, strict=True)] == [1, 46, 12]


def test_a_group_in_a_town_has_31_point_8_members():
    assert ratio(3502, 110, 1) == Decimal("31.8")
    assert share_percent(110, 110) == 100


def test_the_poor_are_11_per_cent_of_the_province():
    assert share_percent(191_800, 1_765_000) == 11
    assert share_percent(191_800, 1_765_000, 3) == Decimal("10.867")


def test_two_thirds_of_the_poor_live_outside_poor_villages():
    assert share_percent(191_800 - 60_000, 191_800, 1) == Decimal("68.7")
    assert share_percent(60_000, 191_800, 1) == Decimal("31.3")
    assert ratio(191_800, 3) == 63_933


def test_a_fall_from_10_point_2_to_6_per_cent_is_4_point_2_points_and_41_point_2_per_cent():
    before, after = Decimal("10.2"), Decimal(6)
    assert point_change(before, after) == Decimal("-4.2")
    assert percent_change(before, after, 1) == Decimal("-41.2")


def test_108_myriad_people_and_1_point_9_points_imply_a_population():
    assert implied_base(1_080_000, Decimal("1.9")) == 56_842_105


def test_a_city_of_1439_villages_has_plausible_averages():
    assert ratio(613_000, 225_000, 3) == Decimal("2.724")
    assert ratio(225_000, 1_439, 1) == Decimal("156.4")
    assert ratio(613_000, 1_439, 1) == Decimal("426.0")


def test_growth_is_higher_than_three_others_by_two_three_and_one_points():
    city, province, nation = Decimal("9.0"), Decimal("8.0"), Decimal("10.0")
    margins = higher_than(Decimal("11.0"), {"city": city, "province": province, "poor areas": nation})
    assert margins == {"city": (True, 2), "province": (True, 3), "poor areas": (True, 1)}
    assert point_change(province, city) == 1
    assert point_change(city, nation) == 1


def test_equal_growth_is_not_higher():
    assert higher_than(Decimal("9.0"), {"city": Decimal("9.0")}) == {"city": (False, 0)}


def test_relocation_reaches_2_point_45_per_cent():
    assert share_percent(15_000, 613_000, 2) == Decimal("2.45")


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (Decimal("0.5"), 0, "1"),
        (Decimal("0.49999999999999999999"), 0, "0"),
        (Decimal("1.005"), 2, "1.01"),
        (Decimal("-0.5"), 0, "-1"),
        (Decimal("-2.4"), 0, "-2"),
        (0, 2, "0.00"),
    ],
)
def test_halves_round_away_from_zero(value, digits, expected):
    assert rounded(value, digits) == Decimal(expected)


def test_an_empty_place_has_no_rate():
    assert share_percent(0, 0) is None
    assert ratio(5, 0) is None
    assert percent_change(0, 5) is None
