"""Staged frames come back from their sealed file as they were put there."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from bangfu.intake.vault import content_digest, get, packed, put

FRAME = pl.DataFrame({"household_id": [-1, 7], "name": ["甲", None]})


@pytest.mark.parametrize("kept", [pytest.param(FRAME, id="held"), pytest.param(packed(FRAME), id="packed")])
def test_a_sealed_frame_comes_back_whether_it_was_packed_before_or_not(home, kept):
    path = home.batches / "1.sealed"
    put(path, {"said:households": kept, "new_households": FRAME.clear()}, home.keys)
    found = get(path, home.keys)
    assert_frame_equal(found["said:households"], FRAME)
    assert_frame_equal(found["new_households"], FRAME.clear())
    assert b"household_id" not in path.read_bytes()


def test_a_missing_value_is_no_text_in_the_digest():
    schema = {"id": pl.Int64, "name": pl.String}
    frames = [pl.DataFrame([(1, name)], schema=schema, orient="row") for name in (None, "", "\\N", "null")]
    assert len({content_digest({"names": frame}) for frame in frames}) == 4
