"""Ask for long work, start it again when its worker died, ask it to stop."""

from typing import Any

from django.db import transaction

from bangfu.audit.actions import append_event
from bangfu.kernel.actors import Actor
from bangfu.kernel.errors.register import JobNotBroken
from bangfu.kernel.home import Home
from bangfu.places.scope import COUNTRY
from bangfu.work.job_files import JobFolder
from bangfu.work.jobs import kinds, perform
from bangfu.work.models import Job, JobState

_OPEN = (JobState.WAITING, JobState.RUNNING)


@transaction.atomic
def start_job(*, by: Actor, kind: str, request: dict[str, Any], subject: str = "", place: int = COUNTRY) -> Job:
    """Ask for long work (提交后台作业), under the permission of the caller's verb.

    Asking twice for the same kind and subject gives the job that is open already: a button pressed
    twice does nothing twice.

    kind     see work.jobs.job_kind
    request  what the work needs to know; no personal facts
    subject  what it is about; '' never counts as the same
    place    whose approvers see the job
    """
    assert kind in kinds(), f"nothing does {kind}"
    if subject:
        for open_already in Job.objects.select_for_update().filter(kind=kind, subject=subject, state__in=_OPEN):
            if open_already.state == JobState.WAITING or JobFolder.of(open_already.pk, Home.current()).alive:
                return open_already
    job = Job.objects.create(person_id=by.person_id, kind=kind, subject=subject, request=request, place=place)
    _enqueue(by, job, "job.create")
    return job


@transaction.atomic
def start_job_again(*, by: Actor, job: Job) -> None:
    """Let a job be done after all whose worker died, or that failed or was cancelled (重新开始).

    Raises JobNotBroken when it is under way or has ended well
    """
    held = Job.objects.select_for_update().get(pk=job.pk)
    folder = JobFolder.of(held.pk, Home.current())
    if held.person_id != by.person_id or held.state in {JobState.WAITING, JobState.DONE} or folder.alive:
        raise JobNotBroken
    folder.forget_wish()
    held.state, held.message, held.facts, held.result = JobState.WAITING, "", {}, {}
    held.started_at = held.ended_at = None
    held.save()
    _enqueue(by, held, "job.restart")


def cancel_job(*, job: Job) -> None:
    """Ask a job to stop at its next safe point (取消任务); one that has ended is left as it is.

    The wish is left beside the progress: the register may be locked by the very job that is to stop.
    """
    if job.state in _OPEN:
        JobFolder.of(job.pk, Home.current()).ask_to_stop()


def _enqueue(by: Actor, job: Job, action: str) -> None:
    body = {"kind": job.kind, "of": job.subject, "request": job.request}
    append_event(by=by, county=COUNTRY, action=action, subject=f"job {job.pk}", body=body)
    perform.enqueue(job.pk)
