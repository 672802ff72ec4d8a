"""Areas for which a value may hold: a single division, or a named group of provinces (适用区域)."""

from collections.abc import Mapping

from bangfu.kernel.codes import FULL_LENGTH
from bangfu.kernel.errors.parameters import NameUnknown
from bangfu.params.source import Sources, source_of
from bangfu.params.yaml_file import Cell, Table

Areas = Mapping[str, tuple[int, ...]]


def read_areas(file: Table, sources: Sources) -> dict[str, tuple[int, ...]]:
    """Return the 12-digit numbers of each named group of areas.yaml."""
    file.allow(frozenset({"areas"}))
    areas = {}
    for name, cell in file["areas"].table().items():
        table = cell.table()
        table.allow(frozenset({"title", "members", "source"}))
        table["title"].both()
        source_of(table, sources)
        areas[name] = tuple(member.number() for member in table["members"].cells())
    return areas


def area_numbers(key: str, cell: Cell, areas: Areas) -> tuple[int, ...]:
    """Return the place numbers that a key of `regions` stands for: 12 digits, or a group's name."""
    if key in areas:
        return areas[key]
    if key.isascii() and key.isdigit() and len(key) == FULL_LENGTH:
        return (int(key),)
    known = "a 12-digit division code, " + ", ".join(sorted(areas))
    raise NameUnknown(file=cell.file, line=cell.spot.line, kind="the area", name=key, known=known)
