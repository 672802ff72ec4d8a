"""Take a job up, and note how it ended."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from bangfu.audit.actions import append_event
from bangfu.kernel.actors import Actor
from bangfu.places.scope import COUNTRY
from bangfu.work.models import Job, JobState


@dataclass(frozen=True, slots=True)
class Ending:
    """How a job ended: its state, what people read, counts and files, and how far it had come."""

    state: JobState
    message: str
    facts: dict[str, Any] = field(default_factory=dict)
    result: dict[str, Any] = field(default_factory=dict)
    reached: tuple[int, int] = (0, 0)


@transaction.atomic
def begin_job(name: str) -> Job | None:
    """Take up a job that waits (开始任务); None when there is none or it is done with.

    The caller holds the job's sign of life, so that no other worker takes it up as well.
    """
    job = Job.objects.select_for_update(of=("self",)).select_related("person").filter(pk=name).first()
    if job is None or job.state != JobState.WAITING:
        return None
    job.state, job.started_at = JobState.RUNNING, timezone.now()
    job.save(update_fields=["state", "started_at"])
    return job


@transaction.atomic
def end_job(*, by: Actor, job: Job, ending: Ending) -> None:
    """Note the end of a job (任务结束), in the chain above counties.

    There no batch that is being applied holds the head, so that nobody waits for another's job.
    """
    job.state, job.message, job.facts, job.result = ending.state, ending.message, ending.facts, ending.result
    job.done, job.total = ending.reached
    job.ended_at = timezone.now()
    job.save(update_fields=["state", "message", "facts", "result", "done", "total", "ended_at"])
    body = {"kind": job.kind, "of": job.subject, "state": job.state, "message": job.message}
    append_event(by=by, county=COUNTRY, action="job.end", subject=f"job {job.pk}", body=body)
