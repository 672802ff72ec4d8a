"""The published list of the 832 counties: codes and names as they really came and went."""

import csv

import pytest

from bangfu.audit.verifier import verify
from bangfu.places import queries
from bangfu.places.actions.load_places import load_places
from bangfu.places.models import Place
from bangfu.places.scope import Scope
from tests.published_folder import FOLDER

pytestmark = pytest.mark.store

WRONG = ["文山市", "临夏市"]
LIST = FOLDER / "china" / "poverty_county_832.csv"


@pytest.fixture
def counties():
    """Rows of the published list: code as the file has it, names of county, province and city."""
    with LIST.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if row["行政区划代码"]]


def carries_a_citys_code(row):
    """Tell whether the list gives a county the code of the city above it, a slip of the publisher."""
    return row["行政区划代码"].removesuffix(".0").endswith("00")


def tree(counties):
    """Provinces and cities read off the codes, each county under what its code says; codes as in the file."""
    rows = {}
    for county in counties:
        code = county["行政区划代码"].removesuffix(".0")
        rows[code[:2]] = {"code": code[:2], "name": county["所属省份"], "level": "省", "parent": ""}
        rows[code[:4]] = {"code": code[:4], "name": county["所属城市"] or code[:4], "level": "市", "parent": code[:2]}
    stated = [
        {"code": row["行政区划代码"], "name": row["县域名称"], "level": "县", "parent": row["行政区划代码"][:4]}
        for row in counties
    ]
    return [*stated, *rows.values()]


def test_the_real_list_loads_once_and_then_changes_nothing(counties, clerk, home):
    rows = tree([row for row in counties if not carries_a_citys_code(row)])
    first = load_places(by=clerk, rows=rows)
    assert (first["added"], first["errors"]) == (len(rows), [])
    again = load_places(by=clerk, rows=rows)
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, len(rows))
    assert not verify(home.database_url or str(home.database_file), home.key_file).faults


def test_the_counties_that_the_list_gives_a_citys_code_are_refused_and_nothing_is_guessed(counties, clerk):
    wrong = [row for row in counties if carries_a_citys_code(row)]
    assert [row["县域名称"] for row in wrong] == WRONG
    result = load_places(by=clerk, rows=tree(counties))
    refused = [error["row"] for error in result["errors"] if error["code"] == "BF334"]
    assert len(refused) == 2 * len(wrong)
    assert {counties[row - 1]["县域名称"] for row in refused if row <= len(counties)} == set(WRONG)
    assert result["rows"] == result["added"] + len(result["errors"])


def test_a_county_that_became_a_district_is_found_by_both_codes_and_both_names(counties, clerk):
    """宣化县 (130721 until 2016) stands in the list under the code of the district that took over, 130705."""
    load_places(by=clerk, rows=tree(counties))
    became = [
        {"code": "130705", "name": "宣化区", "level": "县", "parent": "1307", "valid_from": "2016-01-01"},
        {
            "code": "130721",
            "name": "宣化县",
            "level": "县",
            "parent": "1307",
            "valid_to": "2015-12-31",
            "successor": "130705",
        },
        {"code": "130705100", "name": "某镇", "level": "镇", "parent": "130705"},
        {"code": "130705100200", "name": "某村", "level": "村", "parent": "130705100"},
    ]  # fmt: skip  one row, one place
    result = load_places(by=clerk, rows=became)
    assert (result["added"], result["changed"], result["errors"]) == (3, 1, [])
    assert Place.objects.get(code="130705000000").aliases == "宣化县"
    assert queries.resolve(Scope.everywhere(), "130721000000").name == "宣化区"
    named = queries.village_names(Scope((130705000000,)))["county_name"]
    assert sorted(named) == ["宣化区", "宣化县"]


def test_a_code_listed_twice_is_refused_the_second_time(counties, clerk):
    rows = tree(counties)
    result = load_places(by=clerk, rows=[*rows, rows[0]])
    assert (result["errors"][-1]["row"], result["errors"][-1]["code"]) == (len(rows) + 1, "BF333")
