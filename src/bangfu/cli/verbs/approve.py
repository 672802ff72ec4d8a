"""`bangfu approve`."""

from typing import Any

from rich.console import Console

from bangfu.cli.people import person
from bangfu.cli.words import phrase
from bangfu.intake.actions.apply_batch import apply_batch
from bangfu.kernel.home import Home


def run(*, batch: int, name: str | None) -> dict[str, Any]:
    """Call the verb on the batch."""
    return apply_batch(by=person(name, "approver"), number=batch, home=Home.current())


def show(result: dict[str, Any], console: Console) -> None:
    """Print what happened."""
    console.print(phrase("批次 %(batch)s 已入库", "Batch %(batch)s is in the register", batch=result["batch"]))
