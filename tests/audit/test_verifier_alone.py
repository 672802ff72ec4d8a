"""The verifier as an auditor runs it: one file, on its own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from bangfu.audit import verifier
from bangfu.audit.append_only import create_statements
from bangfu.audit.models import Event

pytestmark = pytest.mark.store


@pytest.fixture
def alone(history, tmp_path):
    """Return a function that runs a copy of the file in an empty folder, without the project on the path."""
    copy = shutil.copy(verifier.__file__, tmp_path / "verifier.py")
    register = history.home.database_url or str(history.home.database_file)

    def run(*more, target=register, key=history.home.key_file):
        command = [sys.executable, "-I", copy, target, "--key", key, *more]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)

    return run


def test_the_file_alone_finds_a_clean_history_clean(alone):
    done = alone()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(" 0 faults\n")


def test_the_file_alone_names_county_and_event_of_a_fault(alone, history):
    history.sql("UPDATE places_place SET name = '松坪村' WHERE number = %s", history.places.sibling)
    done = alone()
    assert done.returncode == 1
    assert done.stdout.startswith(f"county {history.county} event 1 wrote 7 rows of places_place")


def test_a_printed_head_is_compared(alone, history):
    event = Event.objects.get(county=history.county, seq=3)
    assert alone("--expect-head", f"{history.county}:3:{event.hash[:16]}").returncode == 0
    assert alone("--expect-head", f"{history.county}:4:{event.hash[:16]}").returncode == 1


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"key": Path("none")}, id="no key"),
        pytest.param({"key": Path("verifier.py")}, id="no key in the key file"),
        pytest.param({"target": "none.sqlite3"}, id="no register"),
        pytest.param({"target": "postgresql://127.0.0.1:1/none"}, id="no server"),
    ],
)
def test_what_cannot_be_opened_is_said_in_one_line_and_proves_nothing(alone, wrong):
    done = alone(**wrong)
    assert done.returncode == 2
    assert done.stderr.startswith("Nothing was verified: ")
    assert "Traceback" not in done.stderr


def test_a_head_that_cannot_be_read_proves_nothing(alone):
    assert alone("--expect-head", "1:x:abc").returncode == 2


@pytest.mark.parametrize("text", ["no register at all", ""])
def test_a_file_that_is_no_register_does_not_hold(alone, tmp_path, text):
    (tmp_path / "other").write_text(text)
    assert alone(target="other").returncode == 1


def test_an_event_that_cannot_be_read_is_a_fault_and_not_the_end(alone, history):
    history.open()
    for body in ("{", "[]", '{"tables":{"places_place":{}}}'):
        history.sql("UPDATE audit_event SET body = %s WHERE county = %s AND seq = 2", body, history.county)
        done = alone()
        assert done.returncode == 1
        assert f"county {history.county} event 2 " in done.stdout


def test_the_protection_stands_after_every_migration(history):
    """SQLite loses the triggers of a table that a later migration rebuilds; then it must create them again."""
    with connection.cursor() as cursor:
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "postgresql":
            sql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        cursor.execute(sql)
        found = {name for (name,) in cursor.fetchall()}
    for table in ("audit_event", "procedures_approval"):
        created = [text for text in create_statements(table, connection.vendor) if "CREATE TRIGGER" in text]
        assert {text.split("CREATE TRIGGER ")[1].split()[0] for text in created} <= found
