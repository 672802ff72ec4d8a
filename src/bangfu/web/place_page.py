"""The page of a place: its key figures, its map and the table of the places below it, put together from queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from bangfu.access.acting import ActingPerson
from bangfu.kernel.actors import Can
from bangfu.kernel.home import Home
from bangfu.params import Indicator
from bangfu.places.scope import Scope
from bangfu.places.tree import Node
from bangfu.snapshots.figures import (
    GUARANTEE_GAP,
    GUARANTEES,
    Value,
    figures_of,
    indicators_of,
    period_before,
)
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_manifest
from bangfu.web.figures import Card, Part, change, counted, definition, exact, list_behind, shown, unit_of

KEY_FIGURES: Final = (
    "registered_households",
    "registered_persons",
    "incidence",
    "gap_money",
    "guarantee_gap_households",
    "undecided_households",
)
COUNTED: Final = frozenset({"guarantee_gap_households", "undecided_households"})
"""Shares of which a card shows the count first."""
DEFAULT: Final = "incidence"
COLUMNS: Final = ("registered_households", "registered_persons", "guarantee_gap_households", "undecided_households")
"""What the table shows beside the chosen indicator."""


@dataclass(frozen=True)
class Period:
    """A run as a page shows it, beside the run of the day before it.

    run, before  the run, and the one that it is compared with; None where there is none
    now, earlier figures by place and indicator
    """

    run: Run
    home: Home
    before: Run | None
    now: Mapping[int, Mapping[str, Value]]
    earlier: Mapping[int, Mapping[str, Value]] = field(default_factory=dict)

    @classmethod
    def of(cls, run: Run, runs: Sequence[Run], home: Home, scope: Scope, places: Sequence[int]) -> "Period":
        """Read the figures of the places in a run and in the run before it.

        A place without a household on record in the run before has no figures there to compare with.
        """
        before = period_before(run, runs)
        earlier = figures_of(before, home, scope, places) if before else {}
        known = {place: told for place, told in earlier.items() if told.get("households", (None, None))[0]}
        return cls(run, home, before if known else None, figures_of(run, home, scope, places), known)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators of the run by name."""
        return {one.name: one for one in indicators_of(self.run, self.home)}

    @cached_property
    def criteria(self) -> Mapping[str, Any]:
        """The criteria of the run by name."""
        criteria: Mapping[str, Any] = run_manifest(self.run, self.home)["findings"]["criteria"]
        return criteria

    def number(self, place: int, indicator: Indicator) -> Fraction | None:
        """Return a figure of a place as an exact number."""
        return exact(indicator, self.now.get(place, {}).get(indicator.name))

    def changed(self, place: int, indicator: Indicator, *, bare: bool = False) -> str:
        """Return how much a figure of a place changed since the period before."""
        former = exact(indicator, self.earlier.get(place, {}).get(indicator.name))
        return change(indicator, self.number(place, indicator), former, bare=bare)

    def shown(self, place: int, indicator: Indicator) -> str:
        """Return a figure of a place as people read it."""
        return shown(indicator, self.number(place, indicator))

    def link(self, place: Node, indicator: Indicator) -> str:
        """Return the address of the list of households behind a figure."""
        return list_behind(indicator, self.criteria, place.code, self.run.name)

    def cards(self, place: Node, actor: ActingPerson) -> list[Card]:
        """Return the key figures of a place; with links for who may read the lists."""
        readable = actor.may(Can.READ_REGISTER, place.number)
        wanted = [self.indicators[name] for name in KEY_FIGURES if name in self.indicators]
        return [self._card(place, one, readable=readable) for one in wanted]

    def _card(self, place: Node, indicator: Indicator, *, readable: bool) -> Card:
        value = self.now.get(place.number, {}).get(indicator.name)
        first = counted(indicator) if indicator.name in COUNTED else indicator
        about = definition(indicator, value, self.indicators.values())
        beside = f"{about.above} / {about.below}" if about.below and first is indicator else ""
        parts = self._guarantees(place, readable=readable) if indicator is GUARANTEE_GAP else ()
        return Card(
            title=indicator.title,
            shown=shown(first, exact(first, value)),
            unit=unit_of(first),
            beside=beside or ("" if first is indicator else shown(indicator, exact(indicator, value))),
            change=self.changed(place.number, first),
            link=self.link(place, indicator) if readable else "",
            definition=about,
            parts=parts,
        )

    def _guarantees(self, place: Node, *, readable: bool) -> tuple[Part, ...]:
        """Return the single guarantees of which the figure of all is made."""
        told = self.now.get(place.number, {})
        wanted = [f"households.{name}.yes" for name in GUARANTEES]
        single = [one for one in self.indicators.values() if one.numerator in wanted and one.name in told]
        single.sort(key=lambda one: wanted.index(one.numerator))
        return tuple(
            Part(
                one.title,
                shown(counted(one), exact(counted(one), told[one.name])),
                self.link(place, one) if readable else "",
            )
            for one in single
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of the table: its title, where a click sorts, and how the column is sorted now."""

    title: Any
    address: str
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One place of the table: its name and address, and the figures shown."""

    place: Node
    address: str
    cells: tuple[str, ...]
    change: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address of a page asks for: the chosen indicator and the order of the table."""

    indicator: str
    sort: str
    run: str

    def query(self, **other: str) -> str:
        """Return the query part of an address that asks for the same, but for what is named."""
        asked = {"indicator": self.indicator, "sort": self.sort, "run": self.run, **other}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def order(period: Period, places: Sequence[Node], chosen: Indicator, sort: str) -> list[Node]:
    """Return the places in the order asked for; the unknown come last, equal ones in the order of their codes.

    sort  `place`, `value`, `change` or the name of an indicator, with - before it from the largest down
    """
    key, down = sort.removeprefix("-"), sort.startswith("-")
    numbers: dict[int, Fraction | None] = {}
    for place in places:
        if key == "change":
            now = period.number(place.number, chosen)
            before = exact(chosen, period.earlier.get(place.number, {}).get(chosen.name))
            numbers[place.number] = None if now is None or before is None else now - before
        elif key != "place":
            numbers[place.number] = period.number(place.number, _column(period, chosen, key))
    if key == "place":
        return sorted(places, key=lambda place: place.code, reverse=down)
    known = [place for place in places if numbers[place.number] is not None]
    known.sort(key=lambda place: numbers[place.number] or Fraction(0), reverse=down)
    return known + [place for place in places if numbers[place.number] is None]


def columns_of(period: Period, chosen: Indicator) -> list[Indicator]:
    """Return what the table shows: the chosen indicator first, then the counts that tell how much stands behind it."""
    others = [period.indicators[name] for name in COLUMNS if name in period.indicators and name != chosen.name]
    return [chosen, *(counted(one) if one.denominator else one for one in others)]


def sorts_of(period: Period, chosen: Indicator) -> list[str]:
    """Return the columns by which a table can be sorted."""
    return [
        "place",
        "value",
        *(["change"] if period.before else []),
        *(one.name for one in columns_of(period, chosen)[1:]),
    ]


def _column(period: Period, chosen: Indicator, key: str) -> Indicator:
    return next((one for one in columns_of(period, chosen)[1:] if one.name == key), chosen)
