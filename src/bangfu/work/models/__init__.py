"""Tables of work."""

from bangfu.work.models.job import Job, JobState
from bangfu.work.models.lead import Lead

__all__ = ["Job", "JobState", "Lead"]
