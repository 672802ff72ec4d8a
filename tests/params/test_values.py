"""A value holds from its start day on; the nearer area goes before the nation."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.kernel.errors.parameters import (
    ParameterClosed,
    ParameterNotInForce,
    ParameterNotPublished,
    ParameterUnknown,
    ProgrammeUnknown,
)
from bangfu.params import UNITS, load
from bangfu.params.source import Source
from bangfu.params.value import DatedValue, in_force
from bangfu.params.yaml_file import Spot
from tests.params.folder import write

GUIZHOU_VILLAGE = 520123101201
SICHUAN_COUNTY = 510123000000
SOMEWHERE = 990101000000
SOURCE = Source("通知", "标准", "S")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The small folder, loaded once."""
    return load(write(tmp_path_factory.mktemp("params")))


@pytest.fixture(scope="module")
def programme(small):
    """The programme with every section."""
    return small.programme("p")


@pytest.mark.parametrize(
    ("day", "value"),
    [
        pytest.param(date(2014, 1, 1), 280000, id="the first day"),
        pytest.param(date(2014, 12, 31), 280000, id="the day before the next value"),
        pytest.param(date(2015, 1, 1), 285500, id="the day of the next value"),
        pytest.param(date(2015, 12, 31), 285500, id="the last day"),
    ],
)
def test_the_last_start_on_or_before_the_day_counts(programme, day, value):
    assert programme.value("line", day).value == value


def test_a_value_carries_where_it_stands(programme):
    value = programme.value("line", date(2015, 1, 1))
    assert (value.name, value.unit, value.start) == ("line", "fen per person per year", date(2015, 1, 1))
    assert (value.file, value.line) == ("programmes/p/law.yaml", 17)
    assert (value.source.text, value.provisional, value.region, value.prices) == ("2855元", False, None, "current")
    assert value.show() == "2,855.00"


def test_a_line_has_no_value_before_the_law_that_sets_it(programme):
    with pytest.raises(
        ParameterNotInForce, match=r"defined from 2014-01-01 in programmes/p/law.yaml, line 16"
    ) as caught:
        programme.value("line", date(2013, 12, 31))
    assert type(caught.value) is ParameterNotInForce


def test_a_line_has_no_value_after_the_law_ended_and_the_next_programme_is_named(programme):
    with pytest.raises(
        ParameterClosed, match=r"ended on 2016-01-01 \(programmes/p/law.yaml, line 18\). For that day use q"
    ):
        programme.value("line", date(2016, 1, 1))


def test_a_line_that_nobody_published_says_so(small):
    with pytest.raises(ParameterNotPublished, match=r"the line has not been published.*programmes/q/law.yaml, line 9"):
        small.programme("q").value("line", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "region", "value", "own"),
    [
        pytest.param(date(2014, 12, 31), GUIZHOU_VILLAGE, 280000, None, id="before the area's own value"),
        pytest.param(date(2015, 1, 1), GUIZHOU_VILLAGE, 300000, 520000000000, id="from the area's own start"),
        pytest.param(date(2015, 1, 1), SICHUAN_COUNTY, 285500, None, id="another area"),
        pytest.param(date(2015, 1, 1), SOMEWHERE, 285500, None, id="an area without own values"),
        pytest.param(date(2015, 1, 1), None, 285500, None, id="the nation"),
    ],
)
def test_the_area_goes_before_the_nation(programme, day, region, value, own):
    found = programme.value("line", day, region)
    assert (found.value, found.region, found.provisional) == (value, own, own is not None)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        pytest.param(date(2014, 6, 30), 200, id="before"),
        pytest.param(date(2014, 7, 1), 300, id="first day of the group's value"),
        pytest.param(date(2015, 6, 30), 300, id="last day"),
        pytest.param(date(2015, 7, 1), 200, id="an ended value gives way to the nation's"),
    ],
)
def test_a_group_of_provinces_has_its_value_in_each_of_them(programme, day, value):
    assert programme.value("limit", day, GUIZHOU_VILLAGE).value == value
    assert programme.value("limit", day, SICHUAN_COUNTY).value == value
    assert programme.value("limit", day, SOMEWHERE).value == 200


def test_an_unknown_parameter_names_the_known_ones(programme):
    with pytest.raises(ParameterUnknown, match=r"p has no parameter named lines. Use one of: limit, line"):
        programme.value("lines", date(2014, 1, 1))


def test_an_unknown_programme_names_the_known_ones(small):
    with pytest.raises(ProgrammeUnknown, match=r"no programme r. Use one of: p, q"):
        small.programme("r")


DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(starts=st.sets(DAYS, min_size=1, max_size=12), day=DAYS)
def test_the_value_in_force_is_the_greatest_start_not_after_the_day(starts, day):
    series = tuple(DatedValue(start, start.toordinal(), SOURCE, Spot("x", 1)) for start in sorted(starts))
    past = [start for start in starts if start <= day]
    found = in_force(series, day)
    assert (found.start if found else None) == (max(past) if past else None)


@given(start=DAYS)
def test_a_start_day_belongs_to_the_new_value_and_the_day_before_does_not(start):
    series = (DatedValue(start, 1, SOURCE, Spot("x", 1)),)
    assert in_force(series, start) is series[0]
    assert in_force(series, start - timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [
        ("fen per person per year", 295200, "2,952.00"),
        ("fen", -5, "-0.05"),
        ("basis points", 200, "2"),
        ("basis points", 250, "2.5"),
        ("basis points", 10000, "100"),
        ("days", 7, "7"),
        ("persons", 1234567, "1,234,567"),
    ],
)
def test_a_number_is_shown_in_the_unit_that_people_read(unit, value, shown):
    assert UNITS[unit].show(value) == shown


def test_a_share_of_one_is_ten_thousand_basis_points():
    assert UNITS["basis points"].denominator == 10_000
    assert UNITS["fen"].denominator == 1
