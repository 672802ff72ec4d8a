"""`bangfu recompute`: prove a run by computing it again."""

from typing import Any

from rich.console import Console

from bangfu.cli.words import phrase
from bangfu.kernel.home import Home
from bangfu.snapshots.actions.run_programme import recompute_run
from bangfu.snapshots.queries import run_named


def run(*, run_name: str) -> dict[str, Any]:
    """Compute the run again; a difference is an error."""
    return {**recompute_run(run_named(run_name), Home.current()), "ok": True}


def show(result: dict[str, Any], console: Console) -> None:
    """Print that the run holds."""
    console.print(
        phrase(
            "%(run)s 复算一致，逐字节相同", "%(run)s holds: computed again, every byte is the same", run=result["run"]
        )
    )
