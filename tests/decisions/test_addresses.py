"""Which town and village a row of a list means, by its columns or by the words of its address."""

import polars as pl
import pytest

from bangfu.decisions.addresses import placed

NAMES = pl.DataFrame(
    [
        (1, "清溪县", 10, "柳河镇", 101, "上柳村", "990101100201"),
        (1, "清溪县", 10, "柳河镇", 102, "下柳村", "990101100202"),
        (1, "清溪县", 11, "松坪乡", 111, "松坪村", "990101101201"),
        (1, "清溪县", 12, "坪乡", 121, "上柳村", "990101102201"),
    ],
    schema=["county", "county_name", "town", "town_name", "village", "village_name", "code"],
    orient="row",
)


def place(address=None, town=None, village=None):
    columns = {"county_name": None, "town_name": town, "village_name": village, "group_name": None, "address": address}
    rows = pl.DataFrame({name: [text] for name, text in columns.items()}, schema=dict.fromkeys(columns, pl.String))
    return placed(rows, NAMES).select("town", "village").row(0)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        pytest.param({"address": "清溪县柳河镇上柳村三组"}, (10, 101), id="county, town, village and group"),
        pytest.param({"address": "柳河上柳村委会"}, (10, 101), id="without endings"),
        pytest.param({"address": "松坪乡松坪村"}, (11, 111), id="the longest town's name"),
        pytest.param({"address": "柳河镇某处"}, (10, None), id="the town alone"),
        pytest.param({"address": "外省某地"}, (None, None), id="elsewhere"),
        pytest.param({"town": "松坪乡", "village": "松坪村"}, (11, 111), id="columns"),
        pytest.param({"village": "上柳村"}, (None, None), id="a village's name that two towns have"),
        pytest.param({}, (None, None), id="nothing"),
    ],
)
def test_a_row_lies_where_its_words_say(given, found):
    assert place(**given) == found
