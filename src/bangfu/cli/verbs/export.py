"""`bangfu export`: the roster as an Excel list."""

from pathlib import Path
from typing import Any

from django.db import transaction
from rich.console import Console

from bangfu.access.scope import scope_required
from bangfu.audit.actions import append_event
from bangfu.cli.people import person
from bangfu.cli.words import phrase
from bangfu.documents.workbook import ListSheet, write_list
from bangfu.kernel.actors import Can
from bangfu.kernel.home import Home
from bangfu.params import load
from bangfu.places.queries import resolve
from bangfu.places.scope import COUNTRY, Scope
from bangfu.registry.exports import roster

TITLE = "建档立卡名册"


@transaction.atomic
def run(*, out: Path, place: str | None, reveal: bool, name: str | None) -> dict[str, Any]:
    """Write the list and note in the audit chain who took what; rows written are counted."""
    by = person(name)
    scope = scope_required(by, Can.READ_REGISTER)
    county = COUNTRY
    if place is not None:
        found = resolve(scope, place)
        scope, county = Scope((found.number,)), found.county
    rows = roster(scope, load(), reveal=Home.current().keys if reveal else None)
    write_list(out, [ListSheet(name=TITLE, title=TITLE, frame=rows, labels={name: name for name in rows.columns})])
    body = {"rows": rows.height, "place": place, "columns": rows.columns, "sensitive": reveal}
    append_event(by=by, county=county, action="register.export", subject="roster", body=body)
    return {"out": str(out), "rows": rows.height}


def show(result: dict[str, Any], console: Console) -> None:
    """Print how many rows went where."""
    console.print(phrase("已导出 %(rows)s 行：%(out)s", "%(rows)s rows exported: %(out)s", **result), highlight=False)
