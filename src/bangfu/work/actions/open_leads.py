"""Open doubts for persons to look into."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import groupby

from django.db import connection

from bangfu.audit.actions import Entry, append_events
from bangfu.audit.commitments import commit_rows
from bangfu.audit.models import Event
from bangfu.audit.row_numbers import next_numbers
from bangfu.kernel.actors import Actor
from bangfu.kernel.home import Home
from bangfu.work.models import Lead

COLUMNS = ("id", "kind", "county", "subject_kind", "subject_id", "evidence", "state", "outcome")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is doubted, about whom, and why.

    evidence  one sentence without names or identity numbers
    """

    kind: str
    county: int
    subject_kind: str
    subject_id: int
    evidence: str


def open_leads(*, by: Actor, event: Event | None, rows: Sequence[Doubt]) -> int:
    """Open a lead for each doubt (疑点交办), inside the caller's transaction and under its permission.

    A doubt that is open already, word for word, is not opened twice.

    event    the audit event that gives the cause, None when there is none
    Returns  the number of leads opened
    """
    assert connection.in_atomic_block
    known = _open_already(rows)
    return len(_opened(by, event, known, rows)) - len(known)


def open_each(*, by: Actor, event: Event | None, rows: Sequence[Doubt]) -> list[int]:
    """Open a lead for each doubt as `open_leads` does, and return the number of the lead that each has.

    Returns  one number for each of the rows, in their order; a doubt that is open already keeps its lead
    """
    assert connection.in_atomic_block
    numbers = _opened(by, event, _open_already(rows), rows)
    return [numbers[doubt] for doubt in rows]


def _opened(by: Actor, event: Event | None, known: Mapping[Doubt, int], rows: Sequence[Doubt]) -> dict[Doubt, int]:
    """Open what is not open yet; return the lead of every doubt, those known before included."""
    fresh = _fresh(known, rows)
    numbers = next_numbers(Lead, len(fresh)) if fresh else []
    values = [
        (number, *astuple(doubt), Lead.State.OPEN.value, "") for number, doubt in zip(numbers, fresh, strict=True)
    ]
    by_county = {county: list(some) for county, some in groupby(values, key=lambda row: row[2])}
    keys, table, cause = Home.current().keys, Lead._meta.db_table, _cause(event)
    entries = [
        Entry(county, f"leads {len(some)}", {"cause": cause, "tables": {table: commit_rows(keys, COLUMNS, some)}})
        for county, some in by_county.items()
    ]
    events = append_events(by=by, action="lead.open", entries=entries)
    for written, some in zip(events, by_county.values(), strict=True):
        Lead.objects.bulk_create([Lead(**dict(zip(COLUMNS, row, strict=True)), event=written) for row in some])
    return {**known, **dict(zip(fresh, numbers, strict=True))}


def _open_already(rows: Sequence[Doubt]) -> dict[Doubt, int]:
    """Return those of the doubts that are open, word for word, with their leads."""
    counties = {doubt.county for doubt in rows}
    waiting = Lead.objects.filter(county__in=counties, state=Lead.State.OPEN)
    fields = ("kind", "county", "subject_kind", "subject_id", "evidence")
    asked = set(rows)
    found = ((Doubt(*row), number) for number, *row in waiting.values_list("id", *fields).iterator())
    return {doubt: number for doubt, number in found if doubt in asked}


def _fresh(known: Mapping[Doubt, int], rows: Sequence[Doubt]) -> list[Doubt]:
    fresh = (doubt for doubt in dict.fromkeys(rows) if doubt not in known)
    return sorted(fresh, key=lambda doubt: (doubt.county, doubt.kind, doubt.subject_kind, doubt.subject_id))


def _cause(event: Event | None) -> list[int] | None:
    return None if event is None else [event.county, event.seq]
