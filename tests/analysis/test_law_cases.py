"""Law cases: what is written down with its source and the answer that the law gives.

A case about a household runs through the evaluation on every engine. A case that names a function
under `law` asks it with the numbers of the step, value or limit that it names. Files whose name
begins with `decisions_` carry, with each case, the boundary on one side of which it stands (`pair`)
and the reason in both languages (`why`).
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bangfu.analysis.run import evaluate
from bangfu.params import load
from tests.analysis import law_functions
from tests.analysis.area import INSURED, area

FOLDER = Path(__file__).parents[1] / "law_cases"
FILES = sorted(FOLDER.glob("*.yaml"))
DECISIONS = sorted(FOLDER.glob("decisions_*.yaml"))


@cache
def _file(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _cases(*, of_functions: bool) -> list[Any]:
    return [
        pytest.param(path, number, id=f"{path.stem}: {case['case']}")
        for path in FILES
        for number, case in enumerate(_file(path)["cases"])
        if ("law" in case) is of_functions
    ]


CASES, FUNCTIONS = _cases(of_functions=False), _cases(of_functions=True)
WORDS = {"yes": 1, "no": 0, "unknown": None}


def _home(case: dict[str, Any], given: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    members = case.get("members", given.get("members", 1))
    people = [{}] * members if isinstance(members, int) else members
    facts = given.get("household", {}) | case.get("household", {})
    if "village" in case:
        facts["village"] = case["village"]
    return facts, [INSURED | given.get("member", {}) | person for person in people]


@cache
def _rows(path: Path, programme: str, on: date, engine: str) -> dict[int, dict[str, Any]]:
    """Judge every case of a file that asks the same programme on the same day, at once."""
    file = _file(path)
    given = file.get("given", {})
    asked = [
        number
        for number, case in enumerate(file["cases"])
        if "law" not in case and _asked(file, case) == (programme, on)
    ]
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


@pytest.mark.parametrize(("path", "number"), FUNCTIONS)
def test_a_function_of_the_law_answers_as_written(path, number):
    file = _file(path)
    case = file["cases"][number]
    assert law_functions.answer(file, case) == law_functions.expected(case)


def test_every_law_case_names_its_source():
    for path in FILES:
        file = _file(path)
        assert all(case.get("source") or file.get("source") for case in file["cases"]), path.name


def test_every_function_that_a_case_may_ask_is_asked():
    assert {_file(path)["cases"][number]["law"] for path, number in (each.values for each in FUNCTIONS)} == set(
        law_functions.LAWS
    )


def test_there_are_at_least_sixty_law_cases_of_findings_and_a_hundred_and_twenty_of_decisions():
    decisions = sum(len(_file(path)["cases"]) for path in DECISIONS)
    assert len(CASES) + len(FUNCTIONS) - decisions >= 60
    assert decisions >= 120


def test_the_cases_of_decisions_stand_for_every_programme():
    asked = {_asked(_file(path), case)[0] for path in DECISIONS for case in _file(path)["cases"]}
    assert asked == {"cn_2014", "gd_2016", "cn_2020m", "cn_2021"}


@pytest.mark.parametrize("path", DECISIONS, ids=[path.stem for path in DECISIONS])
def test_both_sides_of_every_boundary_are_written_down(path):
    sides: dict[str, list[Any]] = {}
    for case in _file(path)["cases"]:
        sides.setdefault(case["pair"], []).append(case["expect"])
    assert [pair for pair, expected in sides.items() if all(each == expected[0] for each in expected)] == []


@pytest.mark.parametrize("path", DECISIONS, ids=[path.stem for path in DECISIONS])
def test_every_case_of_a_decision_says_why_in_both_languages_and_stands_once(path):
    cases = _file(path)["cases"]
    assert [
        case["case"] for case in cases if not (case["why"]["zh"].endswith("。") and case["why"]["en"].endswith("."))
    ] == []
    assert len({case["case"] for case in cases}) == len(cases)
