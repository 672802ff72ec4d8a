"""Areas for which a value may hold: a single division, or a named group of provinces (适用区域)."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from bangfu.kernel.codes import FULL_LENGTH, Level, ancestor
from bangfu.kernel.errors.parameters import NameTwice, NameUnknown
from bangfu.params.source import Sources, source_of
from bangfu.params.yaml_file import Cell, Spot, Table

Areas = Mapping[str, tuple[int, ...]]

LEVELS_UP = (Level.VILLAGE, Level.TOWN, Level.COUNTY, Level.CITY, Level.PROVINCE)


class _Dated(Protocol):
    @property
    def spot(self) -> Spot: ...


_D = TypeVar("_D", bound=_Dated)


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


def by_area(table: Table, areas: Areas, read: Callable[[Cell], tuple[_D, ...]]) -> dict[int, tuple[_D, ...]]:
    """Return what stands under `regions` by place number; raises NameUnknown, and NameTwice for an area met twice.

    read  reads the versions that stand under one key
    """
    found: dict[int, tuple[_D, ...]] = {}
    for key, cell in table.items():
        versions = read(cell)
        for number in area_numbers(key, cell, areas):
            if number in found:
                other = str(found[number][0].spot)
                raise NameTwice(file=cell.file, line=cell.spot.line, kind="the area", name=number, other=other)
            found[number] = versions
    return found


def nearest_first(region: int) -> tuple[int, ...]:
    """Return a place and the divisions above it, the nearest first."""
    numbers = (region, *(ancestor(region, level) for level in LEVELS_UP))
    return tuple(dict.fromkeys(numbers))
