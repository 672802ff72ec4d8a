"""`bangfu undo`."""

from typing import Any

from rich.console import Console

from bangfu.cli.people import person
from bangfu.cli.words import phrase
from bangfu.intake.actions.undo_batch import undo_batch
from bangfu.kernel.home import Home


def run(*, batch: int, name: str | None) -> dict[str, Any]:
    """Call the verb on the batch."""
    return undo_batch(by=person(name, "clerk"), number=batch, home=Home.current())


def show(result: dict[str, Any], console: Console) -> None:
    """Print what happened."""
    console.print(phrase("批次 %(batch)s 已撤销", "Batch %(batch)s is undone", batch=result["batch"]))
