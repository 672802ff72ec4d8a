"""Days and ages, to the day."""

from datetime import date

import pytest

from bangfu.kernel.days import OPEN_START, age_on, whole_months
from bangfu.kernel.texts import day_said

ON = date(2016, 12, 31)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(1998, 12, 31), 18),
        (date(1999, 1, 1), 17),
        (date(2016, 12, 31), 0),
        (date(1996, 2, 29), 20),
        (None, None),
        (OPEN_START, None),
        (date(2017, 1, 1), None),
    ],
)
def test_age_is_in_whole_years_and_unknown_where_the_birthday_is(born, age):
    assert age_on(born, ON) == age


def test_who_was_born_on_the_leap_day_grows_older_on_the_first_of_march():
    assert [age_on(date(1996, 2, 29), date(2015, month, day)) for month, day in ((2, 28), (3, 1))] == [18, 19]


def test_a_day_is_said_as_people_write_it():
    said = day_said(date(2017, 10, 12))
    assert (said.zh, said.en) == ("2017年10月12日", "12 October 2017")


@pytest.mark.parametrize(
    ("since", "on", "months"),
    [
        pytest.param(date(2020, 1, 15), date(2020, 2, 14), 0, id="a day short"),
        pytest.param(date(2020, 1, 15), date(2020, 2, 15), 1, id="the day of the same number"),
        pytest.param(date(2020, 1, 31), date(2020, 2, 29), 1, id="the last day of a leap February"),
        pytest.param(date(2020, 1, 31), date(2020, 2, 28), 0, id="a day before it"),
        pytest.param(date(2019, 11, 30), date(2020, 11, 30), 12, id="a year"),
        pytest.param(date(2020, 1, 15), date(2020, 1, 14), 0, id="the other way round"),
    ],
)
def test_a_month_is_whole_on_the_day_of_the_same_number(since, on, months):
    assert whole_months(since, on) == months
