"""Write a roster for Excel and note who took what."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import transaction

from bangfu.audit.actions import append_event
from bangfu.documents.workbook import ListSheet, rows_written, write_list
from bangfu.kernel.actors import Actor
from bangfu.kernel.home import Home
from bangfu.params import load
from bangfu.params.field import SENSITIVE
from bangfu.places.scope import COUNTRY, Scope, chain_of
from bangfu.registry.exports import roster

TITLE: Final = "建档立卡名册"


@dataclass(frozen=True, slots=True)
class Exported:
    """A written roster: where it lies, its rows and households, the rows read back from the file, its digest."""

    path: Path
    rows: int
    households: int
    rows_in_file: int
    sha256: str


@transaction.atomic
def export_list(
    *, by: Actor, scope: Scope, out: Path, households: Sequence[int] | None = None, reveal: bool = False
) -> Exported:
    """Write the persons of a scope as a list that can be imported again, and prove its rows (导出名册).

    by          who takes it; the caller gives the scope in which that person reads the register
    out         the workbook to write
    households  only these of the scope; None for all
    reveal      with ID numbers and phones; a page never asks for them
    Returns     what was written; the file was read back, and holds as many rows as the register gave
    """
    taken = roster(scope, load(), reveal=Home.current().keys if reveal else None, households=households)
    rows = taken.rows
    write_list(out, [ListSheet(name=TITLE, title=TITLE, frame=rows, labels={name: name for name in rows.columns})])
    counted = rows_written(out, header_rows=2)
    assert counted == rows.height, "the file holds every row"
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    body = {
        "rows": rows.height,
        "sha256": digest,
        "places": list(scope.roots),
        "columns": rows.columns,
        "highest_class": SENSITIVE if reveal else SENSITIVE - 1,
    }
    county = chain_of(scope.roots[0]) if len(scope.roots) == 1 else COUNTRY
    append_event(by=by, county=county, action="register.export", subject="roster", body=body)
    return Exported(out, rows.height, taken.households, counted, digest)
