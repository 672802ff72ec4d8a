"""Checks are switched off line by line, with the rule's code and a reason, and ever less often."""

import re
from pathlib import Path

from tests.shape.tree import texts

NOQA = 13
TYPE_IGNORE = 0
"""How many lines switch off a lint rule or a type error. These numbers may only fall."""

REASONED_NOQA = re.compile(r"# noqa: [A-Z]+[0-9]+(?:, ?[A-Z]+[0-9]+)* +\S.{3,}")
REASONED_IGNORE = re.compile(r"# type: ignore\[[a-z-]+(?:, ?[a-z-]+)*\] +# \S.{3,}")


def _lines(mark: str) -> list[tuple[Path, int, str]]:
    return [
        (path, number, line)
        for path, text in texts().items()
        if path.suffix == ".py" and path.parts[:2] != ("tests", "shape")
        for number, line in enumerate(text.splitlines(), 1)
        if mark in line
    ]


def _unreasoned(mark: str, pattern: re.Pattern[str]) -> list[str]:
    return [f"{path}:{number}" for path, number, line in _lines(mark) if not pattern.search(line)]


def test_a_switched_off_rule_has_its_code_and_its_reason():
    assert not _unreasoned("# noqa", REASONED_NOQA)


def test_a_switched_off_type_error_has_its_code_and_its_reason():
    assert not _unreasoned("# type: ignore", REASONED_IGNORE)


def test_rules_are_switched_off_ever_less_often():
    found = [f"{path}:{number}" for path, number, _ in _lines("# noqa")]
    assert len(found) <= NOQA, found


def test_type_errors_are_switched_off_ever_less_often():
    found = [f"{path}:{number}" for path, number, _ in _lines("# type: ignore")]
    assert len(found) <= TYPE_IGNORE, found


def test_no_file_is_switched_off_whole():
    assert not [f"{p}:{n}" for p, n, line in _lines("# ruff: noqa") + _lines("# mypy: ignore-errors")]
