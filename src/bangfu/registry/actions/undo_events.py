"""Undo a recorded act: its rows no longer count, and nothing is removed."""

from collections.abc import Sequence

from django.db import connection, transaction

from bangfu.audit.actions import append_event
from bangfu.audit.commitments import commit_rows
from bangfu.audit.models import Event
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.errors.register import LaterRowsStand
from bangfu.kernel.secrets import Keys
from bangfu.registry.models import Undo
from bangfu.registry.topics import topics


@transaction.atomic
def undo_events(*, by: Actor, events: Sequence[Event], subject: str, keys: Keys) -> list[Event]:
    """Mark recorded acts as undone (撤销), unless later acts stand on what they recorded.

    by       needs the right to undo imports in each act's county
    events   the acts of one batch, at most one for each county
    subject  what is undone, for the audit chain
    keys     the installation's keys, for the commitments
    Returns  the new events
    Raises   LaterRowsStand with the later acts that must be undone first
    """
    made = []
    for event in events:
        require(by, Can.UNDO_IMPORT, event.county)
        later = _later_events(event)
        if later:
            raise LaterRowsStand(subject=subject, later=", ".join(later))
        promise = commit_rows(keys, ["undone_id"], [(event.pk,)], key="undone_id")
        undoing = append_event(
            by=by,
            county=event.county,
            action="registry.undo",
            subject=subject,
            body={"undone": event.pk, "tables": {"registry_undo": promise}},
        )
        Undo.objects.create(undone=event, event=undoing)
        made.append(undoing)
        with connection.cursor() as cursor:
            for table in ("registry_household", "registry_person", "registry_identity"):
                cursor.execute(f"UPDATE {table} SET live = %s WHERE event_id = %s", [False, event.pk])
            cursor.execute(_REVIVE, [True, event.pk, event.county])
    return made


def _later_events(event: Event) -> list[str]:
    """Return the subjects of later acts, not undone, on households or persons that this act wrote about."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for topic in topics().values():
            cursor.execute(
                f"SELECT DISTINCT e.subject FROM {topic.table} f JOIN audit_event e ON e.id = f.event_id "
                f"WHERE f.county = %s AND f.event_id > %s AND f.event_id NOT IN (SELECT undone_id FROM registry_undo) "
                f"AND f.{topic.key} IN (SELECT {topic.key} FROM {topic.table} WHERE event_id = %s)",
                [event.county, event.pk, event.pk],
            )
            found.update(subject for (subject,) in cursor.fetchall())
    return sorted(found)


_REVIVE = """
UPDATE registry_identity SET live = %s WHERE id IN (
    SELECT MAX(id) FROM registry_identity WHERE event_id NOT IN (SELECT undone_id FROM registry_undo)
    AND person_id IN (SELECT person_id FROM registry_identity WHERE event_id = %s) AND county = %s
    GROUP BY person_id)
"""
