"""A constant-price line goes to a later year by whole products and one rounding."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.kernel.errors.parameters import DeflatorGap
from bangfu.params import load

PRICES = load().deflators["rural_cpi"]
YEARS = sorted(PRICES.indices)


def test_the_line_of_2010_in_prices_of_2011_and_2012():
    assert PRICES.carry(230000, 2010, 2010) == 230000
    assert PRICES.carry(230000, 2010, 2011) == 243340
    assert PRICES.carry(230000, 2010, 2012) == 249424  # 249,423.5 fen, half up


def test_the_line_of_guangdong_in_prices_of_2016():
    assert PRICES.carry(400000, 2014, 2016) == 412899  # 4000 x 1.013 x 1.019 = 4128.988 yuan


@given(
    value=st.integers(0, 10**9), base=st.integers(YEARS[0] - 1, YEARS[-1]), year=st.integers(YEARS[0] - 1, YEARS[-1])
)
def test_carrying_equals_the_exact_fraction_rounded_half_up(value, base, year):
    if year < base:
        base, year = year, base
    exact = Fraction(value)
    for each in range(base + 1, year + 1):
        exact *= Fraction(PRICES.indices[each], 1000)
    assert PRICES.carry(value, base, year) == floor(exact + Fraction(1, 2))


@given(st.integers(0, 10**9))
def test_a_debt_is_carried_like_the_sum_that_would_pay_it(value):
    assert PRICES.carry(-value, 2010, 2015) == -PRICES.carry(value, 2010, 2015)


@pytest.mark.parametrize(
    ("base", "year"),
    [
        pytest.param(YEARS[0] - 2, YEARS[0], id="a base before the index"),
        pytest.param(YEARS[0], YEARS[-1] + 1, id="a year after the index"),
        pytest.param(2012, 2011, id="an earlier year"),
    ],
)
def test_a_year_that_the_index_does_not_reach_is_refused(base, year):
    with pytest.raises(DeflatorGap, match=f"holds the years {YEARS[0] - 1} to {YEARS[-1]}"):
        PRICES.carry(100, base, year)


def test_the_years_still_to_be_verified_are_known():
    assert PRICES.provisional_years(2010, 2020) == ()
    assert PRICES.provisional_years(2010, 2022) == (2021, 2022)
