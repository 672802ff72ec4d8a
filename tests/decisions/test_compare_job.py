"""A comparison as a job: with progress, started again without asking twice."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bangfu.decisions.models import Comparison, Hit
from bangfu.intake.uploads import keep_files
from bangfu.work.actions.start_job import start_job
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
