"""What is read of the places, and within which area."""

from datetime import date

import pytest

from bangfu.kernel.errors.register import PlaceUnknown
from bangfu.places import queries
from bangfu.places.actions.load_places import load_places
from bangfu.places.scope import Scope, lineage

pytestmark = pytest.mark.store

EVERYWHERE = Scope.everywhere()


@pytest.fixture
def merged(clerk, places):
    """Two villages that went: one in its own town, one in a town that went with it."""
    rows = [
        {
            "code": "990101102000",
            "name": "旧坪乡",
            "level": "乡",
            "parent": "990101000000",
            "valid_to": "2015-12-31",
            "successor": str(places.other_town),
        },
        {
            "code": "990101102201",
            "name": "旧坪村",
            "level": "村",
            "parent": "990101102000",
            "valid_to": "2015-12-31",
            "successor": str(places.other_village),
            "aliases": "老坪村",
        },
        {
            "code": "990101100209",
            "name": "东柳村",
            "level": "村",
            "parent": str(places.town),
            "valid_to": "2019-12-31",
            "successor": str(places.village),
        },
    ]  # fmt: skip  one row, one place
    assert load_places(by=clerk, rows=rows)["added"] == 3
    return places


def ways(frame, number):
    names = ["county_name", "town_name", "village_name", "code"]
    return set(frame.filter(frame["village"] == number).select(names).rows())


def test_a_village_is_meant_by_its_names_and_code(places):
    frame = queries.village_names(EVERYWHERE)
    assert frame.columns == ["county", "county_name", "town", "town_name", "village", "village_name", "code"]
    assert ways(frame, places.village) == {("清溪县", "柳河镇", "上柳村", "990101100201")}
    assert frame.filter(frame["village"] == places.village).select("county", "town").rows() == [
        (places.county, places.town)
    ]


def test_a_former_name_of_the_county_means_its_villages_too(clerk, places):
    load_places(
        by=clerk, rows=[{"code": "990101", "name": "清溪市", "level": "县", "parent": "9901", "aliases": "青溪县"}]
    )
    named = {county for county, *_ in ways(queries.village_names(EVERYWHERE), places.village)}
    assert named == {"清溪市", "清溪县", "青溪县"}


def test_a_village_that_went_means_the_one_that_took_over(merged):
    frame = queries.village_names(EVERYWHERE)
    assert ("清溪县", "柳河镇", "东柳村", "990101100209") in ways(frame, merged.village)
    assert frame.filter(frame["code"] == "990101100209")["village"].unique().to_list() == [merged.village]


def test_a_village_of_a_town_that_went_is_found_under_both_towns(merged):
    said = ways(queries.village_names(EVERYWHERE), merged.other_village)
    for town in ("旧坪乡", "松坪乡"):
        for village in ("旧坪村", "老坪村"):
            assert ("清溪县", town, village, "990101102201") in said


def test_a_chain_of_successors_leads_to_its_end(clerk, merged):
    row = {"code": str(merged.village), "name": "上柳村", "level": "村", "parent": str(merged.town),
           "valid_to": "2022-12-31", "successor": str(merged.sibling)}  # fmt: skip
    load_places(by=clerk, rows=[row])
    assert ("清溪县", "柳河镇", "东柳村", "990101100209") in ways(queries.village_names(EVERYWHERE), merged.sibling)


@pytest.mark.parametrize(
    ("on", "name"),
    [
        pytest.param(date(2019, 12, 31), "东柳村", id="its last day"),
        pytest.param(date(2020, 1, 1), "上柳村", id="the day after"),
        pytest.param(None, "上柳村", id="today"),
    ],
)
def test_a_code_means_its_place_until_its_last_day_and_then_the_successor(merged, on, name):
    assert queries.resolve(EVERYWHERE, "990101100209", on).name == name


def test_a_number_resolves_like_its_code(merged):
    assert queries.resolve(EVERYWHERE, 990101100209).number == merged.village


def test_an_unknown_code_is_said_to_be_unknown(places):
    with pytest.raises(PlaceUnknown, match="123"):
        queries.resolve(EVERYWHERE, "123")


def test_a_place_outside_the_scope_is_as_unknown_as_one_that_does_not_exist(places):
    with pytest.raises(PlaceUnknown):
        queries.resolve(Scope((places.town,)), str(places.other_village))


@pytest.mark.parametrize(
    ("root", "villages"),
    [("county", 4), ("town", 2), ("village", 1), ("other_county", 0), ("province", 4), ("city", 4)],
)
def test_a_scope_shows_the_villages_of_its_subtree_alone(places, root, villages):
    assert queries.village_names(Scope((getattr(places, root),))).height == villages


def test_no_root_is_no_place(places):
    assert queries.village_names(Scope(())).is_empty()
    assert not Scope(()).contains(places.village)


def test_two_roots_of_different_levels_are_both_in_the_scope(places):
    scope = Scope((places.town, places.far_village))
    assert sorted(queries.village_names(scope)["village"]) == [places.village, places.sibling, places.far_village]


def test_only_the_whole_country_contains_a_place_that_nobody_registered(places):
    assert EVERYWHERE.contains(1)
    assert not Scope((places.province,)).contains(1)


def test_the_lineage_of_a_place_begins_with_itself(places):
    assert lineage(places.village) == (places.village, places.town, places.county, places.city, places.province)
    assert lineage(places.county) == (places.county, places.city, places.province)
    assert lineage(1) == ()


def test_the_frame_of_places_holds_the_ancestors_too(places):
    frame = queries.places_frame(Scope((places.town,)))
    assert frame.columns == ["place", "parent", "level", "code", "name", "name_en"]
    assert frame["place"].to_list() == sorted(
        [places.province, places.city, places.county, places.town, places.village, places.sibling]
    )
    assert frame["parent"].drop_nulls().is_in(frame["place"].to_list()).all()


def test_a_subtree_is_cut_at_the_edge_of_the_scope(places):
    assert queries.subtree(EVERYWHERE, places.town) == [places.town, places.village, places.sibling]
    assert queries.subtree(Scope((places.village,)), places.town) == [places.village]
    assert queries.subtree(EVERYWHERE, 1) == []
