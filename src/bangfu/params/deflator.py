"""Deflators: price indices year by year, to carry a constant-price line to a later year (平减指数)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bangfu.kernel.errors.parameters import DeflatorGap, NameTwice
from bangfu.kernel.texts import Text
from bangfu.params.source import Source, Sources, source_of
from bangfu.params.yaml_file import Spot, Table

PER_MILLE: Final = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Deflator:
    """One price index (价格指数), the previous year = 1000.

    indices  year -> index in per mille of the previous year
    sources  year -> where the index stands
    """

    name: str
    title: Text
    indices: Mapping[int, int]
    sources: Mapping[int, Source]
    spot: Spot

    def carry(self, value: int, base: int, year: int) -> int:
        """Return what a sum in prices of `base` is in prices of `year` (不变价折算现价).

        Multiplies whole indices and divides once, so that no rounding of a year enters the next;
        the result is rounded half up to a whole unit.
        value  a sum of money in any whole unit, fen here; negative sums round away from zero
        base   the year of the constant prices
        year   the same or a later year
        Raises DeflatorGap where a year between has no index, or `year` lies before `base`.
        """
        years = range(base + 1, year + 1)
        if year < base or any(each not in self.indices for each in years):
            raise DeflatorGap(
                name=self.name,
                base=base,
                year=year,
                first=min(self.indices) - 1,
                last=max(self.indices),
                file=str(self.spot),
            )
        top, bottom = abs(value), 1
        for each in years:
            top *= self.indices[each]
            bottom *= PER_MILLE
        whole = (2 * top + bottom) // (2 * bottom)
        return whole if value >= 0 else -whole

    def provisional_years(self, base: int, year: int) -> tuple[int, ...]:
        """Return the years between whose index must still be verified."""
        return tuple(each for each in range(base + 1, year + 1) if self.sources[each].provisional)


def read_deflator(file: Table, name: str, sources: Sources) -> Deflator:
    """Return the price index that a file holds; raises NameTwice for a year that stands twice."""
    file.allow(frozenset({"title", "years"}))
    indices: dict[int, int] = {}
    cited: dict[int, Source] = {}
    for row in file["years"].tables():
        row.allow(frozenset({"year", "index", "source"}))
        year = row["year"].number()
        if year in indices:
            raise NameTwice(file=row.spot.file, line=row.spot.line, kind="the year", name=year, other=f"{name} above")
        indices[year] = row["index"].number()
        if indices[year] < 1:
            raise row["index"].wrong("an index above 0 in per mille of the previous year")
        cited[year] = source_of(row, sources)
    if not indices:
        raise file["years"].wrong("a list of at least one year")
    return Deflator(name, file["title"].both(), indices, cited, file.spot)
