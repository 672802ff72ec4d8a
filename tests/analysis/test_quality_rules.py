"""Each rule of the catalogue fires on its row and not on the nearest neighbour of that row."""

import re

import pytest

from bangfu.analysis.quality import check_all, quality_rules_for, rule_message
from bangfu.analysis.quality.conditions import Comparison, Constant, comparisons, parse_condition
from bangfu.params import load
from tests.analysis.quality_tables import as_frames, frames_of, only, pairs

PAIRS = pairs()
RULES = {rule.code: rule for rule in load().quality}


def _fires(code, row, on):
    subject = RULES[code].subject
    named = sorted({name for pair in PAIRS[code][2:] for name in pair})
    rows, key = frames_of(subject, row)
    rule = check_all(as_frames(rows, _columns(code)), only(code), on)
    assert rule.ran == (code,), (rule.skipped, named)
    found = rule.findings.filter(**{name: key[name] for name in _names(subject)})
    assert set(found["code"]) <= {code}
    return not found.is_empty()


def _names(subject):
    return {
        "person": ("village", "household", "person"),
        "household": ("village", "household"),
        "village": ("village",),
    }[subject]


def _columns(code):
    """Return the columns that the rule names, so that a table without rows has them as well."""
    found = {"person": [], "household": [], "village": []}
    condition = parse_condition(RULES[code].when, code)
    for row in PAIRS[code][2:]:
        for nested, subject in (("persons", "person"), ("households", "household")):
            found[subject] += [name for other in row.get(nested, []) for name in other]
    for comparison, subject in comparisons(condition, RULES[code].subject):
        for side in (comparison.left, comparison.right):
            name = getattr(side, "name", None)
            if name in load().fields[subject]:
                found[subject].append(name)
    return found


@pytest.mark.parametrize("code", sorted(PAIRS))
def test_a_rule_fires_on_its_row(code):
    _, on, fires, _ = PAIRS[code]
    assert _fires(code, fires, on)


@pytest.mark.parametrize("code", sorted(PAIRS))
def test_a_rule_is_quiet_on_the_nearest_neighbour_of_its_row(code):
    _, on, _, quiet = PAIRS[code]
    assert not _fires(code, quiet, on)


def test_every_rule_has_its_pair_of_rows_and_every_pair_its_rule():
    assert {code: pair[0] for code, pair in PAIRS.items()} == {code: rule.subject for code, rule in RULES.items()}


def test_rules_of_a_subject_stand_in_the_order_of_their_codes():
    codes = [rule.code for rule in quality_rules_for(load(), "person")]
    assert codes == sorted(codes)
    assert {rule.subject for rule in quality_rules_for(load(), "person")} == {"person"}


@pytest.mark.parametrize("code", sorted(RULES))
def test_no_message_holds_a_number_of_its_own(code):
    """A digit in a message would be a limit that can drift from the test."""
    message = RULES[code].message
    for text in (message.zh, message.en):
        assert not re.search(r"\d", re.sub(r"%\(\w+\)s", "", text)), text


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_limit_of_a_rule_stands_in_its_message(code):
    rule = RULES[code]
    filled = rule_message(load(), rule, PAIRS[code][1])
    condition = parse_condition(rule.when, code)
    for comparison, _ in comparisons(condition, rule.subject):
        if _is_spoken(comparison):
            shown = _digits(comparison.right.value)
            assert any(figure in filled.zh and figure in filled.en for figure in shown), (comparison, filled)


def _is_spoken(comparison):
    """Tell whether a comparison is one with a number that a reader must learn: not nought, not yes, not the era."""
    right, left = comparison.right, comparison.left
    era = getattr(left, "name", "") == "checked_on"
    return (
        isinstance(comparison, Comparison)
        and isinstance(right, Constant)
        and isinstance(right.value, int)
        and not isinstance(right.value, bool)
        and right.value > 1
        and not era
    )


def _digits(value):
    return {str(value), str(value // 100), str(value // 1000)} - {"0"}
