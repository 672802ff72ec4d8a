"""Everything that reads batches."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bangfu.audit.models import Event
from bangfu.intake.models import Batch
from bangfu.kernel.errors.register import BatchNotFound


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
