"""A list of signed authorisations is read row by row: each is taken, or refused for a reason."""

from datetime import date

import polars as pl
import pytest

from bangfu.decisions.paper_list import AHEAD, NO_DAY, NO_HOUSEHOLD, NO_PAPER, NO_SIGNER, PaperRow, read_papers
from bangfu.documents.workbook import ListSheet, write_list
from bangfu.kernel.errors.comparisons import PapersUnlike
from bangfu.params import load

DAY = date(2021, 6, 1)
ALL = ("户编号", "签署日期", "签署人", "归档编号")


def read(folder, header, *rows):
    names = [f"c{number}" for number in range(len(header))]
    frame = pl.DataFrame([list(row) for row in rows], schema=dict.fromkeys(names, pl.String), orient="row")
    path = folder / "papers.xlsx"
    sheet = ListSheet(name="清单", title="承诺授权书", frame=frame, labels=dict(zip(names, header, strict=True)))
    write_list(path, [sheet])
    return read_papers(path, load(), DAY)


def test_rows_are_taken_and_what_the_list_leaves_out_is_the_head_and_the_number_of_the_household(tmp_path):
    found = read(tmp_path, ALL, ("H1", "2021-05-20", "配偶", "承诺-7"), ("H2", "2021年6月1日", "", ""))
    assert not found.refused
    assert found.taken == [
        PaperRow(3, "H1", date(2021, 5, 20), 2, "承诺-7"),
        PaperRow(4, "H2", date(2021, 6, 1), 1, "H2"),
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        pytest.param(("", "2021-05-20", "户主", "1"), NO_HOUSEHOLD, id="no number"),
        pytest.param(("9.9E+15", "2021-05-20", "户主", "1"), NO_HOUSEHOLD, id="a number that lost digits"),
        pytest.param(("H1", "", "户主", "1"), NO_DAY, id="no day"),
        pytest.param(("H1", "去年", "户主", "1"), NO_DAY, id="an unreadable day"),
        pytest.param(("H1", "2021-06-02", "户主", "1"), AHEAD, id="tomorrow"),
        pytest.param(("H1", "2021-05-20", "邻居家", "1"), NO_SIGNER, id="a stranger"),
        pytest.param(("H1", "2021-05-20", "户主", "字" * 61), NO_PAPER, id="61 characters"),
        pytest.param(("H1", "2021-05-20", "户主", "990101197001010015"), NO_PAPER, id="an identity number"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_reason_and_the_others_are_taken(tmp_path, row, why):
    found = read(tmp_path, ALL, row, ("H2", "2021-05-20", "户主", "字" * 60))
    assert found.refused == [(3, why)]
    assert [one.household_no for one in found.taken] == ["H2"]


def test_two_columns_are_enough_and_one_is_not(tmp_path):
    assert len(read(tmp_path, ALL[:2], ("H1", "2021-05-20")).taken) == 1
    with pytest.raises(PapersUnlike):
        read(tmp_path, ALL[:1], ("H1",))


def test_an_empty_row_is_no_row(tmp_path):
    found = read(tmp_path, ALL[:2], ("H1", "2021-05-20"), ("", ""), ("H2", "2021-05-20"))
    assert (len(found.taken), found.refused) == (2, [])
