"""Small pieces of Markdown for the reference pages."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from bangfu.kernel.texts import Text


class MayBeProvisional(Protocol):
    """Something that may rest on a statement still to be verified."""

    @property
    def provisional(self) -> bool:
        """Tell whether it does."""
        ...


def cell(text: str) -> str:
    """Return a text that may stand in a table's cell."""
    return " ".join(text.split()).replace("|", "\\|")


def both(text: Text) -> str:
    """Return a text in both languages, Chinese first."""
    return f"{cell(text.zh)} ({cell(text.en)})"


def provisional(thing: MayBeProvisional) -> str:
    """Return a remark where something still has to be verified, else nothing."""
    return " **(provisional: still to be verified)**" if thing.provisional else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table with an empty line after it."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell(word) for word in line)} |\n" for line in lines)
