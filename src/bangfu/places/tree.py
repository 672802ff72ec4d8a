"""Walking the tree of places, as pages do: a place, those above and below it, and where they lie."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from bangfu.kernel.asking import asked_once
from bangfu.kernel.codes import Level
from bangfu.kernel.texts import Text
from bangfu.places.models import Outline, Place
from bangfu.places.queries import resolve
from bangfu.places.scope import Scope, lineage

_FIELDS: Final = ("number", "code", "level", "name", "name_en")


@dataclass(frozen=True, slots=True)
class Node:
    """One place of the tree: its number and code, its level, and what it is called."""

    number: int
    code: str
    level: Level
    name: Text


def node_at(scope: Scope, code: str, on: date | None = None) -> Node:
    """Return the place that a code means; raises PlaceUnknown outside the scope."""
    place = resolve(scope, code, on)
    return _node(place.number, place.code, place.level, place.name, place.name_en)


def line_to(scope: Scope, number: int) -> list[Node]:
    """Return the places of the scope from its head down to this one."""
    line = list(lineage(number))
    heads = [place for place in line if place in scope.roots]
    shown = line if scope.whole else line[: line.index(heads[-1]) + 1] if heads else []
    return sorted(_nodes(Q(number__in=shown)), key=lambda node: node.level)


@asked_once
def children_of(scope: Scope, number: int, on: date | None = None) -> list[Node]:
    """Return the places directly below one of the scope that stand on a day, in the order of their codes.

    on  the day; None for those that stand now
    """
    if not scope.contains(number):
        return []
    standing = Q(valid_to__isnull=True) if on is None else Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return _nodes(standing & Q(parent_id=number))


@asked_once
def heads_of(scope: Scope) -> list[Node]:
    """Return the places at the head of the scope: those of the grants, or the top of the tree."""
    return _nodes(Q(parent__isnull=True, valid_to__isnull=True) if scope.whole else Q(number__in=scope.roots))


def starts_of(scope: Scope) -> list[Node]:
    """Return where the scope begins to branch: its heads, each followed down while it has a single child."""
    return [_branching(scope, head) for head in heads_of(scope)]


def those_within(scope: Scope, numbers: Sequence[int]) -> list[int]:
    """Return those of the places that lie in the scope."""
    if scope.whole:
        return list(numbers)
    found = set(Place.objects.filter(scope.holds("number"), number__in=numbers).values_list("number", flat=True))
    return [number for number in numbers if number in found]


def outlines_of(numbers: Iterable[int]) -> dict[int, str]:
    """Return the outlines of the places that have one, as GeoJSON; whose they are was asked before."""
    return dict(Outline.objects.filter(pk__in=list(numbers)).values_list("place_id", "geometry"))


def _branching(scope: Scope, node: Node) -> Node:
    below = children_of(scope, node.number)
    while len(below) == 1:
        node = below[0]
        below = children_of(scope, node.number)
    return node


def _nodes(condition: Q) -> list[Node]:
    return [_node(*row) for row in Place.objects.filter(condition).order_by("code").values_list(*_FIELDS)]


def _node(number: int, code: str, level: int, name: str, name_en: str) -> Node:
    return Node(number, code, Level(level), Text(zh=name, en=name_en or name))
