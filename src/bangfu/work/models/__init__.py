"""Tables of work."""

from bangfu.work.models.lead import Lead

__all__ = ["Lead"]
