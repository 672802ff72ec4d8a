"""`bangfu simulate`: write the ledgers of a fictional place, or the tables of a fictional nation."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from bangfu.cli.words import phrase
from bangfu.kernel.errors.settings import SizeUnknown
from bangfu.simulate.nation import NATION_2014, simulate_nation
from bangfu.simulate.place import simulate
from bangfu.simulate.sizes import SIZES

NATION = "nation"
"""The size that is written as tables of numbers by province, not as ledgers."""


def run(*, size: str, seed: int, out: Path, damaged: int | None) -> dict[str, Any]:
    """Write the files and return what was written."""
    if size == NATION:
        files = simulate_nation(seed, out)
        return {"size": size, "seed": seed, "out": str(out), **asdict(NATION_2014), "files": list(files)}
    if size not in SIZES:
        raise SizeUnknown(size=size, sizes=", ".join([*SIZES, NATION]))
    if damaged is not None and SIZES[size].counties > 1:
        raise SizeUnknown(size=size, sizes=", ".join(name for name, one in SIZES.items() if one.counties == 1))
    written = asdict(simulate(size, seed, out, damaged=damaged))
    return {**written, "out": str(out), "files": list(written["files"])}


def show(result: dict[str, Any], console: Console) -> None:
    """Print what was written."""
    counts = ", ".join(f"{name} {value}" for name, value in result.items() if isinstance(value, int))
    console.print(
        phrase("已写出 %(out)s：%(counts)s", "Written to %(out)s: %(counts)s", out=result["out"], counts=counts)
    )
