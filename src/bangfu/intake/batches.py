"""The batches that a person may look at: their own, and those whose counties lie in their area whole."""

import json
from typing import Any

from bangfu.access.acting import ActingPerson
from bangfu.intake.models import Batch
from bangfu.kernel.errors.register import BatchNotFound
from bangfu.places.scope import Scope

COUNTED = ("rows", "accepted", "rejected", "added", "changed", "unchanged")
"""What the report of each file counts."""


def visible(actor: ActingPerson, scope: Scope) -> list[int]:
    """Return the numbers of the batches that the person may look at, the latest first."""
    inside: dict[str, bool] = {}
    found = []
    for number, maker, heads in Batch.objects.order_by("-id").values_list("id", "maker_id", "heads"):
        counties = json.loads(heads)
        for county in counties.keys() - inside.keys():
            inside[county] = scope.contains(int(county))
        if maker == actor.person_id or (counties and all(inside[county] for county in counties)):
            found.append(number)
    return found


def batch_seen(actor: ActingPerson, scope: Scope, number: int) -> Batch:
    """Return a batch that the person may look at; raises BatchNotFound for every other number."""
    batch = Batch.objects.filter(pk=number).first()
    if batch is None or number not in visible(actor, scope):
        raise BatchNotFound(batch=number)
    return batch


def batches(numbers: list[int]) -> list[Batch]:
    """Return these batches in the order of the numbers."""
    found = Batch.objects.in_bulk(numbers)
    return [found[number] for number in numbers]


def report_of(batch: Batch) -> list[dict[str, Any]]:
    """Return what the import reported of each file, without any identity."""
    told: list[dict[str, Any]] = json.loads(batch.summary)
    return told


def totals(report: list[dict[str, Any]]) -> dict[str, int]:
    """Return the counts of all files together."""
    return {name: sum(one[name] for one in report) for name in COUNTED}
