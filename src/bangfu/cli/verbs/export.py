"""`bangfu export`: the roster as an Excel list."""

from pathlib import Path
from typing import Any

from rich.console import Console

from bangfu.access.scope import scope_required
from bangfu.cli.people import person
from bangfu.cli.words import phrase
from bangfu.kernel.actors import Can
from bangfu.places.queries import resolve
from bangfu.places.scope import Scope
from bangfu.registry.actions.export_roster import export_list


def run(*, out: Path, place: str | None, reveal: bool, name: str | None) -> dict[str, Any]:
    """Write the list and note in the audit chain who took what; rows written are counted."""
    by = person(name)
    scope = scope_required(by, Can.READ_REGISTER)
    if place is not None:
        scope = Scope((resolve(scope, place).number,))
    taken = export_list(by=by, scope=scope, out=out, reveal=reveal)
    return {"out": str(out), "rows": taken.rows}


def show(result: dict[str, Any], console: Console) -> None:
    """Print how many rows went where."""
    console.print(phrase("已导出 %(rows)s 行：%(out)s", "%(rows)s rows exported: %(out)s", **result), highlight=False)
