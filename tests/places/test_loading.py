"""Lists of places: what becomes of them, and what loading again changes."""

import json
import random

import pytest

from bangfu.audit.models import Event
from bangfu.places import queries
from bangfu.places.actions.load_places import load_places
from bangfu.places.models import Place
from bangfu.places.scope import Scope
from tests.places.lists import TREE, as_file, counts, holds, loaded, mappings, reasons

pytestmark = pytest.mark.store

EVERYWHERE = Scope.everywhere()


def test_a_list_becomes_the_tree(clerk):
    assert counts(loaded(clerk)) == {"rows": 5, "added": 5, "changed": 0, "unchanged": 0, "errors": 0}
    village = Place.objects.get(number=990101100201)
    assert (village.name, village.level, village.parent_id) == ("上柳村", 5, 990101100000)
    assert (village.province, village.city, village.county, village.town) == (
        990000000000,
        990100000000,
        990101000000,
        990101100000,
    )


def test_the_same_list_again_changes_nothing(clerk):
    loaded(clerk)
    events = Event.objects.count()
    assert counts(loaded(clerk)) == {"rows": 5, "added": 0, "changed": 0, "unchanged": 5, "errors": 0}
    assert Event.objects.count() == events


def test_the_order_of_rows_does_not_matter(clerk):
    rows = mappings(TREE)
    random.Random(1).shuffle(rows)
    assert load_places(by=clerk, rows=rows)["added"] == 5


def test_short_codes_mean_the_same_places(clerk):
    loaded(clerk)
    short = [("99", "云岭省", "1", ""), ("9901", "青石市", "地级", "99"), ("990101.0", "清溪县", "县级", "9901.0")]
    assert counts(load_places(by=clerk, rows=mappings(short)))["unchanged"] == 3


def test_full_width_codes_and_spaces_mean_the_same_places(clerk):
    loaded(clerk)
    assert counts(load_places(by=clerk, rows=mappings([("　９９０１ ", " 青石市 ", "市", "９９")])))["unchanged"] == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_chinese_file_is_read_in_either_encoding(clerk, tmp_path, encoding):
    text = "代码,名称,级别,上级\r\n99,云岭省,省,\r\n9901,青石市,市,99\r\n\r\n990101,清溪县,县,9901\r\n"
    result = load_places(by=clerk, path=as_file(tmp_path, text, encoding))
    assert counts(result) == {"rows": 3, "added": 3, "changed": 0, "unchanged": 0, "errors": 0}


def test_a_missing_level_is_read_from_the_code(clerk):
    assert load_places(by=clerk, rows=mappings([("99", "云岭省", "", ""), ("9901", "青石市", "", "99")]))["added"] == 2
    assert Place.objects.get(code="990100000000").level == 2


@pytest.mark.parametrize("written", ["2020-01-31", "20200131", "2020/1/31", "2020年1月31日"])
def test_a_day_is_read_in_the_usual_forms(clerk, written):
    load_places(by=clerk, rows=[{"code": "99", "name": "云岭省", "level": "省", "parent": "", "valid_from": written}])
    assert str(Place.objects.get(code="990000000000").valid_from) == "2020-01-31"


def test_a_place_may_begin_and_end_on_one_day(clerk):
    row = {
        "code": "99",
        "name": "云岭省",
        "level": "省",
        "parent": "",
        "valid_from": "20200101",
        "valid_to": "20200101",
    }
    assert load_places(by=clerk, rows=[row])["errors"] == []


def test_a_new_name_keeps_the_former_one_as_alias(clerk, home):
    loaded(clerk)
    renamed = mappings([("990101100201", "新柳村", "村", "990101100000")])
    assert load_places(by=clerk, rows=renamed)["changed"] == 1
    assert load_places(by=clerk, rows=renamed)["unchanged"] == 1
    village = Place.objects.get(number=990101100201)
    assert (village.name, village.aliases) == ("新柳村", "上柳村")
    assert holds(home)


