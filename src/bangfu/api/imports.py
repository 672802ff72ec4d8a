"""Imports: what was staged, by whom, and what came of it; no row and no cell of a file."""

from datetime import datetime
from typing import Any

from ninja import Query, Router, Schema

from bangfu.access.policies import Request, needs
from bangfu.api.schemas import Number, Page, Paging
from bangfu.intake.batches import COUNTED, report_of, totals, with_reports
from bangfu.intake.models import Batch
from bangfu.intake.queries import batch_counts, batch_seen, batches_seen
from bangfu.kernel.actors import Can

router = Router(tags=["imports"])
_RIGHTS = (Can.STAGE_IMPORT, Can.APPROVE_IMPORT, Can.UNDO_IMPORT)


class Counted(Schema):
    """Rows of files, and what they would change or changed."""

    rows: int
    accepted: int
    rejected: int
    added: int
    changed: int
    unchanged: int


class ImportRow(Counted):
    """A batch: staged, applied or undone."""

    batch: int
    state: str
    staged_at: datetime
    files: int


class CellError(Schema):
    """A doubt or a fault in a cell: where it stands and what it is, not what the cell says."""

    sheet: str | None
    row: int | None
    column: str | None
    code: str
    severity: str


class ImportFile(Counted):
    """A file of a batch; `more_errors` were left off."""

    number: int
    layout: str | None
    errors: list[CellError]
    more_errors: int


class ImportWhole(ImportRow):
    """A batch with its files."""

    reports: list[ImportFile]


@router.get("/imports", response=Page[ImportRow])
@needs(*_RIGHTS)
def imports(request: Request, wanted: Query[Paging]) -> dict[str, Any]:
    """List your own batches and those that lie in your area whole, the latest first."""
    actor, scope = request.actor, request.scope
    count = sum(batch_counts(actor, scope).values())
    found = batches_seen(actor, scope, None, wanted.offset, wanted.limit)
    rows = [_row(batch) for batch in with_reports(found)]
    return {"count": count, "limit": wanted.limit, "offset": wanted.offset, "items": rows}


@router.get("/imports/{batch}", response=ImportWhole)
@needs(*_RIGHTS)
def one_import(request: Request, batch: Number) -> dict[str, Any]:
    """Show a batch: its counts, and the doubts and faults of each file by cell."""
    found = batch_seen(batch, request.actor, request.scope)
    names = ("layout", "errors", "more_errors", *COUNTED)
    told = enumerate(report_of(found), start=1)
    reports = [{"number": number, **{name: one[name] for name in names}} for number, one in told]
    return {**_row(found), "reports": reports}


def _row(batch: Batch) -> dict[str, Any]:
    report = report_of(batch)
    facts = {"batch": batch.pk, "state": batch.state, "staged_at": batch.staged_at, "files": len(report)}
    return {**facts, **totals(report)}
