"""Write a roster for Excel, and note who took what."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import transaction

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_required
from bangfu.audit.actions import append_event
from bangfu.documents.workbook import ListSheet, rows_written, write_list
from bangfu.kernel.actors import Can, require
from bangfu.kernel.home import Home
from bangfu.params import load
from bangfu.params.field import SENSITIVE
from bangfu.places.models import Place
from bangfu.places.queries import resolve
from bangfu.places.scope import COUNTRY, Scope, chain_of
from bangfu.registry.exports import ENTRY_FIELDS, roster, roster_counts
from bangfu.work.actions.start_job import start_job
from bangfu.work.models import Job

TITLE: Final = "建档立卡名册"
ENTRY_NOTE: Final = "联系电话不导出。需要更正时在该列填写新号码，空白不作改动；改好后原样导入。"


@dataclass(frozen=True, slots=True)
class Exported:
    """A written roster: where it lies, its rows and households, and the digest of the file."""

    path: Path
    rows: int
    households: int
    sha256: str


@transaction.atomic
def export_roster(
    *,
    by: ActingPerson,
    out: Path,
    place: str | int | None = None,
    households: Sequence[int] | None = None,
    reveal: bool = False,
    entry: bool = False,
) -> Exported:
    """Write persons as a list that can be imported again (名册导出), and note in the audit chain who took what.

    The rows are counted three times: in the register, in the list, and in the file read back.

    out         the workbook to write
    place       code or number of the place; None: all that the person may read
    households  only these of the place; None: all
    reveal      show ID numbers and phones; asks for the right to see them
    entry       an empty column for phones, in which new ones may be written
    Raises      NotPermitted, PlaceUnknown
    """
    scope = scope_required(by, Can.READ_REGISTER)
    if place is not None:
        scope = Scope((resolve(scope, place).number,))
    for root in scope.roots if reveal else ():
        require(by, Can.REVEAL, root)
    fields = ENTRY_FIELDS if entry and not reveal else frozenset()
    keys = Home.current().keys if reveal else None
    taken = roster(scope, load(), reveal=keys, households=households, entry=fields)
    rows, notes = taken.rows, [ENTRY_NOTE] if fields else []
    sheet = ListSheet(name=TITLE, title=TITLE, frame=rows, labels={name: name for name in rows.columns}, notes=notes)
    write_list(out, [sheet])
    written = rows_written(out, header_rows=2 + len(notes))
    counted = roster_counts(scope, households)
    assert counted == (taken.households, rows.height), "the list and the register count differently"
    assert written == rows.height, "the file holds every row"
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    body = {
        "rows": rows.height,
        "households": taken.households,
        "sha256": digest,
        "places": list(scope.roots),
        "columns": rows.columns,
        "highest_class": SENSITIVE if reveal else SENSITIVE - 1,
    }
    county = chain_of(scope.roots[0]) if len(scope.roots) == 1 else COUNTRY
    append_event(by=by, county=county, action="register.export", subject="roster", body=body)
    return Exported(out, rows.height, taken.households, digest)


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
