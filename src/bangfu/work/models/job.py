"""Long work that a worker does while pages stay quick."""

import secrets

from django.db import models
from django.utils import timezone

_NAME_BYTES = 12


def new_job_name() -> str:
    """Return a name that nobody can guess: it stands in addresses."""
    return secrets.token_urlsafe(_NAME_BYTES)


class JobState(models.TextChoices):
    """Where a job stands in the table; a running one whose worker died is broken (see queries.JobView)."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(models.Model):
    """One piece of long work (后台作业): who asked for it, where it stands and what came of it.

    Its beginning and its end are audit events; progress stands in the home beside its results, because the
    work itself may hold the register's one write lock for seconds (see job_files).

    name     opaque, for addresses
    kind     what is done, for instance import.apply; a function of that name does it (see jobs.job_kind)
    subject  what it is done to, for instance batch 12; '' for nothing in particular
    person   who asked; grants are looked up again when the job starts
    place    whose approvers see it too; 0 the whole country
    request  what the work needs to know, JSON without personal facts
    message  how it ended: an English message id, and in `facts` what fills it; no personal facts
    result   counts and names of files, JSON
    """

    name = models.CharField(max_length=22, primary_key=True, default=new_job_name)
    kind = models.CharField(max_length=40)
    subject = models.TextField(default="")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    place = models.BigIntegerField(default=0)
    request = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    message = models.TextField(default="")
    facts = models.JSONField(default=dict)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("person", "-created_at"), name="job_of_person"),
            models.Index(fields=("-created_at",), name="job_latest"),
            models.Index(fields=("kind", "subject"), name="job_subject"),
        )

    def __str__(self) -> str:
        """Return kind and subject."""
        return f"{self.kind} {self.subject}"
