"""What a rule asks of one person; a household takes over the outcome of its members."""

from collections.abc import Sequence

import narwhals as nw

from bangfu.rules.facts import Codes, Facts, Values, answered


def left_household(person: Facts, leaving: Sequence[int]) -> nw.Expr:
    """Tell whether a person no longer belongs to the household (自然减少): died, married out, moved away.

    person   column `natural_change`
    leaving  code numbers of a departure
    Returns  a boolean column, never unknown: without a recorded departure the person is a member
    """
    return person.natural_change.is_in(leaving).fill_null(value=False)


def out_of_school(person: Facts, codes: Codes, values: Values) -> nw.Expr:
    """Tell whether a person of compulsory age is not at school (义务教育阶段未在校).

    A child who finished lower secondary school is not out of school. A recorded reason for absence
    outweighs an enrolment; one that the programme accepts, such as lessons at home (送教上门), is no gap.

    person   columns `age`, `education_level`, `enrolment`, `dropout_reason`
    codes    not at school, under `enrolment`; levels that close compulsory schooling, under
             `education_level`; reasons that are a gap, under `dropout_reason`
    values   first and last year of compulsory age, both included
    Returns  a boolean column
    """
    of_age = (person.age >= values["compulsory_age_from"]) & (person.age <= values["compulsory_age_to"])
    finished = person.education_level.is_in(codes["education_level"]).fill_null(value=False)
    absent = nw.coalesce(
        person.dropout_reason.is_in(codes["dropout_reason"]), person.enrolment.is_in(codes["enrolment"])
    )
    return of_age & ~finished & absent


def uninsured(person: Facts) -> nw.Expr:
    """Tell whether a person is in neither basic medical insurance (未参加基本医疗保险).

    The serious-illness scheme (大病保险) presupposes basic insurance: where a ledger states only that,
    yes means insured, and no leaves it open.

    person   columns `resident_medical`, `employee_medical`, `serious_illness`
    Returns  a boolean column
    """
    presumed = person.resident_medical.is_null() & answered(person.serious_illness)
    return ~(answered(person.resident_medical) | answered(person.employee_medical) | presumed)
