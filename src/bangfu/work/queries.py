"""Everything that reads jobs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_of
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.register import JobUnknown
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text
from bangfu.work.job_files import JobFolder, Note
from bangfu.work.jobs import title_of
from bangfu.work.models import Job, JobState

BROKEN: Final = "broken"
MOST_SHOWN: Final = 100
_LONG_WAIT_S: Final = 15


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as people see it.

    state     waiting, running, done, failed, cancelled; broken: running by the table, but its worker died
    message   what it does or how it ended: an English message id, filled from `facts`
    stopping  whether it was asked to stop and has not yet
    alone     whether it waits longer than a worker would let it
    mine      whether the person who looks asked for it
    """

    name: str
    kind: str
    title: str
    subject: str
    person: str
    state: str
    done: int
    total: int
    message: str
    facts: Mapping[str, Any]
    result: Mapping[str, Any]
    request: Mapping[str, Any]
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    stopping: bool
    alone: bool
    mine: bool

    @property
    def open(self) -> bool:
        """Tell whether something may still happen to it by itself."""
        return self.state in {JobState.WAITING, JobState.RUNNING}


def jobs_seen(actor: ActingPerson) -> list[JobView]:
    """Return the latest jobs of the person, and of the area in which they approve."""
    seen = Job.objects.filter(_seen(actor)).select_related("person").order_by("-created_at")[:MOST_SHOWN]
    home = Home.current()
    return [_view(job, home, actor) for job in seen]


def job_named(name: str, actor: ActingPerson) -> Job:
    """Return a job of the person's own or of the area in which they approve; raises JobUnknown."""
    job = Job.objects.filter(_seen(actor), pk=name).select_related("person").first()
    if job is None:
        raise JobUnknown(job=name)
    return job


def job_view(name: str, actor: ActingPerson) -> JobView:
    """Return a job as the person sees it; raises JobUnknown."""
    return _view(job_named(name, actor), Home.current(), actor)


def result_file(name: str, actor: ActingPerson, number: int) -> tuple[Path, str]:
    """Return where a result of a job lies and what the file is called; raises JobUnknown when it is not there.

    Whoever sees the job of another person may see that it ran; its files are the maker's, or theirs who may
    read the register of that place.
    """
    job = job_named(name, actor)
    files = job.result.get("files", [])
    readable = job.person_id == actor.person_id or actor.may(Can.READ_REGISTER, job.place)
    if not readable or not 0 <= number < len(files):
        raise JobUnknown(job=name)
    path = JobFolder.of(job.pk, Home.current()).path / files[number]["stored"]
    if not path.is_file():
        raise JobUnknown(job=name)
    return path, files[number]["name"]


def _seen(actor: ActingPerson) -> Q:
    mine, area = Q(person_id=actor.person_id), scope_of(actor, Can.APPROVE_IMPORT)
    if area.whole:
        return Q()
    return mine | area.holds("place") if area.roots else mine


def _view(job: Job, home: Home, actor: ActingPerson) -> JobView:
    folder = JobFolder.of(job.pk, home)
    dead = job.state == JobState.RUNNING and not folder.alive
    if dead:
        job.refresh_from_db()  # it may just have ended
    state, note = job.state, Note(job.done, job.total, job.message, job.facts)
    if state == JobState.RUNNING:
        note = folder.read()
        state = BROKEN if dead else state
    waited = (timezone.now() - job.created_at).total_seconds()
    return JobView(
        name=job.pk,
        kind=job.kind,
        title=title_of(job.kind),
        subject=job.subject,
        person=job.person.name,
        state=str(state),
        done=note.done,
        total=note.total,
        message=note.message,
        facts={name: Text(**fact) if isinstance(fact, dict) else fact for name, fact in note.facts.items()},
        result=job.result,
        request=job.request,
        created_at=job.created_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
        stopping=job.state in {JobState.WAITING, JobState.RUNNING} and folder.asked_to_stop,
        alone=state == JobState.WAITING and waited > _LONG_WAIT_S,
        mine=job.person_id == actor.person_id,
    )
