"""Dated values: the last start on or before the day, the nearer area before the nation (按日查值)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from bangfu.kernel.errors.parameters import (
    ParameterClosed,
    ParameterNotInForce,
    ParameterNotPublished,
    StartDaysUnordered,
)
from bangfu.kernel.texts import Text
from bangfu.params.area import Areas, by_area, nearest_first
from bangfu.params.source import Source, Sources, source_of
from bangfu.params.unit import OPERATORS, UNITS, Unit, unit_at
from bangfu.params.yaml_file import Spot, Table

CURRENT: Final = "current"


@dataclass(frozen=True, slots=True)
class Value:
    """One value in force on a day (参数取值).

    name         the parameter
    value        the whole number, in `unit`
    unit         name of the unit, a key of UNITS
    start        the day from which the value holds
    source       where it stands
    provisional  true where the source must still be verified
    file, line   where the value is written
    region       number of the area whose own value this is, None for the nation's
    prices       "current", or the year in whose constant prices a sum of money stands; empty otherwise
    """

    name: str
    value: int
    unit: str
    start: date
    source: Source
    provisional: bool
    file: str
    line: int
    region: int | None = None
    prices: str = ""

    def show(self) -> str:
        """Return the number as people read it, without its unit."""
        return UNITS[self.unit].show(self.value)


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One row of a series; a value of None ends what stood before."""

    start: date
    value: int | None
    source: Source
    spot: Spot


Series = tuple[DatedValue, ...]


def in_force(series: Series, on: date) -> DatedValue | None:
    """Return the last row that starts on or before the day, or None."""
    found = None
    for row in series:
        if row.start > on:
            break
        found = row
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """One named parameter of a programme with all its dated values (参数).

    nation   the values of the whole country
    regions  values of single areas by place number; they go before the nation's
    awaits   what has not been published yet, where no value exists
    operator how a value that passes stands to this one ("<=" for a limit), None where nothing is compared
    """

    name: str
    programme: str
    title: Text
    unit: Unit
    prices: str
    nation: Series
    regions: Mapping[int, Series]
    awaits: Text | None
    successor: str
    operator: str | None
    spot: Spot

    def on(self, day: date, region: int | None = None) -> Value:
        """Return the value in force on the day in the area.

        region  number of any place; its village, town, county, city and province are asked in turn,
                then the nation
        Raises ParameterNotInForce, ParameterClosed or ParameterNotPublished.
        """
        for number in nearest_first(region) if self.regions and region is not None else ():
            row = in_force(self.regions.get(number, ()), day)
            if row is not None and row.value is not None:
                return self._value(row, row.value, number)
        row = in_force(self.nation, day)
        if row is None or row.value is None:
            raise self._absent(row, day)
        return self._value(row, row.value, None)

    def _value(self, row: DatedValue, value: int, region: int | None) -> Value:
        return Value(
            name=self.name,
            value=value,
            unit=self.unit.name,
            start=row.start,
            source=row.source,
            provisional=row.source.provisional,
            file=row.spot.file,
            line=row.spot.line,
            region=region,
            prices=self.prices,
        )

    def _absent(self, row: DatedValue | None, day: date) -> ParameterNotInForce:
        facts = {"name": self.name, "programme": self.programme, "day": day.isoformat()}
        if self.awaits is not None:
            return ParameterNotPublished(
                **facts, awaits=self.awaits.en, awaits_zh=self.awaits.zh, file=self.spot.file, line=self.spot.line
            )
        if row is not None:
            successor = self.successor or "the programme that followed"
            return ParameterClosed(
                **facts, closed=row.start.isoformat(), successor=successor, file=row.spot.file, line=row.spot.line
            )
        first = self.nation[0] if self.nation else None
        starts = first.start.isoformat() if first else "the first day of single areas only"
        spot = first.spot if first else self.spot
        return ParameterNotInForce(**facts, first=starts, file=spot.file, line=spot.line)


def rising(starts: tuple[tuple[date, Spot], ...], name: str) -> None:
    """Raise StartDaysUnordered for the first start day that is not after the one above it."""
    for (previous, _), (start, spot) in pairwise(starts):
        if start <= previous:
            raise StartDaysUnordered(
                file=spot.file, line=spot.line, name=name, day=start.isoformat(), previous=previous.isoformat()
            )


def _series(rows: tuple[Table, ...], name: str, sources: Sources) -> Series:
    series = []
    for row in rows:
        row.allow(frozenset({"from", "value", "source"}))
        value = None if row["value"].is_null() else row["value"].number()
        series.append(DatedValue(row["from"].day(), value, source_of(row, sources), row.spot))
    rising(tuple((row.start, row.spot) for row in series), name)
    return tuple(series)


def read_parameter(name: str, table: Table, sources: Sources, areas: Areas, programme: tuple[str, str]) -> Parameter:
    """Return one parameter of a programme.

    programme  id of the programme, and of the one that follows it (empty where none does)
    Raises StartDaysUnordered, NameUnknown for a unit or area, and what the strict reader raises.
    """
    table.allow(frozenset({"title", "unit", "prices", "operator", "nation", "regions", "awaits"}))
    regions = (
        by_area(table["regions"].table(), areas, lambda cell: _series(cell.tables(), name, sources))
        if "regions" in table
        else {}
    )
    awaits = table.both_or_none("awaits")
    nation = _series(table["nation"].tables(), name, sources) if "nation" in table or not (regions or awaits) else ()
    return Parameter(
        name=name,
        programme=programme[0],
        title=table["title"].both(),
        unit=unit_at(table["unit"]),
        prices=table.text_or("prices", ""),
        nation=nation,
        regions=regions,
        awaits=awaits,
        successor=programme[1],
        operator=table["operator"].choice(OPERATORS) if "operator" in table else None,
        spot=table.spot,
    )
