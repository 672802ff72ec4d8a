"""The measuring commands: any table, no register, one line of JSON or a table for people."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from bangfu.cli.main import app

PEOPLE = "y,w,town,food,water,school\n" + "".join(
    f"{income},{weight},{town},{lacks}\n"
    for income, weight, town, lacks in [
        (1000, 2, "甲镇", "1,0,1"),
        (2000, 1, "甲镇", "0,1,0"),
        (4000, 1, "乙镇", "0,0,0"),
        (8000, 2, "乙镇", "0,0,1"),
        ("", 1, "乙镇", "1,,0"),
        (500, 1, "", "1,1,1"),
    ]
)


@pytest.fixture
def people(tmp_path):
    """A small table of people."""
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


@pytest.fixture
def bangfu(monkeypatch, tmp_path):
    """Call a command; return its status and what it printed. No home may come into being."""
    monkeypatch.setenv("BANGFU_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words, language="en"):
        monkeypatch.setenv("BANGFU_LANG", language)
        done = CliRunner().invoke(app, [str(word) for word in words])
        assert not (tmp_path / "home").exists()
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done.exit_code, done.stdout

    return call


def answer(bangfu, *words):
    status, said = bangfu(*words, "--json")
    assert status == 0, said
    assert said.count("\n") == 1
    return json.loads(said)


def test_measure_tells_every_index_of_the_table(bangfu, people):
    told = answer(bangfu, "measure", people, "--welfare", "y", "--weight", "w", "--line", 2000, "--by", "town")
    assert told["line"] == 2000
    assert (told["population"], told["sample"]) == (7, 5)
    assert told["fgt0"]["value"] == pytest.approx(3 / 7)
    assert told["fgt0"]["se"] > 0
    assert {"mean", "median", "fgt1", "fgt2", "watts", "sen", "sst", "gini", "theil_t", "theil_l", "qsr"} <= told.keys()
    assert told["by"]["甲镇"]["fgt0"]["value"] == pytest.approx(2 / 3)
    assert told["by"]["乙镇"]["rmpg"]["value"] is None
    assert told["rows"] == {
        "read": 6,
        "used": 5,
        "dropped": {"welfare_missing": 1, "weight_missing": 0},
        "without_group": 1,
    }


def test_at_or_below_takes_in_who_is_on_the_line(bangfu, people):
    told = answer(bangfu, "measure", people, "--welfare", "y", "--line", 2000, "--at-or-below")
    assert told["fgt0"]["value"] == pytest.approx(3 / 5)
    assert told["strict"] is False


@pytest.mark.parametrize(
    ("option", "share", "line"), [("--line-median", "60%", 1200), ("--line-mean", "1/2", 1550), ("--line", "1e3", 1000)]
)
def test_a_line_may_be_an_amount_or_a_share(bangfu, people, option, share, line):
    assert answer(bangfu, "measure", people, "--welfare", "y", option, share)["line"] == pytest.approx(line)


def test_curves_come_when_they_are_asked_for(bangfu, people):
    assert "lorenz" not in answer(bangfu, "measure", people, "--welfare", "y")
    assert len(answer(bangfu, "measure", people, "--welfare", "y", "--lorenz", 10)["lorenz"]) == 11


def test_an_earlier_table_shows_growth_and_redistribution(bangfu, people, tmp_path):
    earlier = tmp_path / "earlier.csv"
    earlier.write_text("y,w\n900,2\n1500,1\n4100,1\n6000,2\n", encoding="utf-8")
    words = ("measure", people, "--welfare", "y", "--weight", "w", "--line", 2000, "--against", earlier)
    told = answer(bangfu, *words, "--against-line", 1800, "--growth", 4)["change"]
    assert told["file"] == "earlier.csv"
    assert told["before"]["line"] == 1800
    one = told["decomposition"]["fgt1"]
    assert one["growth"] + one["redistribution"] == pytest.approx(one["change"])
    assert [point["share"] for point in told["growth_incidence"]["points"]] == [0.25, 0.5, 0.75]


@pytest.mark.parametrize(("k", "h"), [("1/3", 6 / 7), ("34%", 3 / 7), ("34", 3 / 7), ("1", 1 / 7)])
def test_mpi_takes_a_cutoff_as_share_or_per_cent(bangfu, people, k, h):
    words = ("mpi", people, "--indicators", "food,water,school", "--weight", "w", "--k", k)
    assert answer(bangfu, *words)["h"]["value"] == pytest.approx(h)


def test_mpi_tells_indicators_groups_and_dropped_rows(bangfu, people):
    told = answer(
        bangfu, "mpi", people, "--indicators", "food,water;school", "--k", "0.5", "--weight", "w", "--by", "town"
    )
    assert told["weights"] == {"food": 0.25, "water": 0.25, "school": 0.5}
    assert told["indicators"]["school"]["uncensored"] == pytest.approx(5 / 7)
    assert sum(one["contribution"] for one in told["indicators"].values()) == pytest.approx(1)
    assert told["by"]["甲镇"]["m0"]["value"] == pytest.approx(2 / 3 * 3 / 4)
    assert told["rows"]["dropped"]["water_missing"] == 1


def test_weights_of_indicators_may_be_given(bangfu, people):
    told = answer(bangfu, "mpi", people, "--indicators", "food,water,school", "--weights", "1/2,1/4,1/4", "--k", "50%")
    assert told["weights"] == {"food": 0.5, "water": 0.25, "school": 0.25}


def test_growth_is_compared_in_points(bangfu, tmp_path):
    table = tmp_path / "counties.csv"
    table.write_text("county,growth,se\n石楼,11.1,0.5\n临县,9.0,0.5\n,8,0.1\n", encoding="utf-8")
    words = ("growth", table, "--area", "county", "--growth", "growth", "--than", "全市=9.1", "--than", "全省=8.1±0.2")
    told = answer(bangfu, *words, "--se", "se")
    assert told["areas"]["石楼"]["higher_than_all"] is True
    assert told["areas"]["石楼"]["than"]["全市"]["margin"] == pytest.approx(2)
    assert told["areas"]["临县"]["than"]["全市"]["higher"] is False
    assert told["areas"]["临县"]["than"]["全省"]["probability"] > 0.9
    assert told["rows"] == {"read": 3, "used": 2}
    assert answer(bangfu, *words)["areas"]["石楼"]["than"]["全市"]["probability"] is None
    assert "+2 ✓" in bangfu(*words)[1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("measure", "--welfare", "x"), "BF181"),
        (("measure", "--welfare", "town"), "BF183"),
        (("measure", "--welfare", "y", "--line", "2", "--line-mean", "0.5"), "BF188"),
        (("measure", "--welfare", "y", "--line", "abc"), "BF188"),
        (("measure", "--welfare", "y", "--line-median", "60"), "BF188"),
        (("measure", "--welfare", "y", "--line-median", "1/0"), "BF188"),
        (("measure", "--welfare", "y", "--lorenz", "-1"), "BF188"),
        (("measure", "--welfare", "y", "--strata", "town"), "BF186"),
        (("mpi", "--indicators", "food,food", "--k", "1"), "BF188"),
        (("mpi", "--indicators", "food,,water", "--k", "1"), "BF188"),
        (("mpi", "--indicators", "food", "--k", "0"), "BF188"),
        (("mpi", "--indicators", "food", "--k", "101"), "BF188"),
        (("mpi", "--indicators", "food", "--weights", "1,1", "--k", "1"), "BF188"),
        (("mpi", "--indicators", "w", "--k", "1"), "BF185"),
        (("growth", "--area", "town", "--growth", "y", "--than", "9"), "BF188"),
        (("growth", "--area", "town", "--growth", "y", "--than", "a=9±-1"), "BF188"),
    ],
)
def test_what_cannot_be_measured_is_one_sentence_in_either_language(bangfu, people, words, code):
    command, *options = words
    status, said = bangfu(command, people, *options, "--json")
    english = json.loads(said)["error"]
    assert status == 1
    assert english["code"] == code
    chinese = json.loads(bangfu(command, people, *options, "--json", language="zh")[1])["error"]["message"]
    assert english["message"] != chinese
    assert not chinese.isascii()


def test_growth_of_nobody_is_refused(bangfu, tmp_path):
    (tmp_path / "g.csv").write_text("c,g\n,1\n", encoding="utf-8")
    status, said = bangfu("growth", tmp_path / "g.csv", "--area", "c", "--growth", "g", "--than", "a=1", "--json")
    assert (status, json.loads(said)["error"]["code"]) == (1, "BF187")


@pytest.mark.parametrize(("language", "title"), [("zh", "贫困发生率"), ("en", "Incidence (FGT0)")])
def test_people_read_a_table_in_their_language(bangfu, people, language, title):
    words = ("measure", people, "--welfare", "y", "--line", 2000, "--by", "town", "--against", people)
    status, said = bangfu(*words, language=language)
    assert status == 0
    assert title in said
    assert "甲镇" in said


def test_people_read_what_was_left_out(bangfu, people, tmp_path):
    told = tmp_path / "t.csv"
    told.write_text("y,s,a,b\n0,n,1,0\n2,n,0,0\n3,s,1,1\n", encoding="utf-8")
    said = bangfu("measure", told, "--welfare", "y", "--strata", "s")[1]
    assert "no welfare above zero" in said
    assert "single cluster" in said
    assert "are in no group" in bangfu("measure", people, "--welfare", "y", "--by", "town")[1]
    assert "Adjusted headcount" in bangfu("mpi", told, "--indicators", "a,b", "--k", "0.5", "--by", "s")[1]


def test_the_command_itself_answers_without_a_home(people, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "bangfu.cli.main", "measure", str(people), "--welfare", "y", "--json"],
        capture_output=True,
        text=True,
        env={**os.environ, "BANGFU_HOME": str(tmp_path / "home")},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["sample"] == 5
    assert not (tmp_path / "home").exists()
