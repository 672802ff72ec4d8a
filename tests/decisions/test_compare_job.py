"""A comparison as a job: with progress, started again without asking twice."""

import os
import time
from datetime import date
from types import SimpleNamespace

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bangfu.decisions.models import Comparison, Hit
from bangfu.intake.uploads import keep_files
from bangfu.work.actions.start_job import cancel_job, start_job
from bangfu.work.job_files import UPLOAD_KEPT_S, JobFolder
from bangfu.work.models import Job
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store


def asked(hamlet, who, county, lists, **more):
    file = lists.folder / "payroll.xlsx"
    upload = keep_files([SimpleUploadedFile(file.name, file.read_bytes())], hamlet)
    request = {"upload": upload, "county": county, "kind": "payroll", "on": "2016-12-31", **more}
    return start_job(by=who.clerk, kind="decisions.compare", request=request)


def test_a_list_is_compared_by_a_worker(hamlet, who, county, lists):
    job = asked(hamlet, who, county, lists, ids_only=True, office="县财政局")
    work_off()
    job = Job.objects.get(pk=job.pk)
    row = Comparison.objects.get()
    assert (job.state, job.done, job.total) == ("done", 4, 4)
    assert job.result["comparison"] == row.pk
    assert (row.office, row.stated_on, row.matched) == ("县财政局", date(2016, 12, 31), job.result["matched"])
    assert job.facts["fresh"] == Hit.objects.count() > 0


def test_a_job_whose_file_is_gone_says_so(hamlet, who, county, lists):
    job = asked(hamlet, who, county, lists)
    Job.objects.filter(pk=job.pk).update(request={**job.request, "upload": "none"})
    work_off()
    assert Job.objects.get(pk=job.pk).result["code"] == "BF191"


def of_handed(hamlet):
    return [one.name for one in hamlet.uploads.glob("*/*/*")]


def test_a_list_that_is_refused_does_not_stay_behind(hamlet, who, county, lists):
    job = asked(hamlet, who, county, lists, kind="disability")
    work_off()
    assert Job.objects.get(pk=job.pk).result["code"] == "BF193"
    assert of_handed(hamlet) == []


def test_a_list_whose_comparison_was_stopped_waits_a_day_for_a_new_start(hamlet, who, county, lists):
    job = asked(hamlet, who, county, lists, ids_only=True)
    cancel_job(job=job)
    work_off()
    assert Job.objects.get(pk=job.pk).state == "cancelled"
    assert of_handed(hamlet) == ["payroll.xlsx"]
    (upload,) = hamlet.uploads.iterdir()
    os.utime(upload, (time.time() - UPLOAD_KEPT_S - 60,) * 2)
    start_job(by=who.clerk, kind="test.count", request={"upto": 1})
    work_off()
    assert of_handed(hamlet) == [], "whatever is done next sweeps it away"


def test_the_rejected_rows_are_written_before_the_list_is_dropped(hamlet, who, county, tmp_path, monkeypatch):
    from bangfu.documents.workbook import ListSheet, write_list

    rows = pl.DataFrame({"name": ["龘某", ""], "employer": ["某局", "某局"], "post": ["科员", "科员"]})
    labels = {"name": "姓名", "employer": "单位名称", "post": "职务"}
    write_list(tmp_path / "payroll.xlsx", [ListSheet(name="名单", title="", frame=rows, labels=labels)])

    def killed(*_):
        raise SystemExit

    monkeypatch.setattr("bangfu.decisions.comparing.drop_files", killed)
    job = asked(hamlet, who, county, SimpleNamespace(folder=tmp_path), ids_only=True)
    work_off()
    assert Job.objects.get(pk=job.pk).state == "running"
    assert (JobFolder.of(job.pk, hamlet).path / "problems.xlsx").is_file()
    assert of_handed(hamlet) == ["payroll.xlsx"]
