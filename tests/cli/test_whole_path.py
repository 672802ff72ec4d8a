"""The whole path at the command line: a simulated place, its ledgers, the list, every planted problem found."""

import csv
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import urlencode

import pytest

pytestmark = pytest.mark.store

DAY = "2016-12-31"
SEEN_AT_IMPORT = {"phone_shared": "ID06", "exit_year_without_status": "EX06"}
"""Kinds that only the ledger shows: the register keeps no phone in the clear, and statuses as events."""


class Shell:
    """Commands of `bangfu` in one home, as a person would type them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        url = os.environ.get("BANGFU_DATABASE_URL")
        self.environment = {**os.environ, "BANGFU_HOME": str(folder / "home"), "BANGFU_LANG": "zh"}
        if url:
            self.environment["BANGFU_DATABASE_URL"] = url

    def __call__(self, *words: str, status: int = 0) -> dict:
        command = [sys.executable, "-m", "bangfu.cli.main", *words, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, env=self.environment, check=False)
        assert done.returncode == status, done.stderr[-2000:]
        return json.loads(done.stdout)


SIZES = [
    pytest.param(size, marks=pytest.mark.xdist_group(f"whole path of the {size}"))
    for size in (["hamlet"] if os.environ.get("BANGFU_DATABASE_URL") else ["hamlet", "county"])
]
"""A county takes minutes: it goes once, on SQLite, and on PostgreSQL in `./run bench city_county`."""


in_the_hamlet = pytest.mark.parametrize("place", SIZES[:1], indirect=True)
"""For what a county would show no better, and takes ten times as long."""


@pytest.fixture(scope="module", params=SIZES)
def place(request, tmp_path_factory):
    """One simulated place, imported, approved and judged; with what each command answered."""
    folder = tmp_path_factory.mktemp(request.param)
    database = _own_database(folder)
    shell = Shell(folder)
    shell.environment.update(database)
    out = folder / "simulated"
    answers = {
        "simulate": shell("simulate", "--size", request.param, "--seed", "7", "--out", str(out)),
        "places": shell("places", "load", str(out / "places.csv")),
        "import": shell("import", str(out / "ledgers"), "--approve-as", "王主任"),
        "identify": shell("identify", "--programme", "cn_2014", "--on", DAY),
        "quality": shell("quality", "--on", DAY),
    }
    answers["shell"], answers["out"] = shell, out
    yield answers
    _drop_database(database)


def _own_database(folder: Path) -> dict[str, str]:
    server = os.environ.get("BANGFU_DATABASE_URL")
    if not server:
        return {}
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    name = f"bangfu_path_{os.getpid()}_{folder.name.replace('-', '_')}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    parts = conninfo_to_dict(server)
    parts.pop("dbname", None)
    return {"BANGFU_DATABASE_URL": f"postgresql:///{name}?{urlencode(parts)}"}


def _drop_database(database: dict[str, str]) -> None:
    if database:
        import psycopg

        name = database["BANGFU_DATABASE_URL"].split("///")[1].split("?")[0]
        with psycopg.connect(os.environ["BANGFU_DATABASE_URL"], autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _table(place, name):
    with (place["out"] / "truth" / name).open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_counts_in_are_accepted_plus_rejected_for_every_file(place):
    expected = {Path(row["file"]).name: row for row in _table(place, "counts.csv")}
    told = {one["file"]: one for one in place["import"]["files"]}
    assert told.keys() == expected.keys()
    for name, one in told.items():
        assert one["rows"] == one["accepted"] + one["rejected"] == int(expected[name]["rows"]), name
        assert one["accepted"] == one["added"] + one["changed"] + one["unchanged"], name
        assert one["rejected"] == int(expected[name]["rejected"]), name


def test_every_planted_problem_is_found(place):
    """Import finds what a row shows, the catalogue what a household shows, the criteria true hardship."""
    told = [(one["file"], error) for one in place["import"]["files"] for error in one["errors"]]
    at_row = {(file, error["row"], error["severity"]) for file, error in told}
    of_code = Counter(error["code"] for _, error in told)
    of_household = {finding["household_no"] for finding in place["quality"]["findings"]}
    planted = _table(place, "planted.csv")
    kinds = Counter(row["kind"] for row in planted)

    def found(row):
        at, expected = (Path(row["file"]).name, int(row["row"])), row["expected"]
        if expected.startswith("import_"):
            return (*at, expected.removeprefix("import_")) in at_row
        if expected == "quality":
            seen = of_code[SEEN_AT_IMPORT.get(row["kind"], "")] >= kinds[row["kind"]]
            return row["household_no"] in of_household or (*at, "warning") in at_row or seen
        return True  # true hardship is asked of the criteria, an expected unknown of the list

    missed = Counter(row["kind"] for row in planted if not found(row))
    assert not missed, {kind: f"{count} of {kinds[kind]}" for kind, count in missed.items()}


def test_the_list_is_the_truth(place):
    counts = defaultdict(int)
    for row in _table(place, "households.csv"):
        counts[row["expected_poor"]] += 1
    assert place["identify"]["counts"] == dict(counts)


def test_each_household_has_its_true_outcome_and_reason(place):
    shell = place["shell"]
    wanted = {"yes": True, "no": False, "unknown": None}
    seen = set()
    for row in _table(place, "households.csv"):
        if row["expected_poor"] in seen and row["boundary"] != "yes":
            continue
        if len(seen) == 3 and row["boundary"] != "yes":
            continue
        seen.add(row["expected_poor"])
        told = shell("explain", row["household_no"])
        assert told["outcome"] is wanted[row["expected_poor"]], row
        assert told["reason"]["zh"]
        assert told["reason"]["en"]
        for criterion in told["criteria"]:
            assert criterion["sources"]
        if len(seen) == 3:
            break


@in_the_hamlet
def test_importing_again_changes_nothing(place):
    again = place["shell"]("import", str(place["out"] / "ledgers"), "--dry-run")
    assert [one["file"] for one in again["files"] if one["added"] or one["changed"]] == []


def test_everything_recorded_holds(place):
    shell = place["shell"]
    assert shell("verify")["ok"]
    assert shell("recompute", place["identify"]["run"])["ok"]


@in_the_hamlet
def test_altering_the_law_moves_households_and_tells_the_error(place):
    truth = place["out"] / "poor.csv"
    known = [(row["household_no"], row["true_poor"]) for row in _table(place, "households.csv")]
    truth.write_text("household_no,poor\n" + "".join(f"{no},{poor}\n" for no, poor in known))
    asked = ("what-if", place["identify"]["run"], "--truth", str(truth), "--by", "main_cause", "--households")
    same = place["shell"](*asked, "--top-up", "line")
    assert same["changed"] == []
    assert same["households"]["yes_after"] == place["identify"]["counts"]["yes"]
    assert same["errors"]["before"]["households"]["inclusion_error"] == 0
    assert same["cost"]["after"]["gap_left_fen"] == 0
    nobody = place["shell"](*asked, "--line", "0")
    assert nobody["households"]["left"] == len([one for one in nobody["changed"] if one["before"] == 1])
    in_debt = [row for row in _table(place, "households.csv") if int(row["net_income_fen"] or 0) < 0]
    assert nobody["households"]["yes_after"] <= len(in_debt), "below a line of nothing is only who lost money"
    (place["out"] / "nonsense.csv").write_text("no,such\ncolumns,here\n")
    nonsense = str(place["out"] / "nonsense.csv")
    for code, *words in (
        ("BF204", "--by", "name"),
        ("BF207", "--set", "wrong_exit_rate_limit=1"),
        ("BF208", "--line", "much"),
        ("BF209", "--item", "wage_fen"),
        ("BF508", "--truth", nonsense),
    ):
        assert place["shell"]("what-if", *words, status=1)["error"]["code"] == code


@in_the_hamlet
def test_who_has_one_village_asks_of_that_village_alone(place):
    shell, (mine, other) = place["shell"], [one for one in place["identify"]["by_place"] if one["level"] == 5][:2]
    shell("people", "add", "村干部")
    shell("people", "grant", "村干部", "village_clerk", "--place", mine["code"])
    altered = shell("what-if", "--line", "0", "--households", "--as", "村干部")
    assert altered["households"]["yes_before"] == mine["yes"]
    assert [one["code"] for one in altered["by_place"]] == [mine["code"]]
    told = shell("indices", "--by", "village", "--as", "村干部")
    assert [key.split()[0] for key in told["by"]] == [mine["code"]]
    assert other["code"] not in str(altered) + str(told)


@in_the_hamlet
def test_an_analyst_sees_sums_and_no_household(place):
    shell, county = place["shell"], next(one for one in place["identify"]["by_place"] if one["level"] == 3)
    shell("people", "add", "分析员")
    shell("people", "grant", "分析员", "analyst", "--place", county["code"])
    assert shell("what-if", "--line", "0", "--as", "分析员")["households"]["yes_before"] == county["yes"]
    assert shell("indices", "--as", "分析员")["sample"] > 0
    truth = place["out"] / "one.csv"
    truth.write_text("household_no,poor\n1,yes\n")
    for words in (("--households",), ("--truth", str(truth))):
        assert shell("what-if", *words, "--as", "分析员", status=1)["error"]["code"].startswith("BF4")


@in_the_hamlet
def test_the_indices_of_a_run_are_told_by_place_and_by_group(place):
    run = place["identify"]["run"]
    by_town = place["shell"]("indices", run, "--by", "town")
    by_cause = place["shell"]("indices", run, "--by", "main_cause")
    assert by_town["fgt0"] == by_cause["fgt0"]
    assert by_town["fgt0"]["se"] is None
    for told in (by_town, by_cause):
        groups = told["by"].values()
        assert sum(one["population"] for one in groups) == told["population"]
        assert sum(one["poor"] for one in groups) == told["poor"]
    steps = [one["fgt0"] for one in by_town["line_sensitivity"].values()]
    assert steps == sorted(steps)
    assert place["shell"]("indices", run, "--line", "0.01")["fgt0"]["value"] < by_town["fgt0"]["value"]
    assert place["shell"]("indices", run, "--by", "name", status=1)["error"]["code"] == "BF204"


def test_no_id_stands_in_any_answer(place):
    import re

    text = json.dumps({key: place[key] for key in ("import", "identify", "quality")}, ensure_ascii=False)
    assert not re.search(r"(?<!\d)99\d{15}[\dX](?!\d)", text)
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)


@in_the_hamlet
def test_own_work_is_not_approved(place):
    shell = place["shell"]
    staged = shell("import", str(place["out"] / "ledgers"), "--as", "王主任二")
    assert staged["state"] == "staged"
    answer = shell("approve", str(staged["batch"]), "--as", "王主任二", status=1)
    assert answer["error"]["code"].startswith("BF4")


def test_a_place_loaded_again_changes_nothing(place):
    again = place["shell"]("places", "load", str(place["out"] / "places.csv"))
    assert (again["added"], again["changed"]) == (0, 0)
