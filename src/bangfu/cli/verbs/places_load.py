"""`bangfu places load`: register divisions from a CSV file."""

from pathlib import Path
from typing import Any

from rich.console import Console

from bangfu.cli.people import person
from bangfu.cli.words import phrase
from bangfu.places.actions.load_places import load_places


def run(*, file: Path, name: str | None) -> dict[str, Any]:
    """Load the file and return counts and errors."""
    result = load_places(by=person(name), path=file)
    return {"file": file.name, **result, "ok": not result["errors"]}


def show(result: dict[str, Any], console: Console) -> None:
    """Print counts, then the rows that were refused."""
    console.print(
        phrase(
            "区划 %(rows)s 行：新增 %(added)s，变更 %(changed)s，未变 %(unchanged)s，退回 %(refused)s",
            "Places, %(rows)s rows: %(added)s added, %(changed)s changed, %(unchanged)s unchanged, %(refused)s refused",
            **{key: result[key] for key in ("rows", "added", "changed", "unchanged")},
            refused=len(result["errors"]),
        )
    )
    for error in result["errors"][:50]:
        console.print(f"  {error['row']}: {phrase(error['message_zh'], error['message_en'])}", highlight=False)
