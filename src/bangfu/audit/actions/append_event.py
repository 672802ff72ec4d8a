"""Append events to the chains of counties."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from bangfu.audit.models import Event, Head
from bangfu.audit.verifier import GENESIS, SEALED, canonical_json, instant, link, seal
from bangfu.kernel.actors import Actor
from bangfu.kernel.home import Home


@dataclass(frozen=True, slots=True)
class Entry:
    """What one event says: the county's number, the subject (kind and number) and the body."""

    county: int
    subject: str
    body: dict[str, Any]


def append_event(*, by: Actor, county: int, action: str, subject: str, body: dict[str, Any]) -> Event:
    """Append one event to the county's chain, inside the caller's transaction (记入审计链).

    The county's head stays locked until the transaction ends: its events have one order. The rows that
    the transaction writes carry the event's number in `event`.

    by       who acts; the entry keeps number and name
    county   number of the county; 0 for what stands above counties
    action   the verb, `noun.verb`
    subject  kind and number of what it is done to; never a name or an identity number
    body     facts for the reader, JSON; under `tables` table -> `commit_frame(...)` of the rows
             written, under `replaced` table -> [[event, key, digest in hex]...] of the rows changed
    """
    return append_events(by=by, action=action, entries=[Entry(county, subject, body)])[0]


def append_events(*, by: Actor, action: str, entries: Sequence[Entry]) -> list[Event]:
    """Append several events of the same verb, to as many chains as they name, in the order given."""
    heads = _lock({entry.county for entry in entries})
    commit_key, at = Home.current().keys.commit, timezone.now()
    events = [_next(heads[entry.county], entry, by, action, at) for entry in entries]
    for event in events:
        event.seal = seal(commit_key, event.hash)
    written = Event.objects.bulk_create(events)
    Head.objects.bulk_create(
        heads.values(), update_conflicts=True, unique_fields=["county"], update_fields=["seq", "hash"]
    )
    return written


def lock_chain(county: int) -> None:
    """Hold the county's chain until the transaction ends: what is read after this cannot change under us.

    A verb that decides by what it reads (approved by whom? applied already?) calls this first. Who needs
    several chains locks them from the smallest number up, the country's before a county's.
    """
    _lock({county})


def _lock(counties: set[int]) -> dict[int, Head]:
    assert connection.in_atomic_block, "an event belongs to the transaction of what it records"
    ordered = sorted(counties)
    missing = set(ordered) - set(Head.objects.filter(county__in=ordered).values_list("county", flat=True))
    Head.objects.bulk_create(
        [Head(county=county, seq=0, hash=GENESIS) for county in sorted(missing)], ignore_conflicts=True
    )
    locked = Head.objects.select_for_update().filter(county__in=ordered).order_by("county")
    return {head.county: head for head in locked}


def _next(head: Head, entry: Entry, by: Actor, action: str, at: Any) -> Event:
    facts = {
        "action": action,
        "actor_id": by.person_id,
        "actor_name": by.name,
        "body": canonical_json(entry.body),
        "county": entry.county,
        "seq": head.seq + 1,
        "subject": entry.subject,
    }
    digest = link(head.hash, {**facts, "at": instant(at)})
    assert facts.keys() | {"at"} == set(SEALED)
    event = Event(**facts, at=at, prev_hash=head.hash, hash=digest)
    head.seq, head.hash = head.seq + 1, digest
    return event