def test_a_change_names_the_event_and_keeps_a_commitment_of_what_was(clerk):
    loaded(clerk)
    before = Place.objects.get(number=990101100201).event_id
    load_places(by=clerk, rows=mappings([("990101100201", "新柳村", "村", "990101100000")]))
    event = Event.objects.latest("id")
    assert (event.county, event.action) == (990101000000, "places.load")
    assert [row[:2] for row in json.loads(event.body)["replaced"]["places_place"]] == [[before, 990101100201]]


def test_a_list_that_is_silent_about_days_and_aliases_leaves_them(clerk):
    full = {
        "code": "99",
        "name": "云岭省",
        "level": "省",
        "parent": "",
        "valid_from": "19490101",
        "aliases": "云省；岭省",
    }
    load_places(by=clerk, rows=[full])
    assert load_places(by=clerk, rows=mappings(TREE[:1]))["unchanged"] == 1
    place = Place.objects.get(code="990000000000")
    assert (place.aliases, str(place.valid_from)) == ("云省|岭省", "1949-01-01")


def test_a_place_that_moves_takes_its_subtree_along(clerk, home):
    loaded(clerk, ("990200000000", "白水市", "市", "990000000000"))
    result = load_places(by=clerk, rows=mappings([("990101000000", "清溪县", "县", "990200000000")]))
    assert counts(result) == {"rows": 1, "added": 0, "changed": 1, "unchanged": 0, "errors": 0}
    village = Place.objects.get(number=990101100201)
    assert (village.city, village.county, village.town) == (990200000000, 990101000000, 990101100000)
    assert Scope((990200000000,)).contains(990101100201)
    assert not Scope((990100000000,)).contains(990101100201)
    assert holds(home)


def test_a_registered_place_keeps_its_level(clerk):
    loaded(clerk)
    result = load_places(by=clerk, rows=mappings([("990101000000", "清溪区", "镇", "990100000000")]))
    assert reasons(result) == [(1, "level", "BF337")]


def test_a_town_directly_under_a_city_has_the_city_for_its_county(clerk):
    loaded(clerk, ("990300000000", "直筒市", "市", "990000000000"), ("990300001000", "一街道", "街道", "990300000000"))
    assert Place.objects.get(number=990300001000).county == 990300000000


def test_each_county_has_its_own_event_and_what_lies_above_stands_on_the_countrys(clerk):
    Event.objects.count()
    loaded(clerk, ("990102000000", "白石县", "县", "990100000000"))
    counties = Event.objects.filter(action="places.load").values_list("county", flat=True)
    assert sorted(counties) == [0, 990101000000, 990102000000]


def test_other_countries_trees_have_any_code_and_numbers_above_the_chinese(clerk, home):
    rows = [
        ("BJ", "Region", "province", ""),
        ("BJ-AL", "Commune", "3", "BJ"),
        ("BJ-AL/7", "Village", "village", "BJ-AL"),
    ]
    assert load_places(by=clerk, rows=mappings(rows))["added"] == 3
    numbers = list(Place.objects.order_by("number").values_list("code", "number"))
    assert numbers == [("BJ", 10**13 + 1), ("BJ-AL", 10**13 + 2), ("BJ-AL/7", 10**13 + 3)]
    assert load_places(by=clerk, rows=mappings(rows))["unchanged"] == 3
    assert load_places(by=clerk, rows=mappings([("CI", "Other", "1", "")]))["added"] == 1
    assert Place.objects.get(code="CI").number == 10**13 + 4
    assert Place.objects.get(code="BJ-AL/7").county == 10**13 + 2
    assert holds(home)


def test_both_kinds_of_trees_stand_side_by_side(clerk):
    loaded(clerk)
    load_places(by=clerk, rows=mappings([("BJ", "Region", "province", "")]))
    assert queries.subtree(EVERYWHERE, 990000000000) == sorted(int(row[0]) for row in TREE)


def test_nothing_at_all_is_a_list_too(clerk):
    assert counts(load_places(by=clerk, rows=[])) == {"rows": 0, "added": 0, "changed": 0, "unchanged": 0, "errors": 0}
