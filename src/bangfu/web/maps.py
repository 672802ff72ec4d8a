"""Maps (地图): outlines become paths of an SVG, values become shades. Pure functions; see decision 0018."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

WIDTH: Final = 1000
"""Units across a drawing; a corner is drawn at the nearest whole unit, which bounds the size of any map."""
HEIGHT_MAX: Final = 1000
SHADES: Final = 5
_MARGIN: Final = 6
_RING_MIN: Final = 3
_DOT: Final = 8
_HELD: Final = 128

Point = tuple[float, float]
Pixel = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """One place on the map: its path, and where its name is written."""

    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map: its size in units, and the shapes by the number of their place."""

    width: int
    height: int
    shapes: dict[int, Shape]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a legend: its shade, the lowest and the highest value in it, and how many places it has."""

    shade: int
    low: Fraction
    high: Fraction
    count: int


def draw(outlines: Mapping[int, str]) -> Drawing | None:
    """Draw outlines side by side, north up; None when there is nothing to draw.

    Degrees become units evenly, east-west ones shortened by the cosine of the middle latitude: right enough
    for anything from a village to a province.

    outlines  GeoJSON of a Polygon or MultiPolygon by the number of its place
    """
    return _drawn(tuple(sorted(outlines.items())))


@lru_cache(maxsize=_HELD)
def _drawn(outlines: tuple[tuple[int, str], ...]) -> Drawing | None:
    """Draw the outlines; the same ones are drawn once a process."""
    rings = {number: [ring for part in _parts(json.loads(text)) for ring in part] for number, text in outlines}
    points = [point for each in rings.values() for ring in each for point in ring]
    if not points:
        return None
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    flat = math.cos(math.radians((south + north) / 2))
    across, up = max((east - west) * flat, 1e-9), max(north - south, 1e-9)
    scale = min((WIDTH - 2 * _MARGIN) / across, (HEIGHT_MAX - 2 * _MARGIN) / up)

    def pixel(point: Point) -> Pixel:
        x, y = (point[0] - west) * flat, north - point[1]
        return round(x * scale) + _MARGIN, round(y * scale) + _MARGIN

    shapes = {number: _shape([_pixels(ring, pixel) for ring in each]) for number, each in rings.items() if each}
    return Drawing(round(across * scale) + 2 * _MARGIN, round(up * scale) + 2 * _MARGIN, shapes)


def shade(values: Mapping[int, Fraction | None]) -> tuple[dict[int, int | None], list[Step]]:
    """Part the known values into up to five shades of about equally many places, equal values in one.

    Returns  the shade of each place, None where the value is unknown, and the legend from the lowest up
    """
    known = sorted(value for value in values.values() if value is not None)
    place_of = {value: known.index(value) * SHADES // len(known) for value in dict.fromkeys(known)}
    if len(place_of) == 1:
        place_of = dict.fromkeys(place_of, SHADES // 2)
    shades = {number: None if value is None else place_of[value] for number, value in values.items()}
    legend = []
    for one in sorted(set(place_of.values())):
        mine = [value for value in known if place_of[value] == one]
        legend.append(Step(one, mine[0], mine[-1], len(mine)))
    return shades, legend


def _parts(geometry: Mapping[str, Any]) -> Sequence[Any]:
    coordinates: Sequence[Any] = geometry["coordinates"]
    return coordinates if geometry["type"] == "MultiPolygon" else [coordinates]


def _pixels(ring: Sequence[Point], pixel: Any) -> list[Pixel]:
    """Return the corners of a ring at whole units, without those that fall on the one before, open at its end."""
    corners = [pixel(point) for point in ring]
    kept = [after for before, after in pairwise(corners) if after != before]
    return kept or corners[:1]


def _shape(rings: Sequence[list[Pixel]]) -> Shape:
    drawn = [ring for ring in rings if len(ring) >= _RING_MIN]
    if not drawn:
        x, y = rings[0][0]
        return Shape(f"M{x - _DOT // 2} {y - _DOT // 2}h{_DOT}v{_DOT}h-{_DOT}z", x, y)
    largest = max(drawn, key=lambda ring: abs(_area(ring)))
    x, y = _middle(largest)
    return Shape("".join(_path(ring) for ring in drawn), x, y)


def _path(ring: Sequence[Pixel]) -> str:
    start = ring[0]
    steps = " ".join(f"{after[0] - before[0]} {after[1] - before[1]}" for before, after in pairwise(ring))
    return f"M{start[0]} {start[1]}l{steps}z"


def _turns(ring: Sequence[Pixel]) -> Iterator[tuple[Pixel, Pixel, int]]:
    for before, after in pairwise([*ring, ring[0]]):
        yield before, after, before[0] * after[1] - after[0] * before[1]


def _area(ring: Sequence[Pixel]) -> int:
    """Return twice the area, with the sign of the direction."""
    return sum(turn for _, _, turn in _turns(ring))


def _middle(ring: Sequence[Pixel]) -> Pixel:
    """Return the centre of gravity; the middle of the corners where there is no area."""
    whole = _area(ring)
    if not whole:
        return round(sum(x for x, _ in ring) / len(ring)), round(sum(y for _, y in ring) / len(ring))
    x = sum((before[0] + after[0]) * turn for before, after, turn in _turns(ring)) / (3 * whole)
    y = sum((before[1] + after[1]) * turn for before, after, turn in _turns(ring)) / (3 * whole)
    return round(x), round(y)
