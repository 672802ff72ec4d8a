"""Maps: shapes keep their form, neighbours their common edge, and equal values their shade."""

import json
import re
from fractions import Fraction

import pytest

from bangfu.web.maps import HEIGHT_MAX, WIDTH, draw, shade


def _polygon(*rings):
    return json.dumps({"type": "Polygon", "coordinates": rings})


def _square(west, south, size=1):
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def _corners(path):
    """Return the absolute corners of a path of one ring."""
    x, y, steps = re.fullmatch(r"M(\d+) (\d+)l([-\d ]+)z", path).groups()
    numbers = [int(number) for number in steps.split()]
    corners = [(int(x), int(y))]
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        corners.append((corners[-1][0] + dx, corners[-1][1] + dy))
    return corners


def test_north_is_up_and_east_is_right():
    shapes = draw({1: _polygon(_square(0, 0)), 2: _polygon(_square(1, 1))}).shapes
    assert shapes[1].x < shapes[2].x
    assert shapes[1].y > shapes[2].y


def test_neighbours_share_the_corners_of_their_common_edge():
    shapes = draw({1: _polygon(_square(0, 0)), 2: _polygon(_square(1, 0))}).shapes
    assert len(set(_corners(shapes[1].path)) & set(_corners(shapes[2].path))) == 2


@pytest.mark.parametrize(("latitude", "ratio"), [(0, 1.0), (60, 0.5)])
def test_a_degree_to_the_east_is_shorter_far_from_the_equator(latitude, ratio):
    drawing = draw({1: _polygon(_square(0, latitude - 0.5))})
    assert drawing.width / drawing.height == pytest.approx(ratio, abs=0.02)


@pytest.mark.parametrize(("wide", "high"), [(8, 1), (1, 8)])
def test_a_map_fits_into_its_frame(wide, high):
    ring = [[0, 0], [wide, 0], [wide, high], [0, high], [0, 0]]
    drawing = draw({1: _polygon(ring)})
    assert max(drawing.width / WIDTH, drawing.height / HEIGHT_MAX) == pytest.approx(1, abs=0.01)
    assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in _corners(drawing.shapes[1].path))


def test_an_outline_of_many_points_takes_no_more_room_than_the_frame_has():
    ring = [[index / 1_000_000, 0] for index in range(20_000)] + [[0.02, 0.02], [0, 0]]
    assert len(draw({1: _polygon(ring)}).shapes[1].path) < 10_000


def test_a_hole_is_drawn_as_a_second_line():
    assert draw({1: _polygon(_square(0, 0, 3), _square(1, 1)[::-1])}).shapes[1].path.count("M") == 2


def test_a_place_of_several_parts_is_named_on_the_largest():
    parts = json.dumps({"type": "MultiPolygon", "coordinates": [[_square(0, 0, 0.1)], [_square(2, 0)]]})
    shape = draw({1: parts, 2: _polygon(_square(0, 1))}).shapes[1]
    assert shape.path.count("M") == 2
    assert shape.x > WIDTH // 2


def test_a_place_too_small_to_see_stays_a_dot_that_can_be_chosen():
    shape = draw({1: _polygon(_square(0, 0, 50)), 2: _polygon(_square(3, 3, 0.0001))}).shapes[2]
    assert "h8v8h-8z" in shape.path


def test_nothing_is_drawn_without_outlines():
    assert draw({}) is None


def test_values_are_parted_into_five_shades_of_equally_many_places():
    shades, legend = shade({number: Fraction(number) for number in range(10)})
    assert [shades[number] for number in range(10)] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert [(step.low, step.high, step.count) for step in legend][-1] == (8, 9, 2)


def test_equal_values_have_one_shade():
    shades, legend = shade({1: Fraction(1), 2: Fraction(1), 3: Fraction(1), 4: Fraction(2), 5: None})
    assert shades[1] == shades[2] == shades[3] != shades[4]
    assert sum(step.count for step in legend) == 4


def test_the_unknown_has_no_shade():
    assert shade({1: None, 2: Fraction(0)})[0] == {1: None, 2: 2}
    assert shade({1: None}) == ({1: None}, [])
