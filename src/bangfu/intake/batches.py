"""What a batch reported, as numbers: of each file, and of all together."""

import json
from collections.abc import Sequence
from typing import Any

from bangfu.intake.models import Batch

COUNTED = ("rows", "accepted", "rejected", "added", "changed", "unchanged")
"""What the report of each file counts."""


def with_reports(found: Sequence[Batch]) -> list[Batch]:
    """Return these batches with their reports, which lists leave behind, read at once."""
    whole = Batch.objects.in_bulk([batch.pk for batch in found])
    return [whole[batch.pk] for batch in found]


def report_of(batch: Batch) -> list[dict[str, Any]]:
    """Return what the import reported of each file, without any identity."""
    told: list[dict[str, Any]] = json.loads(batch.summary)
    return told


def totals(report: list[dict[str, Any]]) -> dict[str, int]:
    """Return the counts of all files together."""
    return {name: sum(one[name] for one in report) for name in COUNTED}
