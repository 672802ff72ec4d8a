"""The area within which somebody may read: the subtrees of some places."""

from dataclasses import dataclass

from django.db.models import Q

from bangfu.kernel.asking import asked_once
from bangfu.kernel.codes import Level
from bangfu.places.models import Place

COUNTRY = 0
"""Number that stands for the whole tree."""

_COLUMNS = {
    Level.PROVINCE: "province",
    Level.CITY: "city",
    Level.COUNTY: "county",
    Level.TOWN: "town",
    Level.VILLAGE: "number",
}

_ABOVE = ("town", "county", "city", "province")


@dataclass(frozen=True)
class Scope:
    """The subtrees of some places (数据范围); what lies outside does not exist for the reader.

    roots  numbers of the places at their heads; 0 the whole country; no root, no place at all
    """

    roots: tuple[int, ...]

    @classmethod
    def everywhere(cls) -> "Scope":
        """Return the scope of the whole country."""
        return cls((COUNTRY,))

    @property
    def whole(self) -> bool:
        """Tell whether nothing lies outside."""
        return COUNTRY in self.roots

    def contains(self, number: int) -> bool:
        """Tell whether the place with this number is in the scope; an unknown place is in none but the whole."""
        if self.whole:
            return True
        return any(root in self.roots for root in lineage(number))

    def where(self, column: str) -> tuple[str, list[object]]:
        """Return an SQL condition with %s places, and its parameters: `column` holds a place of the scope.

        column  name of a column of place numbers, as it stands in the query (no user's text)
        """
        if self.whole:
            return "1 = 1", []
        if not self.roots:
            return "1 = 0", []
        by_level: dict[str, list[int]] = {}
        for number, level in levels_of(frozenset(self.roots)).items():
            by_level.setdefault(_COLUMNS[level], []).append(number)
        tests = [f"{name} IN ({', '.join(['%s'] * len(numbers))})" for name, numbers in sorted(by_level.items())]
        parameters: list[object] = [number for _, numbers in sorted(by_level.items()) for number in numbers]
        condition = " OR ".join(tests) or "1 = 0"
        return f"{column} IN (SELECT number FROM places_place WHERE {condition})", parameters

    def holds(self, column: str) -> Q:
        """Return the condition that a column of place numbers lies in the scope, as Django asks it."""
        if self.whole:
            return ~Q(pk__in=[])  # an empty Q vanishes beside an "or"
        below = Q(number__in=self.roots)
        for name in ("province", "city", "county", "town"):
            below |= Q(**{f"{name}__in": self.roots})
        return Q(**{f"{column}__in": Place.objects.filter(below).values("number")})


def lineage(number: int) -> tuple[int, ...]:
    """Return the place itself and its ancestors, the nearest first; empty when the register has no such place."""
    above = _above(number)
    return () if above is None else tuple(dict.fromkeys(place for place in (number, *above) if place))


def chain_of(number: int) -> int:
    """Return the county on whose chain an event about this place stands; 0 above counties."""
    above = _above(number)
    return COUNTRY if above is None else above[_ABOVE.index("county")] or COUNTRY


@asked_once
def levels_of(numbers: frozenset[int]) -> dict[int, Level]:
    """Return the level of each of these places that the register has."""
    rows = Place.objects.filter(number__in=numbers).values_list("number", "level")
    return {number: Level(level) for number, level in rows}


@asked_once
def _above(number: int) -> tuple[int | None, ...] | None:
    """Return what lies above a place, as _ABOVE names it; None when the register has no such place."""
    return Place.objects.filter(number=number).values_list(*_ABOVE).first()
