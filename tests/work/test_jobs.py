"""Long work: asked for once, done by a worker, stopped where it may be, found when its worker died."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.db import connections

from bangfu.access.models import Grant
from bangfu.audit.models import Event
from bangfu.audit.verifier import verify
from bangfu.kernel.errors.register import JobNotBroken, JobUnknown
from bangfu.work.actions.start_job import cancel_job, start_job, start_job_again
from bangfu.work.job_files import JobFolder, Note, sweep
from bangfu.work.jobs import BROKE
from bangfu.work.models import Job
from bangfu.work.queries import job_named, job_view, jobs_seen, result_file
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store


def counting(by, upto=3, **named):
    return start_job(by=by, kind="test.count", request={"upto": upto}, **named)


def test_a_job_waits_until_a_worker_does_it(clerk):
    job = counting(clerk)
    assert job_view(job.pk, clerk).state == "waiting"
    work_off()
    seen = job_view(job.pk, clerk)
    assert (seen.state, seen.done, seen.total, seen.message, seen.facts) == (
        "done",
        3,
        3,
        "Counted to %(upto)s",
        {"upto": 3},
    )
    assert seen.result["by"] == clerk.name


def test_beginning_and_end_stand_in_the_chain_and_it_verifies(clerk, home):
    job = counting(clerk)
    work_off()
    acts = list(Event.objects.filter(subject=f"job {job.pk}").order_by("seq").values_list("action", flat=True))
    assert acts == ["job.create", "job.end"]
    assert not verify(home.database_url or str(home.database_file), home.key_file).faults


def test_asking_twice_for_the_same_is_one_job(clerk):
    first, second = counting(clerk, subject="batch 1"), counting(clerk, subject="batch 1")
    assert first.pk == second.pk
    work_off()
    assert counting(clerk, subject="batch 1").pk != first.pk


def test_an_error_of_the_house_is_kept_as_its_sentence(clerk):
    job = start_job(by=clerk, kind="test.refused", request={})
    work_off()
    seen = job_view(job.pk, clerk)
    assert (seen.state, seen.facts["place"]) == ("failed", 1)
    assert seen.message.startswith("The tree of places has no place")


def test_of_a_mistake_of_the_program_nothing_is_kept(clerk):
    job = start_job(by=clerk, kind="test.mistake", request={})
    work_off()
    seen = job_view(job.pk, clerk)
    assert (seen.state, seen.message) == ("failed", BROKE)
    from django_tasks_db.models import DBTaskResult

    assert not DBTaskResult.objects.exclude(traceback="").exists()


def test_grants_are_looked_up_again_when_the_job_starts(clerk):
    job = counting(clerk)
    ended = Grant.objects.filter(person_id=clerk.person_id)
    ended.update(to_on=ended.first().from_on + timedelta(1))
    work_off()
    assert clerk.grants
    assert job_view(job.pk, clerk).result["grants"] == 0


def test_a_job_stops_where_it_may_be_stopped(clerk):
    job = start_job(by=clerk, kind="test.count", request={"upto": 2000, "seconds": 0.01})
    worker = threading.Thread(target=lambda: (work_off(), connections.close_all()))
    worker.start()
    wait_until(lambda: job_view(job.pk, clerk).state == "running")
    cancel_job(job=job)
    worker.join(30)
    seen = job_view(job.pk, clerk)
    assert (seen.state, seen.stopping) == ("cancelled", False)
    assert seen.message == "The job was cancelled. Nothing was changed."


def test_a_job_that_waits_is_cancelled_without_being_begun(clerk):
    job = counting(clerk)
    cancel_job(job=job)
    assert job_view(job.pk, clerk).stopping
    work_off()
    assert job_view(job.pk, clerk).state == "cancelled"


def test_a_job_whose_worker_was_killed_is_broken_and_starts_again(clerk, home):
    job = start_job(by=clerk, kind="test.count", request={"upto": 1000, "seconds": 0.1})
    code = "import django; django.setup(); import tests.work.kinds_of_jobs as k; k.work_off()"
    worker = subprocess.Popen([sys.executable, "-c", code])
    wait_until(lambda: job_view(job.pk, clerk).done >= 2)
    with pytest.raises(JobNotBroken):
        start_job_again(by=clerk, job=job)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert job_view(job.pk, clerk).state == "broken"
    Job.objects.filter(pk=job.pk).update(request={"upto": 2})
    start_job_again(by=clerk, job=job)
    work_off()
    assert job_view(job.pk, clerk).state == "done"
    with pytest.raises(JobNotBroken):
        start_job_again(by=clerk, job=job)


def test_others_do_not_see_a_job_but_approvers_of_the_area_do(clerk, approver, people):
    job = counting(clerk)
    assert job_view(job.pk, approver).person == clerk.name
    assert not job_view(job.pk, approver).mine
    assert not jobs_seen(people.analyst)
    with pytest.raises(JobUnknown):
        job_named(job.pk, people.analyst)


def test_a_result_is_its_makers_and_those_who_read_there(clerk, approver, people):
    job = counting(clerk)
    work_off()
    assert result_file(job.pk, clerk, 0)[1] == "清单.txt"
    assert result_file(job.pk, approver, 0)[0].read_text() == "counted"
    for number in (1, -1):
        with pytest.raises(JobUnknown):
            result_file(job.pk, clerk, number)


def test_progress_is_whole_at_any_moment(tmp_path):
    folder = JobFolder(tmp_path / "job")
    folder.prepare()
    assert folder.read() == Note()
    folder.write(Note(1, 2, "x", {"a": 1}))
    assert folder.read() == Note(1, 2, "x", {"a": 1})
    (folder.path / "progress.json").write_text("{half")
    assert folder.read() == Note()


def test_what_is_old_is_swept_away(tmp_path):
    for name, age in (("old", 100), ("new", 0)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age, time.time() - age))
    sweep(tmp_path, 50)
    assert [one.name for one in tmp_path.iterdir()] == ["new"]
    sweep(tmp_path / "missing", 0)


def wait_until(holds, seconds=30):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.05)
