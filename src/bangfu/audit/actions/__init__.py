"""Verbs of the audit chain."""

from bangfu.audit.actions.append_event import Entry, append_event, append_events, lock_chain

__all__ = ["Entry", "append_event", "append_events", "lock_chain"]
