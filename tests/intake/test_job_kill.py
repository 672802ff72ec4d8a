"""A worker killed in the middle of an apply leaves nothing half; its job is seen as interrupted and starts again."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from bangfu.intake.actions.hand_in import approve_batch
from bangfu.intake.actions.stage_batch import stage_batch
from bangfu.intake.models import Batch
from bangfu.intake.queries import recorded_rows
from bangfu.kernel.errors.register import JobNotBroken
from bangfu.work.actions.start_job import start_job_again
from bangfu.work.queries import job_view
from tests.ledger_files import many_households, write_roster
from tests.work.kinds_of_jobs import work_off

pytestmark = [pytest.mark.store, pytest.mark.slow]

HOUSEHOLDS = 3000
_WORKER = [sys.executable, "-m", "django", "db_worker", "--interval", "0.1", "--no-startup-delay", "--batch"]


def households_stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM registry_household")
        return cursor.fetchone()[0]


def wait_until(holds, seconds=90):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.01)


def test_a_worker_killed_while_it_records_leaves_nothing_half(home, clerk, approver, places, tmp_path):
    path = write_roster(tmp_path / "many.xlsx", many_households(HOUSEHOLDS))
    batch = stage_batch(by=clerk, paths=[path], home=home).batch
    job = approve_batch(by=approver, number=batch.pk, seen=batch.content_hash)
    connection.close()
    worker = subprocess.Popen(_WORKER, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: job_view(job.pk, approver).done > 0 or not job_view(job.pk, approver).open)
    caught = job_view(job.pk, approver)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert (caught.state, caught.message) == ("running", "Recording")
    assert 0 < caught.done < caught.total
    assert job_view(job.pk, approver).state == "broken"
    assert households_stored() == 0
    assert Batch.objects.get(pk=batch.pk).state == "staged"
    with pytest.raises(JobNotBroken):
        start_job_again(by=clerk, job=job)
    start_job_again(by=approver, job=job)
    work_off()
    assert job_view(job.pk, approver).state == "done"
    assert households_stored() == recorded_rows(batch.pk)["registry_household"] == HOUSEHOLDS


def test_a_job_killed_after_its_work_was_kept_does_not_do_it_twice(home, clerk, approver, places, tmp_path):
    path = write_roster(tmp_path / "few.xlsx", many_households(3))
    batch = stage_batch(by=clerk, paths=[path], home=home).batch
    job = approve_batch(by=approver, number=batch.pk, seen=batch.content_hash)
    work_off()
    type(job).objects.filter(pk=job.pk).update(state="running")
    assert job_view(job.pk, approver).state == "broken"
    start_job_again(by=approver, job=job)
    work_off()
    again = job_view(job.pk, approver)
    assert (again.state, again.facts["rows"]) == ("done", sum(recorded_rows(batch.pk).values()))
    assert households_stored() == 3


def test_an_apply_that_is_cancelled_while_it_records_leaves_nothing(home, clerk, approver, places, tmp_path):
    from bangfu.intake.actions.apply_batch import apply_batch
    from bangfu.kernel.errors.register import JobCancelled

    path = write_roster(tmp_path / "few.xlsx", many_households(30))
    batch = stage_batch(by=clerk, paths=[path], home=home).batch

    def stop(done, total):
        if done:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        apply_batch(by=approver, number=batch.pk, home=home, on_rows=stop)
    assert households_stored() == 0
    assert Batch.objects.get(pk=batch.pk).state == "staged"
