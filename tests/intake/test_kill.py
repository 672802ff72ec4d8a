"""A process killed at any moment of an import leaves the register as before or after, never between."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from bangfu.intake.actions.stage_batch import stage_batch
from bangfu.intake.actions.undo_batch import undo_batch
from bangfu.intake.models import Batch
from tests.ledger_files import many_households, write_roster

pytestmark = [pytest.mark.store, pytest.mark.slow]

HOUSEHOLDS = 400
KILLS = 8
_APPLY = """
import os, sys, time
from bangfu.cli.opening import open_home
home = open_home()
from bangfu.access.actions.ensure_demo_people import ensure_demo_people
from bangfu.intake.actions.apply_batch import apply_batch
approver = ensure_demo_people()["approver"]
print("ready", flush=True)
apply_batch(by=approver, number=int(sys.argv[1]), home=home)
print("done", flush=True)
"""


def rows_stored():
    """Return the live rows of households and persons, and of all facts."""
    with connection.cursor() as cursor:
        counts = []
        for table in ("registry_household WHERE live", "registry_person WHERE live", "registry_identity WHERE live"):
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            counts.append(cursor.fetchone()[0])
    return tuple(counts)


def wait_for_the_server():
    """Wait until the database has ended the killed client's work, which PostgreSQL does in its own time."""
    if connection.vendor != "postgresql":
        return
    others = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute(others)
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.1)
    raise AssertionError("a killed client's server process was still there after a minute")


def approve_and_kill(number, after_s):
    """Start the approval in a process of its own and kill it after seconds; tell whether it had ended, and when."""
    process = subprocess.Popen([sys.executable, "-c", _APPLY, str(number)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    began = time.monotonic()
    if after_s is not None:
        time.sleep(after_s)
        os.kill(process.pid, signal.SIGKILL)
    said = process.stdout.read()
    process.wait()
    wait_for_the_server()
    process.stdout.close()
    return "done" in said, time.monotonic() - began


def test_a_killed_approval_leaves_all_or_nothing(home, clerk, places, tmp_path):
    path = write_roster(tmp_path / "many.xlsx", many_households(HOUSEHOLDS))
    ledger = {"by": clerk, "paths": [path], "home": home}
    whole = (HOUSEHOLDS, 2 * HOUSEHOLDS, 2 * HOUSEHOLDS)

    def staged():
        return stage_batch(**ledger).batch.pk

    number = staged()
    connection.close()
    finished, lasted = approve_and_kill(number, None)
    assert finished
    assert rows_stored() == whole
    undo_batch(by=clerk, number=number, home=home)
    chance, seen = random.Random(20161231), set()
    for _ in range(KILLS):
        number = staged()
        connection.close()
        finished, _ = approve_and_kill(number, chance.uniform(0, lasted))
        batch = Batch.objects.get(pk=number)
        applied = batch.state == "applied"
        assert rows_stored() == (whole if applied else (0, 0, 0))
        assert applied or not finished
        seen.add(applied)
        if applied:
            undo_batch(by=clerk, number=number, home=home)
    assert False in seen
    last = staged()
    connection.close()
    assert approve_and_kill(last, None)[0]
    assert rows_stored() == whole
    checked = subprocess.run(
        [sys.executable, "-m", "bangfu.cli.main", "verify", "--json"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
