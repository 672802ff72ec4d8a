"""What a step found, of a list of answers, stays with its case, and the last word counts."""

from datetime import date

import pytest

from bangfu.kernel.errors.procedures import CodeMissing
from bangfu.procedures.actions.open_cases import open_cases
from bangfu.procedures.actions.send_back import send_back
from bangfu.procedures.actions.take_step import take_step
from bangfu.procedures.actions.undo_act import undo_act
from bangfu.procedures.course import version_on
from bangfu.procedures.queries import codes_found
from bangfu.procedures.said import Said
from tests.procedures.steps_taken import TWO_THIRDS

pytestmark = pytest.mark.store
DAY = date(2021, 6, 1)
BY_HELP, NATURALLY = 1, 2


@pytest.fixture
def clearings(hands, subjects, on_day):
    """Two removals of risk that wait for the visit."""
    on_day(DAY)
    version = version_on("cn_2021", "clear", DAY)
    return open_cases(by=hands.county, version=version, subjects=subjects(1, 2, proposal="cleared"), on=DAY).to_list()


def visited(hands, cases, code):
    """Record the visit of some cases, and return its act."""
    return take_step(by=hands.village, cases=cases, step="visit", on=DAY, said=Said(codes={"cleared_how": code}))[0]


@pytest.mark.parametrize("codes", [{}, {"cleared_how": 3}, {"other": 1}])
def test_a_visit_says_what_it_found_of_the_list(hands, clearings, codes):
    with pytest.raises(CodeMissing) as refused:
        take_step(by=hands.village, cases=clearings, step="visit", on=DAY, said=Said(codes=codes))
    assert "自然消除" in refused.value.facts["codes"].zh
    assert codes_found(clearings) == {}


def test_each_case_keeps_what_was_found_of_it(hands, clearings):
    first, second = clearings
    visited(hands, [first], BY_HELP)
    visited(hands, [second], NATURALLY)
    assert codes_found(clearings) == {first: {"cleared_how": BY_HELP}, second: {"cleared_how": NATURALLY}}
    assert codes_found([]) == {}


def test_what_was_taken_back_was_not_found(hands, clearings):
    act = visited(hands, clearings, BY_HELP)
    undo_act(by=hands.village, act=act.pk, reason="录错了")
    assert codes_found(clearings) == {}
    visited(hands, clearings, NATURALLY)
    undone = visited_again(hands, clearings, BY_HELP)
    undo_act(by=hands.village, act=undone.pk, reason="录错了")
    assert {found["cleared_how"] for found in codes_found(clearings).values()} == {NATURALLY}


def test_the_visit_after_a_return_has_the_last_word(hands, clearings):
    visited(hands, clearings, BY_HELP)
    visited_again(hands, clearings, NATURALLY)
    assert {found["cleared_how"] for found in codes_found(clearings).values()} == {NATURALLY}


def visited_again(hands, cases, code):
    """Take the cases to the meeting's end, send them back to the visit, and record it once more."""
    take_step(by=hands.village, cases=cases, step="appraisal", on=DAY, said=TWO_THIRDS)
    send_back(by=hands.village, cases=cases, to="visit", reason="须再核实")
    return visited(hands, cases, code)
