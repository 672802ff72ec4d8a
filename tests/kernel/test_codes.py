"""Division codes tell a place's level and the places above it."""

import pytest

from bangfu.kernel.codes import Level, ancestor, division_level, division_number, is_division_code


@pytest.mark.parametrize(
    ("text", "is_code"),
    [
        pytest.param("99", True, id="a province"),
        pytest.param("990101", True, id="a county"),
        pytest.param("990101100201", True, id="a village"),
        pytest.param("9901011", False, id="seven digits belong to no level"),
        pytest.param("", False, id="nothing"),
        pytest.param("９９", False, id="full-width digits are put right before"),
        pytest.param("99-101", False, id="a dash"),
    ],
)
def test_a_code_has_as_many_digits_as_its_level(text, is_code):
    assert is_division_code(text) is is_code


def test_a_short_code_is_filled_up_with_zeros():
    assert division_number("990101") == 990101000000
    assert division_number("990101100201") == 990101100201


@pytest.mark.parametrize(
    ("number", "level"),
    [
        pytest.param(0, Level.COUNTRY, id="the country"),
        pytest.param(990000000000, Level.PROVINCE, id="a province"),
        pytest.param(990100000000, Level.CITY, id="a city"),
        pytest.param(990101000000, Level.COUNTY, id="a county"),
        pytest.param(990101100000, Level.TOWN, id="a town"),
        pytest.param(990101100201, Level.VILLAGE, id="a village"),
    ],
)
def test_the_last_digits_that_are_not_zero_tell_the_level(number, level):
    assert division_level(number) is level


@pytest.mark.parametrize(
    ("level", "number"),
    [
        pytest.param(Level.VILLAGE, 990101100201, id="the village itself"),
        pytest.param(Level.TOWN, 990101100000, id="its town"),
        pytest.param(Level.COUNTY, 990101000000, id="its county"),
        pytest.param(Level.CITY, 990100000000, id="its city"),
        pytest.param(Level.PROVINCE, 990000000000, id="its province"),
    ],
)
def test_a_village_lies_in_one_place_of_every_level(level, number):
    assert ancestor(990101100201, level) == number
