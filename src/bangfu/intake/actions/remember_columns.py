"""Remember what a clerk said of the columns of a sheet."""

from django.db import transaction

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_required
from bangfu.audit.actions import append_event
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_number
from bangfu.audit.verifier import canonical_json
from bangfu.intake.corrections import Correction
from bangfu.intake.models import ColumnMapping
from bangfu.kernel.actors import Can
from bangfu.kernel.home import Home
from bangfu.places.scope import COUNTRY

COLUMNS = ("id", "person_id", "ledger", "fields")


@transaction.atomic
def remember_columns(*, by: ActingPerson, correction: Correction) -> ColumnMapping:
    """Keep a correction for later files of this person (记住列对应); saying the same again adds nothing.

    by      needs the right to stage imports somewhere
    Raises  NotPermitted
    """
    scope_required(by, Can.STAGE_IMPORT)
    fields = canonical_json(dict(correction.fields))
    latest = ColumnMapping.objects.filter(person_id=by.person_id).order_by("-id").first()
    if latest is not None and (latest.ledger, latest.fields) == (correction.ledger, fields):
        return latest
    row = (next_number(ColumnMapping), by.person_id, correction.ledger, fields)
    promise = commit_rows(Home.current().keys, COLUMNS, [row])
    event = append_event(
        by=by,
        county=COUNTRY,
        action="import.map_columns",
        subject=f"person {by.person_id}",
        body={
            "ledger": correction.ledger,
            "columns": len(correction.fields),
            "tables": {ColumnMapping._meta.db_table: promise},
        },
    )
    return ColumnMapping.objects.create(**dict(zip(COLUMNS, row, strict=True)), event=event)
