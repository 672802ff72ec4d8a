"""Every row of a sheet is accepted, rejected or set aside; nothing is lost and nothing counted twice."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.intake.layouts import recognise, recognise_all
from bangfu.intake.parsing import parse
from bangfu.intake.sheets import Sheet
from bangfu.kernel.errors.inputs import InputError
from bangfu.params import load
from tests.intake.builders import EXITED, MONITORED, ROSTER, person, rows_of
from tests.intake.taken import codes, parsed

PARAMETERS = load()
WIDTH = len(ROSTER)


def line(*cells):
    return [*cells, *[""] * (WIDTH - len(cells))]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(line("合计", "", "", "", "", "", "", "", "120"), "total", id="total"),
        pytest.param(line("", "", "", "", "合 计"), "total", id="total with a space, in the key's column"),
        pytest.param(
            line("", "上柳村小计", "", "", "", "", "", "", "3"), None, id="a town that only contains the word"
        ),
        pytest.param(line("本页小计", "", "", "", "", "", "", "", "3"), "total", id="total of the page"),
        pytest.param(line("总计：", "", "", "", "", "", "", "", "3"), "total", id="total with a colon"),
        pytest.param(line("合计", "", "", "", "2户", "", "6人"), "total", id="counts below the numbers and names"),
        pytest.param(line("填表人：某某", "", "", "", "审核人：某某"), "note", id="signatures"),
        pytest.param(line("注：本表一式三份。"), "note", id="note"),
        pytest.param(line("", "", "", "", "", "填报日期：2016年10月15日"), "note", id="day of the form"),
        pytest.param(line("说明：人均纯收入按上年度填写"), "note", id="explanation"),
        pytest.param(line("1.本表由村委会填写，乡镇审核后上报"), "note", id="numbered note"),
        pytest.param(line("清溪县", "柳河镇"), "empty", id="only the place filled in beforehand"),
        pytest.param(line(" ", "\u3000", "\t", "\u200b"), "empty", id="blanks and invisible characters"),
        pytest.param(ROSTER, "header", id="the header again on the next page"),
    ],
)
def test_a_row_that_is_no_data_is_set_aside_with_its_reason(row, reason):
    result = parsed([ROSTER, *rows_of(ROSTER, person(1))[1:], row, *rows_of(ROSTER, person(2))[1:]])
    expected = [(3, reason)] if reason else []
    assert result.dropped.rows() == expected
    assert result.rows == 3 - len(expected)
    assert result.frame["row"].to_list()[-1] == 4


@pytest.mark.parametrize("name", ["合计", "测试合"])
def test_a_person_is_never_set_aside_as_a_total(name):
    assert parsed(rows_of(ROSTER, person(1, 姓名=name))).rows == 1


def test_row_numbers_before_empty_lines_count_as_nothing():
    header = ["序号", *ROSTER]
    first = ["1", *rows_of(ROSTER, person(1))[1]]
    result = parsed([header, first, *([str(number), *[""] * WIDTH] for number in range(2, 500))])
    assert (result.rows, result.accepted, result.dropped.height) == (1, 1, 498)


def test_a_total_of_villages_is_no_village():
    header = ["行政村", "总户数", "低保户数", "总人口数", "通宽带户数"]
    result = parsed([header, ["上柳村", "10", "2", "40", "5"], ["合计", "10", "2", "40", "5"]])
    assert (result.rows, result.frame["village_name"].to_list()) == (1, ["上柳村"])


def test_a_ledger_without_rows_has_none():
    result = parsed([ROSTER])
    assert (result.rows, result.accepted, result.rejected, result.problems.height) == (0, 0, 0, 0)


def test_rows_are_those_of_the_sheet():
    rows = [["清溪县名单", *[""] * (WIDTH - 1)], ROSTER, *rows_of(ROSTER, person(1), person(2, 人均纯收入="三千"))[1:]]
    result = parsed(rows)
    assert result.frame["row"].to_list() == [3]
    assert result.rejected_rows.to_list() == [4]
    assert codes(result, 4) == ["BF120"]


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "是",
            "否",
            "因病",
            "户主",
            "3000",
            "201610",
            "合计",
            "-1",
            "1E+17",
            "990101198001010012",
            "注：",
            "=1+1",
            "健康,残疾",
        ]
    ),
    st.text(max_size=12),
    st.integers().map(str),
    st.floats().map(str),
    st.dates().map(str),
)


@settings(max_examples=60, deadline=None)
@given(header=st.sampled_from([ROSTER, EXITED, MONITORED]), rows=st.lists(st.lists(CELLS, max_size=30), max_size=12))
def test_whatever_the_cells_hold_every_row_is_counted_once(header, rows):
    sheet = Sheet("x", [header, *(row[: len(header)] for row in rows)])
    layout = recognise(sheet, "x.csv", PARAMETERS)
    result = parse(sheet, layout, PARAMETERS)
    assert result.rows == result.accepted + result.rejected_rows.len()
    assert result.rows + result.dropped.height == sheet.height - layout.first_row
    assert result.problems.filter(~pl.col("row").is_between(2, sheet.height)).is_empty()


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(st.one_of(CELLS, st.sampled_from(ROSTER)), max_size=12), max_size=15),
    name=st.text(max_size=20),
)
def test_whatever_the_sheet_holds_it_is_a_ledger_or_an_input_error(rows, name):
    sheet = Sheet("x", rows)
    try:
        ledgers = recognise_all([sheet], name, PARAMETERS).ledgers
    except InputError:
        ledgers = ()
    for taken, layout in ledgers:
        result = parse(taken, layout, PARAMETERS)
        assert result.rows == result.accepted + result.rejected_rows.len()
