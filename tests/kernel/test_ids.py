"""Identity numbers, one at a time and by column: read, mended, checked."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric

from bangfu.kernel.id_columns import SCHEMA, examine_ids
from bangfu.kernel.ids import Finding, Repair, check_character, read_id, tidied, widened

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
TODAY = date(2026, 1, 1)
OLD_STANDARD = "110105491231002"
STANDARD = "11010519491231002X"
"""The sample that the standard itself prints; it belongs to nobody."""
SAMPLES = [STANDARD, "990101198001010014", "990101199202290010", "990101195505051238"]
"""The same, and made-up numbers with a leap day among them."""


def examined(*written):
    return examine_ids(pl.Series(written, dtype=pl.String), TODAY)


@pytest.mark.parametrize("number", SAMPLES)
def test_the_check_character_is_that_of_the_standard(number):
    assert check_character(number[:17]) == number[17]
    assert examined(number)["id_no"].to_list() == [number]


def test_an_old_number_is_widened():
    assert widened(OLD_STANDARD) == STANDARD


def test_a_column_of_good_numbers_tells_birth_day_and_sex():
    found = examined(STANDARD, SAMPLES[1])
    assert found.schema == SCHEMA
    assert found["born_on"].to_list() == [19491231, 19800101]
    assert found["sex"].to_list() == [2, 1]
    assert found["finding"].null_count() == 2


def test_an_empty_cell_has_neither_number_nor_finding():
    assert examined(None, "").select("id_no", "finding").rows() == [(None, None), (None, None)]


def test_an_empty_column_stays_empty():
    assert examined().height == 0


@pytest.mark.parametrize(
    ("born", "finding"),
    [
        ("20000229", None),
        ("19000229", Finding.BIRTH),
        ("20160229", None),
        ("20150229", Finding.BIRTH),
        ("19800430", None),
        ("19800431", Finding.BIRTH),
        ("19801231", None),
        ("19801232", Finding.BIRTH),
        ("19800100", Finding.BIRTH),
        ("19800001", Finding.BIRTH),
        ("18800101", None),
        ("18791231", Finding.BIRTH),
        ("20260101", None),
        ("20260102", Finding.FUTURE),
    ],
)
def test_the_birth_day_must_be_one_of_the_calendar_and_not_after_today(born, finding):
    first = f"990101{born}001"
    assert examined(first + check_character(first))["finding"].to_list() == [finding]


def test_three_zeros_at_the_end_of_a_wrong_number_are_lost_digits():
    assert examined("990101198001010000", "990101198001010011")["finding"].to_list() == ["lost_digits", "check"]


def test_a_certificate_s_number_tells_kind_and_grade_of_disability():
    found = examined(SAMPLES[0] + "74", SAMPLES[0] + "11B2", SAMPLES[0] + "81", SAMPLES[0] + "15")
    assert found["disability_kind"].to_list() == [7, 1, None, None]
    assert found["disability_grade"].to_list() == [4, 1, None, None]
    assert found["finding"].to_list() == [None, None, "length", "length"]
    assert found["repair"].to_list()[:2] == [Repair.CERTIFICATE, Repair.CERTIFICATE]


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002х",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002X",
        "\u200e11010519491231002X\u200b",
    ],
)
def test_other_ways_to_write_the_same_number_are_mended(written):
    reading = read_id(written)
    assert (reading.id_no, reading.repair) == (STANDARD, Repair.WRITING)


def test_a_number_with_decimals_is_mended():
    assert read_id(f"{OLD_STANDARD}.0").id_no == SAMPLES[0]


@pytest.mark.parametrize(
    ("written", "finding"),
    [
        ("无", Finding.ABSENT), ("999999", Finding.PLACEHOLDER), ("0", Finding.PLACEHOLDER),
        ("1.1E+17", Finding.SCIENTIFIC),
        ("1101051949****002X", Finding.MASKED), ("1234", Finding.LENGTH), ("abc", Finding.CHARACTERS),
        (" ", Finding.ABSENT),
    ],
)  # fmt: skip
def test_what_is_no_number_is_told_by_its_kind(written, finding):
    assert read_id(written).finding == finding


def test_a_number_of_region_99_is_no_placeholder():
    first = "99999919800101001"
    assert examined(first + check_character(first))["finding"].to_list() == [None]
    assert examined("9" * 18, "0" * 18)["finding"].to_list() == ["placeholder", "placeholder"]


@settings(deadline=None)
@given(st.lists(st.text(max_size=24), max_size=8))
def test_any_text_gives_one_row_with_a_number_or_a_finding_or_nothing_written(written):
    for text, row in zip(written, examined(*written).rows(named=True), strict=True):
        assert (row["id_no"] is None) or (row["finding"] is None)
        assert row["id_no"] is not None or row["finding"] is not None or not text.strip()


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**17 - 1), st.sampled_from("0123456789X"))
def test_the_check_agrees_with_an_independent_one(first, last):
    number = f"{first:017d}{last}"
    wrong = examined(number)["finding"].to_list()[0] in {"check", "lost_digits"}
    fits = ric.calc_check_digit(number) == last
    assert not (wrong and fits)
    assert check_character(number[:17]) == ric.calc_check_digit(number)


@settings(deadline=None)
@given(st.sampled_from(SAMPLES))
def test_reading_a_number_that_was_read_changes_nothing(number):
    assert read_id(number).id_no == number
    assert tidied(tidied(number)) == number
