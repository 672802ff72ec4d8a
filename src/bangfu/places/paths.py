"""Where a place lies: its name and those above it, for the line over a page and the column of a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from bangfu.kernel.asking import asked_once
from bangfu.kernel.texts import Text
from bangfu.places.models import Place
from bangfu.places.scope import lineage


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a path: its number, its code, its level and what it is called."""

    number: int
    code: str
    level: int
    name: Text


def paths_of(numbers: Iterable[int]) -> dict[int, tuple[Step, ...]]:
    """Return for each place its path from the province down to itself; asks no scope, for names are public."""
    lines = _lines(sorted(set(numbers)))
    named = _steps(frozenset(place for line in lines.values() for place in line))
    return {number: tuple(named[place] for place in line) for number, line in lines.items()}


@asked_once
def _steps(numbers: frozenset[int]) -> dict[int, Step]:
    rows = Place.objects.filter(number__in=numbers).values_list("number", "code", "level", "name", "name_en")
    return {
        number: Step(number, code, level, Text(zh=name, en=name_en or name))
        for number, code, level, name, name_en in rows
    }


def _lines(numbers: list[int]) -> dict[int, list[int]]:
    """Return for each of these places the numbers of those above it, the highest first, and its own."""
    if len(numbers) == 1:
        line = lineage(numbers[0])
        return {numbers[0]: [*reversed(line)]} if line else {}
    rows = Place.objects.filter(number__in=numbers).values_list("number", "province", "city", "county", "town")
    return {number: [place for place in dict.fromkeys((*above, number)) if place] for number, *above in rows}
