"""Rows as bytes: the same from a frame, from values and from either database."""

from datetime import UTC, date, datetime, timedelta, timezone

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.audit.commitments import commit_frame, commit_rows, replaced_rows, rows_of_frame
from bangfu.audit.verifier import canonical_row, merkle_root
from bangfu.kernel.secrets import Keys

KEYS = Keys.from_root(bytes(range(32)))
SCHEMA = {"whole": pl.Int64, "truth": pl.Boolean, "text": pl.String, "day": pl.Date, "raw": pl.Binary}
ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.booleans(),
        st.none()
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
        | st.sampled_from(["\\N", "\t", "\\t", ""]),
        st.none() | st.dates(),
        st.none() | st.binary(max_size=6),
    ),
    max_size=20,
)


@given(ROWS)
def test_a_frame_gives_the_same_bytes_as_its_rows(rows):
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    assert rows_of_frame(frame) == [canonical_row(row) for row in rows]


@given(ROWS)
def test_what_sqlite_stores_gives_the_same_bytes(rows):
    stored = [
        tuple(int(v) if isinstance(v, bool) else v.isoformat() if isinstance(v, date) else v for v in row)
        for row in rows
    ]
    assert [canonical_row(row) for row in stored] == [canonical_row(row) for row in rows]


TEXTS = st.lists(st.none() | st.text(max_size=5), min_size=1, max_size=4)


@given(TEXTS, TEXTS)
def test_two_rows_of_texts_share_their_bytes_only_if_they_are_equal(one, other):
    assert (canonical_row(one) == canonical_row(other)) == (one == other)


def test_a_moment_is_written_in_utc_without_a_zone():
    in_beijing = datetime(2020, 1, 1, 8, 0, 0, 5, tzinfo=timezone(timedelta(hours=8)))
    assert canonical_row([in_beijing]) == b"2020-01-01 00:00:00.000005"
    assert canonical_row([datetime(2020, 1, 1, tzinfo=UTC)]) == b"2020-01-01 00:00:00"


def test_a_fraction_is_never_taken_for_the_whole_number():
    assert canonical_row([1.0]) != canonical_row([1])


def test_a_promise_says_columns_key_count_and_root():
    frame = pl.DataFrame({"id": [1, 2], "name": ["a", None]})
    assert commit_frame(KEYS, frame) == {
        "columns": ["id", "name"],
        "key": "id",
        "rows": 2,
        "root": merkle_root([KEYS.commitment(b"1\ta"), KEYS.commitment(b"2\t\\N")]),
    }


def test_rows_in_any_order_give_the_promise_of_their_frame():
    frame = pl.DataFrame({"id": [1, 2, 3], "name": ["a", "b", "c"]})
    assert commit_rows(KEYS, ["id", "name"], frame.rows()[::-1]) == commit_frame(KEYS, frame)


def test_a_frame_out_of_order_is_a_programmers_error():
    with pytest.raises(AssertionError):
        commit_frame(KEYS, pl.DataFrame({"id": [2, 1]}))


def test_a_number_given_twice_is_a_programmers_error():
    with pytest.raises(AssertionError):
        commit_frame(KEYS, pl.DataFrame({"id": [1, 1]}))


def test_a_column_of_fractions_is_a_programmers_error():
    with pytest.raises(AssertionError):
        rows_of_frame(pl.DataFrame({"share": [0.5]}))


def test_another_key_gives_another_root():
    other = Keys.from_root(bytes(32))
    assert commit_rows(other, ["id"], [(1,)])["root"] != commit_rows(KEYS, ["id"], [(1,)])["root"]


def test_a_replaced_row_is_named_by_event_number_and_digest():
    assert replaced_rows(KEYS, [7], [1], [b"1\ta"]) == [[7, 1, KEYS.commitment(b"1\ta").hex()]]
