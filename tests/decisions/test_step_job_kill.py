"""A worker killed in the middle of a bulk step leaves whole counties done and whole counties undone, and goes on."""

import os
import signal
import subprocess
import sys
import time
from datetime import date

import polars as pl
import pytest
from django.db import connection

from bangfu.audit.verifier import verify
from bangfu.procedures.actions.open_cases import Subjects, open_cases
from bangfu.procedures.course import version_on
from bangfu.procedures.models import Act, Standing
from bangfu.work.actions.start_job import start_job, start_job_again
from bangfu.work.queries import job_view
from tests.work.kinds_of_jobs import work_off

pytestmark = [pytest.mark.store, pytest.mark.slow]

START = date(2017, 1, 9)
CASES = 4000
_WORKER = [sys.executable, "-m", "django", "db_worker", "--interval", "0.1", "--no-startup-delay", "--batch"]


def opened(people, county, place):
    frame = pl.DataFrame(
        {"place": [place] * CASES, "subject_id": range(1, CASES + 1), "proposal": "identified", "grounds": "{}"},
        schema={"place": pl.Int64, "subject_id": pl.Int64, "proposal": pl.String, "grounds": pl.String},
    )
    version = version_on("cn_2014", "identify", START)
    return open_cases(by=people.clerk, version=version, subjects=Subjects(county, "household", frame), on=START)


def finished_first_step():
    rows = Standing.objects.filter(live=True, done=1).values_list("county", flat=True)
    return {county: list(rows).count(county) for county in set(rows)}


def test_a_worker_killed_between_counties_goes_on_where_it_was(home, people, places):
    home.move_day(START)
    for county, place in ((places.county, places.village), (places.other_county, places.other_county)):
        opened(people, county, place)
    request = {
        "programme": "cn_2014",
        "procedure": "identify",
        "law_from": version_on("cn_2014", "identify", START).law_from.isoformat(),
        "step": "application",
        "place": 0,
    }
    job = start_job(by=people.village, kind="decisions.step", request=request, subject="steps")
    connection.close()
    worker = subprocess.Popen(_WORKER, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 90
    while job_view(job.pk, people.village).done < CASES and job_view(job.pk, people.village).open:
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.005)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert set(finished_first_step().values()) == {CASES}
    if job_view(job.pk, people.village).state != "done":
        start_job_again(by=people.village, job=job)
        work_off()
    assert job_view(job.pk, people.village).state == "done"
    assert finished_first_step() == {places.county: CASES, places.other_county: CASES}
    assert Act.objects.filter(kind="done").count() == 2
    assert not verify(home.database_url or str(home.database_file), home.key_file).faults
