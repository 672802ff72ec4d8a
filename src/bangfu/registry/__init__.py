"""The register (建档立卡): households, persons, dated facts, identities apart, status events.

Rows are only ever added. Every row names the audit event that recorded it, so that its time,
author and source are the event's; undoing a batch marks its event, it removes nothing.
"""
