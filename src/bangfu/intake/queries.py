"""Everything that reads batches and what was said of columns."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from bangfu.access.acting import ActingPerson
from bangfu.audit.models import Event
from bangfu.intake.corrections import Correction
from bangfu.intake.models import Batch, BatchState, ColumnMapping
from bangfu.kernel.errors.register import BatchNotFound
from bangfu.places.scope import Scope


def batch_named(number: int, *, lock: bool = False) -> Batch:
    """Return the batch of this number; raises BatchNotFound.

    lock  hold it until the transaction ends
    """
    batches = Batch.objects.select_for_update() if lock else Batch.objects
    found = batches.filter(pk=number).first()
    if found is None:
        raise BatchNotFound(batch=number)
    return found


@dataclass(frozen=True, slots=True)
class Source:
    """A batch from which rows of the register come: who staged it, when, and its files."""

    batch: int
    at: datetime
    actor: str
    files: tuple[str, ...]


def sources_of(subjects: Iterable[str]) -> list[Source]:
    """Return the batches among the subjects of audit events, the latest first; no file's content is read."""
    batches = sorted({subject for subject in subjects if subject.startswith("batch ")})
    told = Event.objects.filter(action="import.stage", subject__in=batches, county__gte=0).order_by("id")
    found: dict[int, Source] = {}
    for subject, at, actor, body in told.values_list("subject", "at", "actor_name", "body"):
        number = int(subject.removeprefix("batch "))
        found[number] = Source(number, at, actor, tuple(json.loads(body).get("files", ())))
    return [found[number] for number in sorted(found, reverse=True)]


def batch_seen(number: int, actor: ActingPerson, scope: Scope) -> Batch:
    """Return a batch of the person's own, or one that lies in the scope whole; raises BatchNotFound."""
    found = _seen(actor, scope).defer("summary").filter(pk=number).first()
    if found is None:
        raise BatchNotFound(batch=number)
    return found


def batches_seen(actor: ActingPerson, scope: Scope, state: str | None, start: int, most: int) -> list[Batch]:
    """Return batches of the area, the latest first.

    state  only these; None: all
    """
    found = _seen(actor, scope).defer("summary").order_by("-pk")
    if state:
        found = found.filter(state=state)
    return list(found[start : start + most])


def batch_counts(actor: ActingPerson, scope: Scope) -> dict[str, int]:
    """Return how many batches of the area are in each state."""
    states = list(_seen(actor, scope).values_list("state", flat=True))
    return {state: states.count(state) for state in BatchState.values}


def recorded_rows(number: int) -> dict[str, int]:
    """Return the rows that a batch brought into each table of the register, as the chain says."""
    rows: dict[str, int] = {}
    acts = Event.objects.filter(action="registry.record", subject=f"batch {number}")
    for body in acts.values_list("body", flat=True):
        for table, promise in json.loads(body)["tables"].items():
            rows[table] = rows.get(table, 0) + promise["rows"]
    return rows


def corrections_of(person: int) -> list[Correction]:
    """Return what a person said of columns, the latest first."""
    said = ColumnMapping.objects.filter(person_id=person).order_by("-id").values_list("ledger", "fields")
    return [Correction(ledger, json.loads(fields)) for ledger, fields in said[:_MOST]]


_MOST = 200


def _seen(actor: ActingPerson, scope: Scope) -> QuerySet[Batch]:
    return Batch.objects.select_related("maker", "acted_by").filter(Q(maker_id=actor.person_id) | scope.holds("place"))
