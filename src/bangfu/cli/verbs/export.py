"""`bangfu export`: the roster as an Excel list."""

from pathlib import Path
from typing import Any

from rich.console import Console

from bangfu.cli.people import person
from bangfu.cli.words import phrase
from bangfu.registry.actions.export_roster import export_roster


def run(*, out: Path, place: str | None, reveal: bool, name: str | None) -> dict[str, Any]:
    """Call the verb."""
    told = export_roster(by=person(name), out=out, place=place, reveal=reveal)
    return {"out": str(out), "rows": told.rows}


def show(result: dict[str, Any], console: Console) -> None:
    """Print how many rows went where."""
    console.print(phrase("已导出 %(rows)s 行：%(out)s", "%(rows)s rows exported: %(out)s", **result), highlight=False)
