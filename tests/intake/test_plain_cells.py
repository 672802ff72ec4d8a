"""What is read by column is read as the readers would read it, cell by cell."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.intake.cells import EMPTY_WORDS, LARGEST, NOTHING, number_reader, read_key, spread
from bangfu.intake.contacts import read_name, read_phone
from bangfu.intake.plain_cells import PLAIN_KEY, PLAIN_NAME, PLAIN_PHONE, plain_number

WAYS = [
    pytest.param(PLAIN_KEY, read_key, pl.String, id="key"),
    pytest.param(PLAIN_NAME, read_name, pl.String, id="name"),
    pytest.param(PLAIN_PHONE, read_phone, pl.String, id="phone"),
    pytest.param(plain_number(100, LARGEST["fen"]), number_reader("fen", "元", signed=True), pl.Int64, id="yuan"),
    pytest.param(plain_number(100, LARGEST["mu100"]), number_reader("mu100", "", signed=False), pl.Int64, id="mu"),
    pytest.param(
        plain_number(1000, LARGEST["km"]), number_reader("km", "公里", signed=False), pl.Int64, id="kilometres"
    ),
    pytest.param(plain_number(1, LARGEST["km"]), number_reader("km", "米", signed=False), pl.Int64, id="metres"),
]
ODD = [
    "", "0", "007", "12.", "12.5", "12.50", "12.345", "-3", "1,200", "1e5", "9E10", "99", "99E5", "1.2万元", "３００",
    "9999999", "99999999", "1999", "P01", "无", "无此项", "没有", "空", "na", "nan", "约3000", "#REF!", "张三", "张三1",
    "张 三", "阿依·古丽", "19900123456", "1990012345", "19900123456/19900123457", "X" * 50, "1" * 50,
]  # fmt: skip


@pytest.mark.parametrize(("plain", "read", "kind"), WAYS)
@given(drawn=st.data())
def test_a_plain_cell_means_by_column_what_its_reader_says(plain, read, kind, drawn):
    pattern = plain.pattern.replace(r"\x{4E00}", "\u4e00").replace(r"\x{9FA5}", "\u9fa5").replace("$", r"\Z")
    text = drawn.draw(st.from_regex(pattern, fullmatch=True))
    values, problems = spread(pl.Series([text, None]), read, kind, plain)
    by_cell, wrong = spread(pl.Series([text, None]), read, kind)
    assert (values.to_list(), problems.to_list()) == (by_cell.to_list(), wrong.to_list())


@pytest.mark.parametrize(("plain", "read", "kind"), WAYS)
def test_other_cells_go_to_the_reader(plain, read, kind):
    cells = pl.Series([text or None for text in [*ODD, *sorted(EMPTY_WORDS | NOTHING)]])
    values, problems = spread(cells, read, kind, plain)
    by_cell, wrong = spread(cells, read, kind)
    assert values.to_list() == by_cell.to_list()
    assert problems.to_list() == wrong.to_list()
