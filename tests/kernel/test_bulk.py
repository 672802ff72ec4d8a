"""Whole columns go into a heap and come back the same, whatever a cell holds, on both databases."""

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bangfu.kernel.bulk import in_list, plain_columns, read_frame, read_together, write_rows

pytestmark = pytest.mark.store

SCHEMA = {"id": pl.Int64, "said": pl.String, "since": pl.Date, "holds": pl.Boolean, "fen": pl.Int64}
READ = SCHEMA | {"holds": pl.Int8}
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | st.sampled_from(
    ["", "\\N", '"', ",", "\r\n", "\\", "\\.", "NULL", " ", '户,\n"号"']
)
ROWS = st.lists(
    st.tuples(
        st.none() | TEXTS,
        st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
        st.none() | st.booleans(),
        st.none() | st.integers(-(2**63), 2**63 - 1),
    ),
    max_size=5,
)


def everything(connection, condition="1 = 1", *parameters):
    names = plain_columns(connection, list(SCHEMA))
    return read_frame(connection, f"SELECT {names} FROM heap WHERE {condition} ORDER BY id", parameters, READ)


def framed(rows):
    return pl.DataFrame([(number, *row) for number, row in enumerate(rows)], schema=SCHEMA, orient="row")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rows=ROWS)
@example(rows=[("\\N", None, None, None)])
def test_what_is_written_comes_back(heap, rows):
    frame = framed(rows)
    with heap.cursor() as cursor:
        cursor.execute("DELETE FROM heap")
    assert write_rows(heap, "heap", frame) == len(rows)
    assert everything(heap).rows() == frame.with_columns(pl.col("holds").cast(pl.Int8)).rows()
    assert everything(heap).schema == READ


def test_of_many_rows_those_named_are_found(heap):
    write_rows(heap, "heap", framed([(str(number), None, None, number) for number in range(250_000)]))
    condition, parameter = in_list(heap, "said", ["7", "249999", "不在"])
    assert everything(heap, condition, parameter)["fen"].to_list() == [7, 249_999]
    assert everything(heap).height == 250_000


def test_a_question_without_days_and_without_rows_has_its_columns(heap):
    found = read_frame(heap, "SELECT said FROM heap", [], {"said": pl.String})
    assert (found.height, found.schema) == (0, {"said": pl.String})


def test_questions_sent_together_get_each_its_own_answer(heap):
    write_rows(heap, "heap", framed([("甲", date(2016, 12, 31), True, 1), (None, None, None, None)]))
    condition, parameter = in_list(heap, "said", ["甲"])
    answers = read_together(
        heap,
        [
            (f"SELECT said, since FROM heap WHERE {condition} AND id = %s", [parameter, 0]),
            ("SELECT id FROM heap WHERE said IS NULL", []),
            ("SELECT id FROM heap WHERE id > %s", [7]),
        ],
    )
    assert [list(map(tuple, answer)) for answer in answers] == [[("甲", date(2016, 12, 31))], [(1,)], []]
    assert read_together(heap, []) == []
