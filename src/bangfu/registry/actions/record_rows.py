"""Record rows of one county in the register, as one audited act."""

from collections.abc import Callable, Mapping

import polars as pl
from django.db import connection, transaction

from bangfu.audit.actions import append_event
from bangfu.audit.commitments import commit_frame
from bangfu.audit.models import Event
from bangfu.audit.row_numbers import table_numbers
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.bulk import write_rows
from bangfu.kernel.secrets import Keys

UNCOMMITTED = frozenset({"event_id", "live"})
"""Columns that a row's commitment leaves out: its event, and the mark that may change later."""


@transaction.atomic
def record_rows(
    *,
    by: Actor,
    county: int,
    subject: str,
    rows: Mapping[str, pl.DataFrame],
    keys: Keys,
    on_rows: Callable[[int], None] = lambda _: None,
    permission: Can | None = Can.APPROVE_IMPORT,
) -> Event:
    """Add rows to the register's tables and one event to the county's chain (登记).

    by       who records; needs the right in the county, where one is asked for
    county   number of the county that all rows belong to
    subject  what the act is about: the batch or the form
    rows     table -> columns of that table without event_id and county; a missing `id` is numbered here
    keys     the installation's keys, for the commitments
    on_rows  called with the rows written so far, after each table
    permission  the right; None where the verb that calls this asked for its own
    Returns  the event; its body holds table -> columns, row count and Merkle root
    """
    if permission is not None:
        require(by, permission, county)
    numbered = {table: _numbered(table, frame, county) for table, frame in rows.items() if not frame.is_empty()}
    body = {
        "tables": {
            table: commit_frame(keys, frame.drop(UNCOMMITTED, strict=False)) for table, frame in numbered.items()
        }
    }
    event = append_event(by=by, county=county, action="registry.record", subject=subject, body=body)
    written = 0
    for table, frame in numbered.items():
        written += write_rows(connection, table, frame.with_columns(event_id=pl.lit(event.pk, pl.Int64)))
        on_rows(written)
    return event


def _numbered(table: str, frame: pl.DataFrame, county: int) -> pl.DataFrame:
    frame = frame.with_columns(county=pl.lit(county, pl.Int64))
    if "id" in frame.columns:
        return frame.sort("id")
    return frame.with_columns(pl.Series("id", table_numbers(table, frame.height), pl.Int64))
