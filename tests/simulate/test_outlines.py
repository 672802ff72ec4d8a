"""The map of the fictional place: children tile their parent, and every standing place has its outline."""

import json
from collections import defaultdict
from itertools import pairwise

import pytest

from bangfu.simulate.place import write_places_of
from bangfu.simulate.sizes import SIZES

LARGEST = {"hamlet": 20_000, "county": 400_000, "city": 1_500_000}
CODES = {"hamlet": 1 + 1 + 1 + 1 + 3, "county": 3 + 14 + 200, "city": 2 + 13 + 148 + 1439}


@pytest.fixture(scope="module", params=SIZES)
def drawn(request, tmp_path_factory):
    """Size, folder, trees and outlines (rings by code) of a fictional place."""
    folder = tmp_path_factory.mktemp(request.param)
    trees = write_places_of(SIZES[request.param], 1, folder)
    return request.param, folder, trees, _rings(folder)


def _rings(folder):
    page = json.loads((folder / "places.geojson").read_text(encoding="utf-8"))
    return {int(one["properties"]["code"]): one["geometry"]["coordinates"] for one in page["features"]}


def _area(rings):
    """Return the area in whole ten-thousandths of a degree, squared and doubled: exact, holes taken off."""
    points = [[(round(x * 10_000), round(y * 10_000)) for x, y in ring] for ring in rings]
    return sum(x * v - u * y for ring in points for (x, y), (u, v) in pairwise(ring))


def test_every_standing_place_has_its_outline(drawn):
    size, _, trees, rings = drawn
    merged = {tree.merged.code for tree in trees}
    assert set(rings) == {place.code for tree in trees for place in tree.places} - merged
    assert len(rings) == CODES[size]


def test_children_tile_their_parent_to_the_last_corner(drawn):
    _, _, trees, rings = drawn
    children = defaultdict(list)
    for place in (place for tree in trees for place in tree.places if place.code in rings):
        children[place.parent].append(place.code)
    for parent, below in children.items():
        if parent:
            assert sum(_area(rings[code]) for code in below) == _area(rings[parent]), parent


def test_every_outline_is_closed_and_has_an_area(drawn):
    *_, rings = drawn
    assert all(ring[0] == ring[-1] and len(ring) >= 7 for each in rings.values() for ring in each)
    assert all(_area(each) > 0 for each in rings.values())


def test_outlines_lie_where_no_county_is_and_take_little_room(drawn):
    size, folder, _, rings = drawn
    points = [point for each in rings.values() for ring in each for point in ring]
    assert all(0 <= part <= 2 for point in points for part in point)
    assert (folder / "places.geojson").stat().st_size < LARGEST[size]


def test_the_seed_decides_the_outlines(tmp_path):
    written = []
    for number, seed in enumerate((1, 1, 2)):
        folder = tmp_path / str(number)
        folder.mkdir()
        write_places_of(SIZES["hamlet"], seed, folder)
        written.append(_rings(folder))
    assert written[0] == written[1] != written[2]
