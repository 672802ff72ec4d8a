"""Write the roster of a place as a workbook, for who may read it."""

import hashlib
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_required
from bangfu.audit.actions import append_event
from bangfu.documents.counting import rows_in_list
from bangfu.documents.workbook import ListSheet, write_list
from bangfu.kernel.actors import Can, require
from bangfu.kernel.home import Home
from bangfu.params import load
from bangfu.places.models import Place
from bangfu.places.queries import resolve
from bangfu.places.scope import COUNTRY, Scope
from bangfu.registry.exports import ENTRY_FIELDS, roster, roster_counts
from bangfu.work.actions.start_job import start_job
from bangfu.work.models import Job

TITLE: Final = "建档立卡名册"
ENTRY_NOTE: Final = "联系电话不导出。需要更正时在该列填写新号码，空白不作改动；改好后原样导入。"


@transaction.atomic
def export_roster(
    *, by: ActingPerson, out: Path, place: str | int | None, reveal: bool = False, entry: bool = False
) -> dict[str, Any]:
    """Write the roster (名册导出) and note in the audit chain who took what; the rows written are counted twice.

    place   code or number of the place; None: all that the person may read
    reveal  show ID numbers and phones; asks for the right to see them
    entry   an empty column for phones, in which new ones may be written
    Returns rows, households and the SHA-256 of the workbook
    Raises  NotPermitted, PlaceUnknown
    """
    scope, county = scope_required(by, Can.READ_REGISTER), COUNTRY
    if place is not None:
        found = resolve(scope, place)
        scope, county = Scope((found.number,)), found.county
    if reveal:
        for root in scope.roots:
            require(by, Can.REVEAL, root)
    rows = roster(
        scope,
        load(),
        reveal=Home.current().keys if reveal else None,
        entry=ENTRY_FIELDS if entry and not reveal else frozenset(),
    )
    notes = [ENTRY_NOTE] if entry and not reveal else []
    sheet = ListSheet(name=TITLE, title=TITLE, frame=rows, labels={name: name for name in rows.columns}, notes=notes)
    write_list(out, [sheet])
    households, persons = roster_counts(scope)
    written = rows_in_list(out, above=1 + len(notes))
    assert written == rows.height == persons, "the list and the register count differently"
    told = {"rows": written, "households": households}
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    body = {**told, "place": place, "columns": rows.columns, "sensitive": reveal, "sha256": digest}
    append_event(by=by, county=county, action="register.export", subject="roster", body=body)
    return {**told, "sha256": digest}


def ask_roster(*, by: ActingPerson, place: str | int) -> Job:
    """Have the roster of a place written as a job (名册导出); raises NotPermitted, PlaceUnknown."""
    found: Place = resolve(scope_required(by, Can.READ_REGISTER), place)
    return start_job(
        by=by,
        kind="register.roster",
        request={"place": found.number, "name": found.name},
        subject=f"roster {found.number} for person {by.person_id}",
        place=found.number,
    )
