"""Outlines: what is taken of a GeoJSON file, and why the rest comes back."""

import json

import pytest

from bangfu.audit.models import Event
from bangfu.kernel.errors import NotPermitted
from bangfu.kernel.errors.register import OutlineFileUnreadable
from bangfu.places import drawing
from bangfu.places.actions.load_outlines import load_outlines
from bangfu.places.models import Outline
from tests.places.lists import holds

pytestmark = pytest.mark.store

SQUARE = [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]
COUNTY, TOWN = "990101000000", "990101100000"


def _feature(code, coordinates=SQUARE, kind="Polygon", name="code"):
    return {
        "type": "Feature",
        "properties": {name: code},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


@pytest.fixture
def load(clerk, places, tmp_path):
    """Return a function that loads features, or a text, as the clerk or somebody else."""

    def loading(*features, by=clerk, text=None):
        path = tmp_path / "places.geojson"
        written = text if text is not None else json.dumps({"type": "FeatureCollection", "features": features})
        path.write_text(written, encoding="utf-8")
        return load_outlines(by=by, path=path)

    return loading


def _counts(result):
    assert result["features"] == result["accepted"] + result["rejected"]
    assert result["accepted"] == result["added"] + result["changed"] + result["unchanged"]
    assert result["rejected"] == len(result["errors"])
    return tuple(result[name] for name in ("added", "changed", "unchanged", "rejected"))


def _reasons(result):
    return [(error["row"], error["code"]) for error in result["errors"]]


def test_an_outline_is_kept_with_its_box(load, places, home):
    assert _counts(load(_feature(COUNTY, [[[0, 0], [1.5, 0], [1.5, 0.25], [0, 0]]]))) == (1, 0, 0, 0)
    kept = Outline.objects.get(pk=places.county)
    assert json.loads(kept.geometry)["coordinates"] == [[[0, 0], [1.5, 0], [1.5, 0.25], [0, 0]]]
    assert (kept.west, kept.south, kept.east, kept.north) == (0, 0, 150_000, 25_000)
    assert Event.objects.get(pk=kept.event_id).county == places.county
    assert holds(home)


def test_the_same_file_again_changes_nothing(load):
    load(_feature(COUNTY), _feature(TOWN))
    events = Event.objects.count()
    assert _counts(load(_feature(COUNTY), _feature(TOWN))) == (0, 0, 2, 0)
    assert Event.objects.count() == events


def test_another_outline_replaces_the_former_one_and_the_chain_holds(load, home):
    load(_feature(COUNTY), _feature(TOWN))
    assert _counts(load(_feature(COUNTY, [[[0, 0], [2, 0], [2, 2], [0, 0]]]), _feature(TOWN))) == (0, 1, 1, 0)
    assert "replaced" in json.loads(Event.objects.latest("id").body)
    assert holds(home)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        pytest.param("990101", "code", id="short code"),
        pytest.param(990101, "code", id="number"),
        pytest.param("990101000000", "区划代码", id="chinese name"),
    ],
)
def test_a_code_is_understood_as_lists_of_places_write_it(load, code, name):
    assert _counts(load(_feature(code, name=name))) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("feature", "reason"),
    [
        pytest.param({"type": "Feature", "properties": None, "geometry": None}, "BF346", id="no property"),
        pytest.param("no feature", "BF346", id="no feature"),
        pytest.param(_feature("990109"), "BF347", id="no such place"),
        pytest.param(_feature(COUNTY, [0, 0], "Point"), "BF349", id="a point"),
        pytest.param(_feature(COUNTY, None), "BF349", id="no coordinates"),
        pytest.param(_feature(COUNTY, []), "BF349", id="no ring"),
        pytest.param(_feature(COUNTY, [[SQUARE[0]], []], "MultiPolygon"), "BF349", id="an empty part"),
        pytest.param(_feature(COUNTY, [SQUARE[0][:-1]]), "BF349", id="open ring"),
        pytest.param(_feature(COUNTY, [[[0, 0], [1, "1"], [1, 1], [0, 0]]]), "BF349", id="text for a number"),
        pytest.param(_feature(COUNTY, [[[0, 0], [10**400, 1], [1, 1], [0, 0]]]), "BF349", id="endless number"),
        pytest.param(_feature(COUNTY, [[[0, 0], [500_000, 0], [1, 1], [0, 0]]]), "BF350", id="metres"),
    ],
)
def test_what_cannot_stand_comes_back_with_its_reason_and_the_rest_is_taken(load, feature, reason):
    result = load(feature, _feature(TOWN))
    assert _counts(result) == (1, 0, 0, 1)
    assert _reasons(result) == [(1, reason)]


def test_a_place_may_have_several_parts_and_heights_are_left_out(load, places):
    part = [[[0, 0, 7.5], [1, 0, 7.5], [1, 1, 7.5], [0, 0, 7.5]]]
    assert _counts(load(_feature(COUNTY, [part, part], "MultiPolygon"))) == (1, 0, 0, 0)
    assert json.loads(Outline.objects.get(pk=places.county).geometry)["coordinates"][1][0][0] == [0, 0]


def test_a_place_that_stands_twice_is_taken_once(load):
    assert _reasons(load(_feature(COUNTY), _feature("990101"))) == [(2, "BF348")]


def test_an_outline_of_too_many_points_comes_back(load, monkeypatch):
    monkeypatch.setattr(drawing, "POINTS_MAX", 4)
    assert _reasons(load(_feature(COUNTY))) == [(1, "BF351")]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"type": "FeatureCollection"}', "[" * 100_000, '{"features": [NaN]}'])
def test_what_is_no_geojson_says_so(load, text):
    with pytest.raises(OutlineFileUnreadable):
        load(text=text)


def test_a_file_too_large_or_missing_says_so(load, clerk, tmp_path, monkeypatch):
    with pytest.raises(OutlineFileUnreadable, match=r"nothing\.geojson"):
        load_outlines(by=clerk, path=tmp_path / "nothing.geojson")
    monkeypatch.setattr(drawing, "BYTES_MAX", 10)
    with pytest.raises(OutlineFileUnreadable, match="larger"):
        load(_feature(COUNTY))


def test_an_operator_loads_outlines_of_the_own_area_only(load, operator_of, places):
    mine = operator_of(places.town)
    assert _reasons(load(_feature(TOWN), _feature(COUNTY), by=mine)) == [(2, "BF352")]
    with pytest.raises(NotPermitted):
        load(_feature(COUNTY), by=mine)
