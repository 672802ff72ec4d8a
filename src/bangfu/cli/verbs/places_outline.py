"""`bangfu places outline`: load outlines of divisions from a GeoJSON file."""

from pathlib import Path
from typing import Any

from rich.console import Console

from bangfu.cli.people import person
from bangfu.cli.words import phrase
from bangfu.places.actions.load_outlines import load_outlines

_SHOWN = 50


def run(*, file: Path, name: str | None) -> dict[str, Any]:
    """Load the file and return counts and errors."""
    result = load_outlines(by=person(name), path=file)
    return {"file": file.name, **result, "ok": not result["errors"]}


def show(result: dict[str, Any], console: Console) -> None:
    """Print counts, then the features that were refused."""
    console.print(
        phrase(
            "轮廓 %(features)s 个 = 接收 %(accepted)s + 退回 %(rejected)s；"
            "新增 %(added)s，变更 %(changed)s，未变 %(unchanged)s",
            "Outlines: %(features)s features = %(accepted)s accepted + %(rejected)s rejected; "
            "%(added)s added, %(changed)s changed, %(unchanged)s unchanged",
            **{key: count for key, count in result.items() if isinstance(count, int)},
        )
    )
    for error in result["errors"][:_SHOWN]:
        sentence = phrase(str(error["message_zh"]), str(error["message_en"]))
        console.print(f"  {error['row']}: {error['code']} {sentence}", highlight=False)
