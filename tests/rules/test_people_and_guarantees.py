"""Members and guarantees: one known lack decides, one unknown leaves open, and unknown is never no."""

import itertools

import pytest

from bangfu.rules import (
    clothing_unassured,
    education_gap,
    food_unassured,
    housing_unsafe,
    medical_gap,
    water_unsafe,
)
from bangfu.rules.people import left_household, out_of_school, uninsured
from tests.rules.asking import ask

SCHOOL = {"enrolment": (1,), "education_level": (3,), "dropout_reason": (4,)}
AGES = {"compulsory_age_from": 6, "compulsory_age_to": 15}


def school(age, level=None, enrolment=None, reason=None):
    columns = {"age": [age], "education_level": [level], "enrolment": [enrolment], "dropout_reason": [reason]}
    return ask(lambda person: out_of_school(person, SCHOOL, AGES), **columns)[0]


@pytest.mark.parametrize(("age", "out"), [(5, False), (6, True), (15, True), (16, False)])
def test_compulsory_age_includes_its_first_and_last_year(age, out):
    assert school(age, enrolment=1) is out


@pytest.mark.parametrize(
    ("facts", "out"),
    [
        pytest.param({"enrolment": 2}, False, id="at school"),
        pytest.param({"enrolment": 1}, True, id="not at school"),
        pytest.param({"enrolment": 1, "level": 3}, False, id="finished lower secondary school"),
        pytest.param({"level": 3}, False, id="finished, enrolment unknown"),
        pytest.param({"level": 2}, None, id="did not finish, enrolment unknown"),
        pytest.param({"reason": 4}, True, id="a reason that is a gap"),
        pytest.param({"enrolment": 2, "reason": 4}, True, id="a reason outweighs an enrolment"),
        pytest.param({"enrolment": 1, "reason": 9}, False, id="an accepted reason"),
        pytest.param({}, None, id="nothing known"),
    ],
)
def test_the_state_of_schooling_follows_from_what_is_recorded(facts, out):
    assert school(10, **facts) is out


def test_an_unknown_age_leaves_only_those_open_who_are_not_at_school():
    assert school(None, enrolment=1) is None
    assert school(None, enrolment=2) is False
    assert school(None, level=3) is False


INSURED = {(1, 0), (1, None), (1, 1), (0, 1), (None, 1)}


@pytest.mark.parametrize(("resident", "employee"), list(itertools.product((1, 0, None), repeat=2)))
@pytest.mark.parametrize("serious", [1, 0, None])
def test_insurance_follows_from_either_scheme_and_is_open_while_one_is(resident, employee, serious):
    columns = {"resident_medical": [resident], "employee_medical": [employee], "serious_illness": [serious]}
    known = (resident, employee) in INSURED or (resident is None and serious == 1)
    expected = False if known else True if (resident, employee) == (0, 0) else None
    assert ask(uninsured, **columns) == [expected]


def test_only_a_recorded_departure_ends_a_membership():
    assert ask(lambda person: left_household(person, (11, 12)), natural_change=[11, 12, 1, None]) == [
        True,
        True,
        False,
        False,
    ]


def test_a_house_is_unsafe_by_its_grade_and_open_without_one():
    codes = {"housing_grade": (3, 4, 6)}
    grades = [1, 2, 3, 4, 5, 6, None]
    answers = [False, False, True, True, False, True, None]
    assert ask(lambda household: housing_unsafe(household, codes), housing_grade=grades) == answers


def test_water_is_unsafe_when_it_is_hard_to_fetch_and_open_while_its_safety_is():
    pairs = list(itertools.product((1, 0, None), repeat=2))
    expected = {(1, 1): True, (1, 0): False, (1, None): False, (0, 1): True, (0, 0): True, (0, None): True}
    expected |= {(None, 1): True, (None, 0): None, (None, None): None}
    columns = {"water_safe": [safe for safe, _ in pairs], "water_difficult": [hard for _, hard in pairs]}
    assert ask(water_unsafe, **columns) == [expected[pair] for pair in pairs]


def test_an_assurance_is_lacking_when_it_is_recorded_as_missing():
    assert ask(food_unassured, food_assured=[1, 0, None]) == [False, True, None]
    assert ask(clothing_unassured, clothing_assured=[1, 0, None]) == [False, True, None]


def test_a_household_takes_over_what_its_members_lack():
    assert ask(lambda household: education_gap(household) == 1, out_of_school=[1, 0, None]) == [True, False, None]
    assert ask(lambda household: medical_gap(household) == 1, uninsured=[1, 0, None]) == [True, False, None]
