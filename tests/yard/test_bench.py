"""The benchmarks measure each piece of work in a process of its own and say whether the goal is met."""

import json
import subprocess
import sys

import pytest

from benchmarks.all import names, row, usual
from benchmarks.measuring import Line, measured, measured_command
from tests.shape.tree import ROOT


def hungry():
    """Return work that takes about 60 MB."""
    return lambda: bytearray(60_000_000)


def modest():
    """Return work that takes next to nothing."""
    return lambda: sum(range(1000))


@pytest.mark.parametrize(
    ("line", "met"),
    [
        pytest.param(Line("a", 1.0, 1.0, 1.0), None, id="no goal"),
        pytest.param(Line("a", 0.3, 1.0, 1.0, goal=0.3, goal_is_seconds=True), True, id="exactly the goal in seconds"),
        pytest.param(Line("a", 0.301, 1.0, 1.0, goal=0.3, goal_is_seconds=True), False, id="just over it"),
        pytest.param(Line("a", 2.6, 1.0, 1.0).against(Line("b", 2.0, 1.0, 1.0), 1.3), True, id="exactly the ratio"),
        pytest.param(Line("a", 2.7, 1.0, 1.0).against(Line("b", 2.0, 1.0, 1.0), 1.3), False, id="over the ratio"),
    ],
)
def test_a_goal_is_met_up_to_and_including_its_figure(line, met):
    assert line.met is met


def test_one_piece_of_work_does_not_pay_for_the_memory_of_another():
    large = measured("large", "tests.yard.test_bench:hungry", times=1)
    small = measured("small", "tests.yard.test_bench:modest", times=1)
    assert large.peak_mb - small.peak_mb > 50
    assert small.wall_s < large.wall_s + 1


def test_a_command_is_measured_from_start_to_end():
    line = measured_command("sleep", "sleep", "0.1", times=1, goal_s=5)
    assert 0.1 <= line.wall_s < 5
    assert line.met


def test_a_line_is_shown_with_its_unit():
    line = {"name": "a", "wall_s": 1, "cpu_s": 2, "peak_mb": 3.4, "ratio": 1.2, "goal": 1.3, "met": True}
    assert row(line) == ("a", "1.000", "2.000", "3", "1.20", "<= 1.30 x", "yes")


def test_a_benchmark_that_breaks_off_is_a_goal_that_is_missed():
    command = [sys.executable, "-m", "benchmarks.all", "--json", "no_such_benchmark"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert json.loads(done.stdout) == [{"name": "no_such_benchmark broke off", "met": False}]


def test_every_benchmark_is_found():
    assert "start" in names()
    assert "measuring" not in names()


def test_what_needs_gigabytes_runs_only_when_it_is_named():
    assert "nation" in names()
    assert "nation" not in usual()
    assert "identify" in usual()
