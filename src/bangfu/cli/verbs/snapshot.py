"""`bangfu snapshot`: freeze the register."""

from datetime import date
from typing import Any

from rich.console import Console

from bangfu.cli.people import person
from bangfu.cli.words import phrase
from bangfu.kernel.home import Home
from bangfu.snapshots.actions.freeze_snapshot import freeze_snapshot


def run(*, on: date, known: date | None, name: str | None) -> dict[str, Any]:
    """Freeze and return the snapshot's name, rows and digest."""
    frozen = freeze_snapshot(by=person(name), on=on, known_on=known, home=Home.current())
    days = {"on": frozen.true_on.isoformat(), "known": frozen.known_on.isoformat()}
    return {"snapshot": frozen.name, "rows": frozen.rows, "sha256": frozen.sha256, **days}


def show(result: dict[str, Any], console: Console) -> None:
    """Print the snapshot's name, rows and digest."""
    console.print(
        phrase(
            "快照 %(snapshot)s：%(rows)s 行，SHA-256 %(sha256)s",
            "Snapshot %(snapshot)s: %(rows)s rows, SHA-256 %(sha256)s",
            **result,
        ),
        highlight=False,
    )
