"""How long work is done: kinds of jobs, the progress they tell, and the worker's one task.

An app says what it can do in its module `jobs.py`, found by name:

    @job_kind("import.apply")
    def apply(work: Work) -> Done: ...

The function gets the person with the grants of the moment, tells how far it is with `work.progress.step`,
which is also where it may be stopped, and returns what came of it. What it changes it changes in one
transaction of its own, so that a worker killed anywhere leaves all of it or nothing.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from django.utils.module_loading import autodiscover_modules
from django_tasks import task

from bangfu.access.acting import ActingPerson, today
from bangfu.kernel.errors import BangfuError
from bangfu.kernel.errors.register import JobCancelled
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text, mark
from bangfu.work.actions.end_job import Ending, begin_job, end_job
from bangfu.work.job_files import JobFolder, Note, sweep_home
from bangfu.work.models import Job, JobState

logger = logging.getLogger("bangfu.jobs")
_LOOK_S: Final = 0.5
BROKE: Final = mark("The program made a mistake, and nothing was changed. Please tell your system administrator when.")


class Progress:
    """Tells how far a job is, at most twice a second, and stops it where it may be stopped."""

    def __init__(self, folder: JobFolder) -> None:
        self._folder = folder
        self._told_at = 0.0
        self.last = Note()

    def step(self, done: int, total: int, message: str = "", **facts: Any) -> None:
        """Note that so much of so much is done, and what comes next.

        message  an English message id for people; facts must not hold anything personal
        Raises   JobCancelled when somebody asked the job to stop: call it only where stopping is safe
        """
        if self._folder.asked_to_stop:
            raise JobCancelled
        other = message != self.last.message
        self.last = Note(done, total, message, facts)
        if other or done == total or time.monotonic() - self._told_at >= _LOOK_S:
            self._told_at = time.monotonic()
            self._folder.write(self.last)

    def finish(self, total: int) -> None:
        """Note that all is done; what is done cannot be stopped any more."""
        self.last = Note(total, total, self.last.message, self.last.facts)
        self._folder.write(self.last)


@dataclass(frozen=True, slots=True)
class Work:
    """What the function of a kind gets: the job, who acts, the home, and where results may be written."""

    job: Job
    by: ActingPerson
    home: Home
    progress: Progress
    folder: JobFolder


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job: a sentence for people (an English message id and its facts), and counts and file names."""

    message: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    result: Mapping[str, Any] = field(default_factory=dict)


Doing = Callable[[Work], Done]
_KINDS: Final[dict[str, Doing]] = {}
TITLES: Final[dict[str, str]] = {}
"""What each kind is called, as English message ids."""


def job_kind(name: str, title: str) -> Callable[[Doing], Doing]:
    """Let jobs of this kind be done by the function.

    title  what people call it, an English message id
    """

    def registered(doing: Doing) -> Doing:
        assert name not in _KINDS, f"two functions do {name}"
        _KINDS[name] = doing
        TITLES[name] = title
        return doing

    return registered


@cache
def kinds() -> Mapping[str, Doing]:
    """Return every kind that an app brings in its `jobs.py`."""
    autodiscover_modules("jobs")
    return _KINDS


def title_of(kind: str) -> str:
    """Return what people call a kind, an English message id."""
    kinds()
    return TITLES[kind]


@task()
def perform(name: str) -> None:
    """Do the job of this name; what the worker runs. A job that another process does is left to it."""
    home = Home.current()
    sweep_home(home)
    folder = JobFolder.of(name, home)
    with folder.held() as mine:
        job = begin_job(name) if mine else None
        if job is None:
            return
        progress = Progress(folder)
        by = ActingPerson.of(job.person, today())
        end_job(by=by, job=job, ending=_outcome(Work(job, by, home, progress, folder)))


def _outcome(work: Work) -> Ending:
    """Do the work and return how it ended; nothing of an error's own words is kept but those of the house."""
    state, said = JobState.DONE, Done("")
    try:
        work.progress.step(0, 0)
        said = kinds()[work.job.kind](work)
    except JobCancelled as stopped:
        state, said = JobState.CANCELLED, Done(stopped.message)
    except BangfuError as error:
        state, said = JobState.FAILED, Done(error.message, plain_facts(error.facts), {"code": error.code})
    except Exception:
        logger.exception("A job of the kind %s went wrong.", work.job.kind)
        state, said = JobState.FAILED, Done(BROKE)
    last = work.progress.last
    return Ending(state, said.message, plain_facts(said.facts), dict(said.result), (last.done, last.total))


def plain_facts(facts: Mapping[str, object]) -> dict[str, Any]:
    """Return facts as JSON can hold them; texts of the field keep both languages."""
    return {
        name: {"zh": fact.zh, "en": fact.en}
        if isinstance(fact, Text)
        else fact
        if isinstance(fact, int | float | str | dict)
        else str(fact)
        for name, fact in facts.items()
    }
