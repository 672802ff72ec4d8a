"""The map of the fictional place: places.geojson, in which children tile their parent without gaps.

The land lies around zero degrees, where no real county is.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

from bangfu.simulate.cells import Cell, Corner, Position, corner_positions, edge_of, grow, land, middle, neighbours
from bangfu.simulate.places import CITY_CODE, PROVINCE_CODE, Tree

FILE: Final = "places.geojson"
_CELLS_OF_VILLAGE: Final = 8
_CELLS_AT_LEAST: Final = 180
_DEGREES: Final = {True: 0.8, False: 1.9}  # across one county alone, across a city
_SOUTH_WEST: Final = 0.05
_DECIMALS: Final = 4
_UNEVEN: Final = 1.2  # cells by which the line of a cut wanders

Parts = dict[int, set[Cell]]


def write_outlines(trees: Sequence[Tree], rng: Random, path: Path) -> None:
    """Write the outline of every standing place of the trees as GeoJSON, one feature a line.

    rng  decides the shapes alone: the same one gives the same bytes
    """
    parts = _parts(trees, rng)
    positions = _in_degrees(corner_positions(parts[PROVINCE_CODE], rng), alone=len(trees) == 1)
    features = ",\n".join(_feature(code, part, positions) for code, part in sorted(parts.items()))
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n', encoding="utf-8")


def _parts(trees: Sequence[Tree], rng: Random) -> Parts:
    """Return the cells of every place by its code."""
    villages = sum(len(tree.villages) for tree in trees)
    whole = set(land(max(_CELLS_OF_VILLAGE * villages, _CELLS_AT_LEAST), rng))
    parts: Parts = {PROVINCE_CODE: whole, CITY_CODE: whole}
    for county, cells in _divided(whole, {tree.county.code: len(tree.villages) for tree in trees}, rng):
        parts[county] = cells
    for tree in trees:
        towns = {town.code: len(tree.villages_of(town.code)) for town in tree.towns}
        for town, cells in _divided(parts[tree.county.code], towns, rng):
            parts[town] = cells
            parts.update(_divided(cells, {village.code: 1 for village in tree.villages_of(town)}, rng))
    return parts


def _divided(ground: set[Cell], villages: Mapping[int, int], rng: Random) -> Iterator[tuple[int, set[Cell]]]:
    """Divide the ground among places, to each as much as it has villages: cut in two, and each half again.

    villages  how many villages each place has, by its code
    """
    codes = list(villages)
    if len(codes) <= 1:
        yield from ((code, ground) for code in codes)
        return
    half = len(codes) // 2
    first, second = ({code: villages[code] for code in some} for some in (codes[:half], codes[half:]))
    count = round(len(ground) * sum(first.values()) / sum(villages.values()))
    one, other = _cut(ground, count, rng)
    assert len(one) >= sum(first.values()), "a cut leaves each village a cell"
    assert len(other) >= sum(second.values()), "a cut leaves each village a cell"
    yield from _divided(one, first, rng)
    yield from _divided(other, second, rng)


def _cut(ground: set[Cell], count: int, rng: Random) -> tuple[set[Cell], set[Cell]]:
    """Cut the ground across its length into about so many cells and the rest; both hang together."""
    ordered = sorted(ground)
    dx, dy = _length_of(ordered)
    wander = {cell: rng.uniform(-_UNEVEN, _UNEVEN) for cell in ordered}

    def along(cell: Cell) -> float:
        x, y = middle(cell)
        return dx * x + dy * y + wander[cell]

    one = grow(min(ordered, key=along), count, along, ground)
    pieces = _pieces(ground - one)
    other = max(pieces, key=len)
    return ground - other, other


def _length_of(cells: Sequence[Cell]) -> Position:
    """Return the direction in which the cells reach farthest."""
    points = [middle(cell) for cell in cells]
    mean_x, mean_y = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
    xx = sum((x - mean_x) ** 2 for x, _ in points)
    yy = sum((y - mean_y) ** 2 for _, y in points)
    xy = sum((x - mean_x) * (y - mean_y) for x, y in points)
    angle = math.atan2(2 * xy, xx - yy) / 2
    return math.cos(angle), math.sin(angle)


def _pieces(cells: set[Cell]) -> list[set[Cell]]:
    """Return the pieces of the cells that hang together, in the order of their first cells."""
    left, found = set(cells), []
    for start in sorted(cells):
        if start not in left:
            continue
        piece, waiting = {start}, [start]
        while waiting:
            for near in neighbours(waiting.pop()):
                if near in left and near not in piece:
                    piece.add(near)
                    waiting.append(near)
        left -= piece
        found.append(piece)
    return found


def _in_degrees(positions: Mapping[Corner, Position], *, alone: bool) -> dict[Corner, list[float]]:
    west, south = (min(position[axis] for position in positions.values()) for axis in (0, 1))
    east, north = (max(position[axis] for position in positions.values()) for axis in (0, 1))
    scale = _DEGREES[alone] / max(east - west, north - south)
    return {
        corner: [
            round((x - west) * scale + _SOUTH_WEST, _DECIMALS),
            round((y - south) * scale + _SOUTH_WEST, _DECIMALS),
        ]
        for corner, (x, y) in positions.items()
    }


def _feature(code: int, part: set[Cell], positions: Mapping[Corner, list[float]]) -> str:
    lines = sorted(edge_of(part), key=len, reverse=True)
    feature: dict[str, Any] = {
        "type": "Feature",
        "properties": {"code": str(code)},
        "geometry": {"type": "Polygon", "coordinates": [[positions[corner] for corner in line] for line in lines]},
    }
    return json.dumps(feature, separators=(",", ":"))
