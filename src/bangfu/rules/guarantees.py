"""The two assurances and three guarantees (两不愁三保障) as lacks: yes means that something is missing."""

import narwhals as nw

from bangfu.rules.facts import Codes, Facts, answered


def food_unassured(household: Facts) -> nw.Expr:
    """Tell whether the household must worry about food (不愁吃未实现)."""
    return ~answered(household.food_assured)


def clothing_unassured(household: Facts) -> nw.Expr:
    """Tell whether the household must worry about clothing (不愁穿未实现)."""
    return ~answered(household.clothing_assured)


def housing_unsafe(household: Facts, codes: Codes) -> nw.Expr:
    """Tell whether the house is unsafe (住房安全无保障): grade C or D, or a dilapidated house of unstated grade.

    household  column `housing_grade`
    codes      the unsafe grades, under `housing_grade`; every other recorded grade is safe
    Returns    a boolean column
    """
    return household.housing_grade.is_in(codes["housing_grade"])


def water_unsafe(household: Facts) -> nw.Expr:
    """Tell whether drinking water is unsafe or hard to fetch (饮水安全无保障).

    Safe water by the standard includes an easy way to it, so water recorded as safe is enough where
    nobody recorded the way; a recorded difficulty overrides.

    household  columns `water_safe` and `water_difficult`
    Returns    a boolean column
    """
    hard_to_fetch = answered(household.water_difficult).fill_null(value=False)
    return hard_to_fetch | ~answered(household.water_safe)


def education_gap(household: Facts) -> nw.Expr:
    """Tell whether a child of compulsory age is out of school (义务教育无保障).

    household  column `out_of_school`, folded from the members by `out_of_school`
    Returns    a boolean column; unknown while the state of one such child is
    """
    return household.out_of_school


def medical_gap(household: Facts) -> nw.Expr:
    """Tell whether a member is without basic medical insurance (基本医疗无保障).

    household  column `uninsured`, folded from the members by `uninsured`
    Returns    a boolean column; unknown while the state of one member is
    """
    return household.uninsured
