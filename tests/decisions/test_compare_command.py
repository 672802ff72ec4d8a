"""The command that compares a list prints counts that add up."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.store
PARTS = ("rejected", "not_authorised", "matched", "ambiguous", "unmatched")


def compared(hamlet, *arguments):
    settings = {**os.environ, "BANGFU_HOME": str(hamlet.path)}
    command = [sys.executable, "-m", "bangfu.cli.main", "compare", *map(str, arguments)]
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=False)


def test_the_counts_of_each_county_add_up(hamlet, lists):
    done = compared(hamlet, lists.folder / "payroll.xlsx", "--as", "payroll", "--on", "2016-12-31", "--json")
    assert done.returncode == 0, done.stderr
    (told,) = json.loads(done.stdout)["counties"]
    assert told["rows"] == sum(told[part] for part in PARTS) > 0
    assert told["fresh"] == told["hits"] == told["matched"]


def test_people_read_the_same_in_a_table(hamlet, lists):
    done = compared(hamlet, lists.folder / "housing.xlsx", "--as", "housing", "--on", "2016-12-31")
    assert done.returncode == 0, done.stderr
    assert "未授权" in done.stdout


def test_a_kind_that_does_not_exist_is_refused_with_those_that_do(hamlet, lists):
    done = compared(hamlet, lists.folder / "housing.xlsx", "--as", "houses")
    assert done.returncode == 1
    assert "BF381" in done.stderr
    assert "vehicles" in done.stderr
