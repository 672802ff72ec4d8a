"""Reasons: a decision owes its outcome to those criteria that bring it about, and to no others."""

import itertools

import pytest

from bangfu.analysis.reasons import deciding, weigh

ANY = ("any_of", ("a", "b"))
ALL = ("all_of", ("a", ("not", "b")))
NESTED = ["any_of", [["all_of", ["a", "b"]], ["not", "c"]]]


@pytest.mark.parametrize(
    ("a", "b", "outcome", "reasons"),
    [
        (True, False, True, ("a",)),
        (True, True, True, ("a", "b")),
        (True, None, True, ("a",)),
        (False, False, False, ("a", "b")),
        (False, None, None, ("b",)),
        (None, None, None, ("a", "b")),
    ],
)
def test_one_yes_is_enough_for_any_of(a, b, outcome, reasons):
    outcomes = {"a": a, "b": b}
    assert weigh(ANY, outcomes) is outcome
    assert deciding(ANY, outcomes) == reasons


@pytest.mark.parametrize(
    ("a", "b", "outcome", "reasons"),
    [
        (True, False, True, ("a", "b")),
        (True, True, False, ("b",)),
        (False, True, False, ("a", "b")),
        (None, True, False, ("b",)),
        (None, False, None, ("a",)),
        (True, None, None, ("b",)),
    ],
)
def test_one_no_is_enough_for_all_of(a, b, outcome, reasons):
    outcomes = {"a": a, "b": b}
    assert weigh(ALL, outcomes) is outcome
    assert deciding(ALL, outcomes) == reasons


def test_a_single_criterion_is_its_own_reason():
    assert weigh("a", {"a": None}) is None
    assert deciding("a", {"a": None}) == ("a",)


def test_each_reason_is_named_once():
    assert deciding(("any_of", ("a", ("all_of", ("a", "a")))), {"a": True}) == ("a",)


@pytest.mark.parametrize("known", list(itertools.product((True, False, None), repeat=3)))
def test_settling_every_unknown_never_overturns_what_was_known(known):
    """What is yes or no with an unknown inside stays so, however the unknown turns out."""
    outcomes = dict(zip("abc", known, strict=True))
    result = weigh(NESTED, outcomes)
    if result is None:
        return
    options = [(value,) if value is not None else (True, False) for value in known]
    assert {weigh(NESTED, dict(zip("abc", each, strict=True))) for each in itertools.product(*options)} == {result}
