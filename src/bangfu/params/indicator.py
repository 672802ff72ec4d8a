"""Indicators: what each published figure counts, and over what (指标)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bangfu.kernel.errors.parameters import NameTwice
from bangfu.kernel.texts import Text
from bangfu.params.source import Source, Sources, source_of
from bangfu.params.yaml_file import Table

DIRECTIONS: Final = frozenset({"up", "down", "none"})
KEYS: Final = frozenset({"name", "title", "definition", "numerator", "denominator", "unit", "direction", "source"})


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator (指标).

    name         stable name
    title        its name for people
    definition   what is counted, over whom, on which day
    numerator    name of the count or sum above
    denominator  name of the count below, None for a plain count
    unit         persons, households, per cent, fen, ...
    direction    up where more is better, down where less is better, none
    source       where the definition stands
    """

    name: str
    title: Text
    definition: Text
    numerator: str
    denominator: str | None
    unit: str
    direction: str
    source: Source


def _read_indicator(table: Table, sources: Sources) -> Indicator:
    table.allow(KEYS)
    return Indicator(
        name=table["name"].text(),
        title=table["title"].both(),
        definition=table["definition"].both(),
        numerator=table["numerator"].text(),
        denominator=table.text_or_none("denominator"),
        unit=table["unit"].text(),
        direction=table["direction"].choice(DIRECTIONS),
        source=source_of(table, sources),
    )


def read_indicators(files: Mapping[str, Table], sources: Sources) -> tuple[Indicator, ...]:
    """Return the indicators of indicators/*.yaml in order; raises NameTwice for a name that stands twice."""
    indicators: dict[str, Indicator] = {}
    for file in files.values():
        file.allow(frozenset({"indicators"}))
        for table in file["indicators"].tables():
            indicator = _read_indicator(table, sources)
            if indicator.name in indicators:
                spot = table.spot
                raise NameTwice(
                    file=spot.file,
                    line=spot.line,
                    kind="the indicator",
                    name=indicator.name,
                    other="the catalogue above",
                )
            indicators[indicator.name] = indicator
    return tuple(indicators.values())
