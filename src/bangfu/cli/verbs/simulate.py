"""`bangfu simulate`: write the ledgers of a fictional place."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from bangfu.cli.words import phrase
from bangfu.kernel.errors.settings import SizeUnknown
from bangfu.simulate.county import simulate
from bangfu.simulate.sizes import SIZES


def run(*, size: str, seed: int, out: Path) -> dict[str, Any]:
    """Write the files and return what was written."""
    if size not in SIZES:
        raise SizeUnknown(size=size, sizes=", ".join(SIZES))
    written = asdict(simulate(size, seed, out))
    return {**written, "out": str(out), "files": list(written["files"])}


def show(result: dict[str, Any], console: Console) -> None:
    """Print what was written."""
    counts = ", ".join(f"{name} {value}" for name, value in result.items() if isinstance(value, int))
    console.print(
        phrase("已写出 %(out)s：%(counts)s", "Written to %(out)s: %(counts)s", out=result["out"], counts=counts)
    )
