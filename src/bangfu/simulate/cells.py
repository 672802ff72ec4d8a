"""Ground of the fictional place: six-sided cells with crooked corners, which parts of it share exactly.

A cell is known by its column and row, (q, r). Three cells meet in each corner, never four, so that the
edge of any part is a closed line that touches itself nowhere; and because a corner has one position for
all cells around it, parts lie beside one another without a gap.
"""

import math
from collections.abc import Callable, Collection, Iterable, Iterator
from heapq import heappop, heappush
from random import Random
from typing import Final

Cell = tuple[int, int]
Corner = tuple[int, int]
Position = tuple[float, float]

_AROUND: Final = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
"""Neighbours of a cell, anticlockwise from the east."""
_CORNERS: Final = ((1, -1), (1, 1), (0, 2), (-1, 1), (-1, -1), (0, -2))
"""Corners of a cell from its middle, anticlockwise; the neighbour across the edge to the next is in `_AROUND`."""
_CROOKED: Final = 0.3
_LOBES: Final = (2, 3, 5)
_DEPTH: Final = 0.16


def land(count: int, rng: Random) -> list[Cell]:
    """Return so many cells that hang together in one irregular shape, in their order."""
    phases = [(lobe, rng.uniform(0, 2 * math.pi)) for lobe in _LOBES]

    def far(cell: Cell) -> float:
        x, y = middle(cell)
        angle = math.atan2(y, x)
        return math.hypot(x, y) / (1 + sum(_DEPTH * math.cos(lobe * angle + phase) for lobe, phase in phases))

    return sorted(grow((0, 0), count, far, None))


def middle(cell: Cell) -> Position:
    """Return the middle of a cell."""
    q, r = cell
    return ((2 * q + r) * math.sqrt(3) / 2, 1.5 * r)


def neighbours(cell: Cell) -> Iterator[Cell]:
    """Yield the six cells around a cell."""
    q, r = cell
    return ((q + dq, r + dr) for dq, dr in _AROUND)


def grow(start: Cell, count: int, far: Callable[[Cell], float], ground: Collection[Cell] | None) -> set[Cell]:
    """Return cells that hang together with the first one, always taking the nearest next.

    far     how far a cell is
    ground  cells to stay on; None: anywhere
    """
    taken: set[Cell] = set()
    seen, waiting = {start}, [(0.0, start)]
    while waiting and len(taken) < count:
        _, cell = heappop(waiting)
        taken.add(cell)
        for near in neighbours(cell):
            if near not in seen and (ground is None or near in ground):
                seen.add(near)
                heappush(waiting, (far(near), near))
    return taken


def corner_positions(cells: Iterable[Cell], rng: Random) -> dict[Corner, Position]:
    """Return where each corner of the cells lies, a little off its even place."""
    corners = sorted({corner for cell in cells for corner in _corners(cell)})
    return {
        (x, y): (
            x * math.sqrt(3) / 2 + rng.uniform(-_CROOKED, _CROOKED),
            y / 2 + rng.uniform(-_CROOKED, _CROOKED),
        )
        for x, y in corners
    }


def edge_of(part: Collection[Cell]) -> list[list[Corner]]:
    """Return the closed lines around a part, the outer one anticlockwise, lines around holes clockwise.

    Each line ends with the corner that it began with.
    """
    after: dict[Corner, Corner] = {}
    for cell in sorted(part):
        corners = _corners(cell)
        for side, near in enumerate(neighbours(cell)):
            if near not in part:
                after[corners[side]] = corners[(side + 1) % len(corners)]
    lines = []
    while after:
        line = [min(after)]
        while line[-1] in after:
            line.append(after.pop(line[-1]))
        lines.append(line)
    return lines


def _corners(cell: Cell) -> list[Corner]:
    q, r = cell
    return [(2 * q + r + x, 3 * r + y) for x, y in _CORNERS]
