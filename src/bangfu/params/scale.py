"""Scales: amounts that grow with what is reached, by day and area (分档标准)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from bangfu.kernel.texts import Text
from bangfu.params.area import Areas, by_area, nearest_first
from bangfu.params.source import Source, Sources, source_of
from bangfu.params.unit import Unit, unit_at
from bangfu.params.value import rising
from bangfu.params.yaml_file import Cell, Spot, Table

KEYS: Final = frozenset({"title", "unit", "per", "regions"})

Rows = tuple[tuple[int, int], ...]
"""Pairs of (what is reached, amount), both rising."""


@dataclass(frozen=True, slots=True)
class ScaleVersion:
    """The rows of a scale as they stand from a day on; without rows the scale has ended."""

    start: date
    rows: Rows
    source: Source
    spot: Spot


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """One scale of a programme (分档标准): a local rule, so that areas without one have none.

    unit     unit of the amounts
    per      unit of what is reached
    regions  the versions of single areas by place number, start days rising
    """

    name: str
    title: Text
    unit: Unit
    per: Unit
    regions: Mapping[int, tuple[ScaleVersion, ...]]

    def on(self, day: date, region: int) -> ScaleVersion | None:
        """Return the scale in force on a day for a place, its nearest area's first; None where no area has one."""
        for number in nearest_first(region):
            found = [each for each in self.regions.get(number, ()) if each.start <= day]
            if found and found[-1].rows:
                return found[-1]
        return None


def read_scale(name: str, table: Table, sources: Sources, areas: Areas) -> Scale:
    """Return one scale; raises NameUnknown for a unit or area, NameTwice, WrongKind for rows that do not rise."""
    table.allow(KEYS)
    regions = by_area(table["regions"].table(), areas, lambda cell: _versions(cell, name, sources))
    return Scale(name, table["title"].both(), unit_at(table["unit"]), unit_at(table["per"]), regions)


def _versions(cell: Cell, name: str, sources: Sources) -> tuple[ScaleVersion, ...]:
    versions = []
    for table in cell.tables():
        table.allow(frozenset({"from", "rows", "source"}))
        rows = tuple(_row(each) for each in table["rows"].cells())
        if any(later[0] <= row[0] or later[1] <= row[1] for row, later in pairwise(rows)):
            raise table["rows"].wrong("rows of [reached, amount] that both rise")
        versions.append(ScaleVersion(table["from"].day(), rows, source_of(table, sources), table.spot))
    if not versions:
        raise cell.wrong("a list of at least one start day")
    rising(tuple((each.start, each.spot) for each in versions), name)
    return tuple(versions)


def _row(cell: Cell) -> tuple[int, int]:
    numbers = tuple(each.number() for each in cell.cells())
    if len(numbers) != len(("reached", "amount")):
        raise cell.wrong("[reached, amount]")
    return (numbers[0], numbers[1])
