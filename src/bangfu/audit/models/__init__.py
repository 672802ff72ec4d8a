"""Tables of the audit chain."""

from bangfu.audit.models.event import Event
from bangfu.audit.models.head import Head

__all__ = ["Event", "Head"]
