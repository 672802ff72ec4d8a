"""Sources: where a number or sentence of law can be found, and how sure we are of it (出处)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bangfu.kernel.errors.parameters import NameUnknown, SourceMissing
from bangfu.params.yaml_file import Cell, Table

MARKS: Final = frozenset({"S", "P", "M+", "M?"})
PROVISIONAL: Final = "M?"


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a value, criterion, step or list (出处).

    title  the document or page
    text   what it says, or what is taken from it
    mark   S stated in a report, P a public page, M+ known with confidence, M? to be verified
    url    its address without scheme, empty where none is known
    """

    title: str
    text: str
    mark: str
    url: str = ""

    @property
    def provisional(self) -> bool:
        """Tell whether the statement must still be verified."""
        return self.mark == PROVISIONAL


Sources = Mapping[str, Source]


def read_source(table: Table) -> Source:
    """Return the source written as a mapping."""
    table.allow(frozenset({"title", "text", "mark", "url"}))
    return Source(
        title=table["title"].text(),
        text=table["text"].text(),
        mark=table["mark"].choice(MARKS),
        url=table.text_or("url", ""),
    )


def source_of(entry: Table, sources: Sources) -> Source:
    """Return the source of an entry, written in place or by its name in sources.yaml.

    Raises SourceMissing, or NameUnknown for a name that sources.yaml lacks.
    """
    if "source" not in entry:
        raise SourceMissing(file=entry.spot.file, line=entry.spot.line, key="source")
    return source_at(entry["source"], sources)


def source_at(cell: Cell, sources: Sources) -> Source:
    """Return the source written in a cell, in place or by its name; raises NameUnknown."""
    if not cell.is_scalar():
        return read_source(cell.table())
    name = cell.text()
    if name not in sources:
        raise NameUnknown(
            file=cell.file, line=cell.spot.line, kind="the source", name=name, known=", ".join(sorted(sources))
        )
    return sources[name]


def read_sources(file: Table) -> dict[str, Source]:
    """Return the sources of sources.yaml by name."""
    file.allow(frozenset({"sources"}))
    return {name: read_source(cell.table()) for name, cell in file["sources"].table().items()}
