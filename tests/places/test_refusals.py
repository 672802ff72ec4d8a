"""Rows and files of places that are refused, each with its reason."""

import pytest

from bangfu.kernel.errors.access import NotPermitted
from bangfu.kernel.errors.register import PlaceFileUnreadable
from bangfu.places.actions.load_places import load_places
from bangfu.places.models import Place
from tests.places.lists import TREE, as_file, loaded, mappings, reasons

pytestmark = pytest.mark.store


def test_row_numbers_are_those_of_the_file(clerk, tmp_path):
    text = "code,name,level,parent\n99,云岭省,省,\n\n9901,,市,99\n"
    assert reasons(load_places(by=clerk, path=as_file(tmp_path, text))) == [(4, "name", "BF335")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(("", "某村", "村", "990101100000"), ("code", "BF331"), id="no code"),
        pytest.param(("99010110020", "某村", "村", "990101100000"), ("code", "BF332"), id="eleven digits"),
        pytest.param(("090101100209", "某村", "村", "990101100000"), ("code", "BF332"), id="a lost first digit"),
        pytest.param(("990101100201", "上柳村", "村", "990101100000"), ("code", "BF333"), id="twice"),
        pytest.param(("990101100209", "", "村", "990101100000"), ("name", "BF335"), id="no name"),
        pytest.param(("990101100209", "某\x00村", "村", "990101100000"), ("name", "BF335"), id="control character"),
        pytest.param(("990101100209", "村" * 201, "村", "990101100000"), ("name", "BF335"), id="name too long"),
        pytest.param(("990101100209", "某村", "组", "990101100000"), ("level", "BF336"), id="unknown level"),
        pytest.param(("990101100209", "某村", "村", "990101109000"), ("parent", "BF338"), id="unknown parent"),
        pytest.param(("990101101000", "某镇", "镇", "990101100201"), ("parent", "BF340"), id="below a village"),
        pytest.param(("990101100209", "某村", "村", "990101100201"), ("parent", "BF340"), id="below its equal"),
        pytest.param(("990101100209", "某村", "村", "990101100209"), ("parent", "BF341"), id="its own parent"),
    ],
)
def test_a_row_that_cannot_stand_is_refused_with_its_reason(clerk, row, reason):
    result = loaded(clerk, row, *[(f"9901011003{n:02}", "村", "村", "990101100000") for n in range(10)])
    assert reasons(result) == [(6, *reason)]
    assert result["added"] == 15


def test_the_longest_name_is_taken(clerk):
    assert loaded(clerk, ("990101100209", "村" * 200, "村", "990101100000"))["errors"] == []


def test_a_refusal_says_in_both_languages_what_is_wrong(clerk):
    error = loaded(clerk, ("990101100209", "某村", "村", "990101109000"))["errors"][0]
    assert error["severity"] == "error"
    assert "990101109000" in error["message_zh"]
    assert "990101109000" in error["message_en"]


def test_two_parents_refuse_both_rows(clerk):
    rows = [("990101101000", "松坪乡", "乡", "990101000000"), ("990101101000", "松坪乡", "乡", "990100000000")]
    assert reasons(loaded(clerk, *rows)) == [(6, "parent", "BF334"), (7, "parent", "BF334")]


def test_who_stands_below_a_refused_row_is_refused_with_it(clerk):
    rows = [("990102000000", "", "县", "990100000000"), ("990102100000", "某镇", "镇", "990102000000")]
    below = ("990102100200", "某村", "村", "990102100000")
    assert reasons(loaded(clerk, *rows, below)) == [
        (6, "name", "BF335"),
        (7, "parent", "BF339"),
        (8, "parent", "BF339"),
    ]


def test_a_circle_of_parents_refuses_each_row_of_it(clerk):
    rows = [("990103000000", "甲县", "县", "990104000000"), ("990104000000", "乙县", "县", "990103000000")]
    assert reasons(loaded(clerk, *rows)) == [(6, "parent", "BF341"), (7, "parent", "BF341")]


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        pytest.param({"valid_from": "2020-02-30"}, "BF342", id="a day that no calendar has"),
        pytest.param({"valid_from": "2020-01-02", "valid_to": "2020-01-01"}, "BF342", id="ends before it begins"),
        pytest.param({"successor": "990101100299"}, "BF343", id="unknown successor"),
        pytest.param({"successor": "990101100209"}, "BF344", id="its own successor"),
    ],
)
def test_days_and_successors_must_make_sense(clerk, days, reason):
    row = {"code": "990101100209", "name": "某村", "level": "村", "parent": "990101100000", **days}
    result = load_places(by=clerk, rows=[*mappings(TREE), row])
    assert [error["code"] for error in result["errors"]] == [reason]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="empty"),
        pytest.param("名称,级别\n云岭省,省\n".encode(), id="columns missing"),
        pytest.param(b"\x80\x81\xff\xff\x00PK", id="no text"),
        pytest.param(b'code,name,level,parent\n99,"open', id="open quotation"),
        pytest.param(b"code,name,level,parent\n" + b"9" * 200_000, id="a giant cell"),
    ],
)
def test_a_file_that_is_no_list_of_places_is_refused_in_one_sentence(clerk, tmp_path, raw):
    path = tmp_path / "places.csv"
    path.write_bytes(raw)
    with pytest.raises(PlaceFileUnreadable, match=r"places\.csv"):
        load_places(by=clerk, path=path)


def test_a_file_that_is_not_there_is_refused_in_one_sentence(clerk, tmp_path):
    with pytest.raises(PlaceFileUnreadable, match="No such file"):
        load_places(by=clerk, path=tmp_path / "none.csv")


def test_who_may_not_load_changes_nothing(people):
    with pytest.raises(NotPermitted):
        loaded(people.analyst)
    assert not Place.objects.exists()


def test_who_may_load_one_county_is_refused_the_rest(clerk, operator_of):
    loaded(clerk)
    rows = [
        ("990101101000", "松坪乡", "乡", "990101000000"),
        ("990101101201", "松坪村", "村", "990101101000"),
        ("990102000000", "白石县", "县", "990100000000"),
        ("980000000000", "他省", "省", ""),
        ("990100000000", "青岩市", "市", "990000000000"),
    ]
    result = load_places(by=operator_of(990101000000), rows=mappings(rows))
    assert reasons(result) == [(3, "code", "BF345"), (4, "code", "BF345"), (5, "code", "BF345")]
    assert result["added"] == 2


def test_whose_area_the_list_never_touches_is_not_permitted(clerk, operator_of):
    loaded(clerk)
    with pytest.raises(NotPermitted):
        load_places(by=operator_of(990101100000), rows=mappings([("990102000000", "白石县", "县", "990100000000")]))


def test_a_gigantic_file_is_refused_before_it_is_read(clerk, tmp_path):
    with (tmp_path / "places.csv").open("wb") as file:
        file.truncate(512 * 1024 * 1024 + 1)
    with pytest.raises(PlaceFileUnreadable, match="512 MB"):
        load_places(by=clerk, path=tmp_path / "places.csv")
