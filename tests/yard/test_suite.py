"""What a test run starts, where it writes, and how it counts what passed, what failed and what did not run."""

import os
import subprocess
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import postgres, suite

REPORT = """<testsuites><testsuite>
<testcase classname="tests.a" name="test_one"/>
<testcase classname="tests.a" name="test_two"><failure message="no"/></testcase>
<testcase classname="tests.a" name="test_three"><skipped type="pytest.skip" message="no Chromium"/></testcase>
<testcase classname="tests.a" name="test_four"><skipped type="pytest.xfail" message="known"/></testcase>
<testcase classname="tests.a" name="test_five"><error message="broken"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.xml"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_a_report_is_counted_case_by_case(report):
    count = suite._read(report, "sqlite", 1)
    assert (count.passed, count.failed) == (2, 2)
    assert count.not_run == [("a.test_three (sqlite)", "no Chromium")]


def test_a_run_that_broke_off_counts_as_failed(report, tmp_path):
    assert suite._read(tmp_path / "missing.xml", "sqlite", 3).failed == 1
    assert suite._read(report, "sqlite", 2).failed == 1


@pytest.mark.parametrize(
    ("strict", "status", "last"),
    [
        pytest.param(False, 0, "3 passed, 0 failed, 1 skipped", id="what did not run is said"),
        pytest.param(True, 1, "3 passed, 1 failed", id="under --strict it counts as failed"),
    ],
)
def test_what_could_not_run_is_listed_with_its_reason(capsys, strict, status, last):
    total = suite.Count(passed=3, not_run=[("storing tests on PostgreSQL", "not installed")])
    assert suite._close(total, strict=strict, seconds=1) == status
    said = capsys.readouterr().out.splitlines()
    assert "not run: storing tests on PostgreSQL: not installed" in said
    assert said[-1] == last


def test_a_run_of_no_test_at_all_is_no_success(capsys):
    assert suite._close(suite.Count(), strict=False, seconds=0) == 1
    assert capsys.readouterr().out.endswith("0 passed, 0 failed\n")


@pytest.mark.skipif(postgres.binaries() is None, reason="no PostgreSQL server is installed")
def test_a_cluster_lasts_as_long_as_its_block_and_leaves_nothing_behind():
    import psycopg

    with postgres.cluster() as url, psycopg.connect(url) as connection:
        checksums, folder = connection.execute(
            "SELECT current_setting('data_checksums'), current_setting('data_directory')"
        ).fetchone()
        assert checksums == "on"
    assert subprocess.run(["ls", folder], capture_output=True, check=False).returncode != 0
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


@pytest.fixture
def memory(tmp_path, monkeypatch):
    """A folder that stands for the machine's memory, with room for a byte."""
    monkeypatch.setattr(suite, "IN_MEMORY", tmp_path)
    monkeypatch.setattr(suite, "_ROOM_BYTES", 1)
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_tests_write_into_memory_and_leave_nothing_there(memory):
    with suite.scratch():
        assert Path(os.environ["TMPDIR"]) == Path(tempfile.gettempdir())
        assert Path(tempfile.gettempdir()).parent == memory
    assert list(memory.iterdir()) == []
    assert "TMPDIR" not in os.environ


def test_what_a_killed_run_left_in_memory_goes_and_what_another_uses_stays(memory):
    gone, busy = subprocess.Popen(["true"]), memory / f"bangfu-suite-{os.getppid()}"
    gone.wait()
    for left in (f"bangfu-suite-{gone.pid}", f"bangfu-suite-{os.getpid()}"):
        (memory / left / "store").mkdir(parents=True)
    busy.mkdir()
    with suite.scratch():
        assert list(Path(tempfile.gettempdir()).iterdir()) == []
    assert list(memory.iterdir()) == [busy]


def test_without_room_in_memory_tests_write_where_they_always_did(memory, monkeypatch):
    monkeypatch.setattr(suite, "_ROOM_BYTES", 1 << 60)
    with suite.scratch():
        assert "TMPDIR" not in os.environ
    assert list(memory.iterdir()) == []


def test_who_named_a_folder_for_tests_is_heard(memory, monkeypatch):
    monkeypatch.setenv("TMPDIR", "elsewhere")
    with suite.scratch():
        assert os.environ["TMPDIR"] == "elsewhere"
    assert list(memory.iterdir()) == []


@pytest.mark.xdist_group("together")
def test_what_is_built_once_stays_with_one_process(request):
    """Else each process builds the county for itself: pytest-xdist marks the groups that it keeps together."""
    grouping = bool(getattr(request.config.option, "loadgroup", False))
    assert request.node.nodeid.endswith("@together") is grouping


@pytest.mark.parametrize(
    ("asked", "runs"),
    [
        pytest.param(
            SimpleNamespace(strict=True, coverage=False, paths=[]),
            [
                (suite.PURE, [f"tests/{one}" for one in suite.PURE]),
                ((), [f"--ignore=tests/{one}" for one in suite.PURE]),
            ],
            id="the rooms that judge are counted, then everything else is run",
        ),
        pytest.param(
            SimpleNamespace(strict=True, coverage=True, paths=[]),
            [(("",), [])],
            id="all is counted where that is asked",
        ),
        pytest.param(SimpleNamespace(strict=False, coverage=False, paths=[]), [((), [])], id="nothing is counted"),
        pytest.param(
            SimpleNamespace(strict=True, coverage=False, paths=["tests/web"]), [((), ["tests/web"])], id="some paths"
        ),
    ],
)
def test_every_test_is_run_once_whatever_is_counted(tmp_path, monkeypatch, asked, runs):
    started = []

    def note(_, __, counted, *flags):
        started.append((counted, [flag for flag in flags if "tests/" in flag]))
        return suite.Count(passed=1)

    monkeypatch.setattr(suite.Runs, "pytest", note)
    total = suite.Runs(tmp_path, tmp_path, suite._rooms_to_count(asked), tuple(asked.paths)).tests(suite.SQLITE)
    assert started == runs
    assert total.passed == len(runs)
