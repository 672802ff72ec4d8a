"""Law cases: households written down with their source and the answer that the law gives, on every engine."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bangfu.analysis.run import evaluate
from bangfu.params import load
from tests.analysis.area import INSURED, area

FOLDER = Path(__file__).parents[1] / "law_cases"
CASES = [
    pytest.param(path, number, id=f"{path.stem}: {case['case']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))["cases"])
]
WORDS = {"yes": 1, "no": 0, "unknown": None}


def _home(case: dict[str, Any], given: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    members = case.get("members", given.get("members", 1))
    people = [{}] * members if isinstance(members, int) else members
    facts = given.get("household", {}) | case.get("household", {})
    if "village" in case:
        facts["village"] = case["village"]
    return facts, [INSURED | given.get("member", {}) | person for person in people]


@cache
def _file(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def _rows(path: Path, programme: str, on: date, engine: str) -> dict[int, dict[str, Any]]:
    """Judge every case of a file that asks the same programme on the same day, at once."""
    file = _file(path)
    given = file.get("given", {})
    asked = [number for number, case in enumerate(file["cases"]) if _asked(file, case) == (programme, on)]
    homes = []
    for number in asked:
        facts, members = _home(file["cases"][number], given)
        homes.append(({**facts, "household": number + 1}, members))
    rows = evaluate(area(homes, engine), load(), programme, on).rows
    return {row["household"] - 1: row for row in rows.to_dicts()}


def _asked(file: dict[str, Any], case: dict[str, Any]) -> tuple[str, date]:
    return case.get("programme", file["programme"]), case.get("day", file["day"])


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(("path", "number"), CASES)
def test_a_household_gets_the_answer_of_the_law(path, number, engine):
    file = _file(path)
    case = file["cases"][number]
    row = _rows(path, *_asked(file, case), engine)[number]
    expected = {
        name: WORDS.get(value, value) if isinstance(value, str) else value for name, value in case["expect"].items()
    }
    assert {name: row[name] for name in expected} == expected


def test_every_law_case_names_its_source():
    for path in FOLDER.glob("*.yaml"):
        file = _file(path)
        assert all(case.get("source") or file.get("source") for case in file["cases"]), path.name


def test_there_are_at_least_sixty_law_cases():
    assert len(CASES) >= 60
