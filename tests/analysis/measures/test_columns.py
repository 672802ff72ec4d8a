"""Cells become numbers, or one sentence that says which cell does not."""

from datetime import date

import polars as pl
import pytest

from bangfu.analysis.measures.columns import Table, numbers, words
from bangfu.analysis.measures.indices import measure
from bangfu.analysis.measures.sample import Design
from bangfu.kernel.errors.tables import (
    ColumnMissing,
    DesignUnknown,
    NothingToMeasure,
    NumberUnreadable,
    WeightNegative,
)
from tests.analysis.measures.people import measured, table


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        pytest.param(["1", " 2.5 ", "-3e2"], [1, 2.5, -300], id="text"),
        pytest.param(["NA", "", "NaN", "—", ".", None], [None] * 6, id="what tables write for unknown"),
        pytest.param(["12,345", "-1,234,567.5", "+7"], [12345, -1234567.5, 7], id="thousands set apart"),
        pytest.param([1, 2, None], [1, 2, None], id="whole numbers"),
        pytest.param([1.5, float("nan"), None], [1.5, None, None], id="broken numbers, one of them none"),
        pytest.param([True, False], [1, 0], id="truth values"),
    ],
)
def test_a_number_is_read_however_it_is_written(cells, read):
    assert numbers(table(x=cells), "x").to_list() == read


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(["1", "x", "y"], id="words"),
        pytest.param(["1", "1,2", "3,45"], id="commas that set no thousands apart"),
        pytest.param(["1", "inf", "1e999"], id="numbers without end in text"),
        pytest.param([1.0, float("inf"), float("-inf")], id="numbers without end"),
    ],
)
def test_what_is_no_number_is_refused_where_it_stands(cells):
    with pytest.raises(NumberUnreadable) as refused:
        numbers(table(x=cells), "x")
    assert refused.value.facts == {"file": "people.csv", "column": "x", "row": 3, "count": 2}


def test_a_day_is_no_number():
    with pytest.raises(NumberUnreadable):
        numbers(Table(pl.DataFrame({"x": [date(2020, 1, 1)]})), "x")


def test_the_columns_of_a_table_are_named_when_one_is_missing():
    with pytest.raises(ColumnMissing, match="income, weight"):
        numbers(table(income=[1], weight=[1]), "welfare")


def test_the_first_row_of_a_table_without_header_is_not_repeated():
    with pytest.raises(ColumnMissing) as refused:
        numbers(table(**{"990101199001011234": ["1"], "name": ["2"]}), "welfare")
    assert refused.value.facts["columns"] == "…, name"


def test_a_weight_below_zero_is_refused():
    with pytest.raises(WeightNegative) as refused:
        measured([1.0, 2.0, 3.0], [1.0, -1.0, -2.0])
    assert refused.value.facts == {"file": "people.csv", "column": "weight", "row": 3, "count": 2}


@pytest.mark.parametrize("column", ["strata", "cluster"])
def test_a_row_without_stratum_or_cluster_is_refused(column):
    with pytest.raises(DesignUnknown) as refused:
        measured([1.0, 2.0], **{column: ["a", " "]})
    assert refused.value.facts == {"file": "people.csv", "column": column, "row": 3, "count": 1}


def test_rows_read_are_used_or_dropped_for_a_reason():
    found = measured([1.0, None, 3.0, None], [1.0, 1.0, None, None], by=["x", "x", "x", "x"])
    account = found.sample.account()
    assert account == {
        "read": 4,
        "used": 1,
        "dropped": {"welfare_missing": 2, "weight_missing": 1},
        "without_group": 0,
    }


@pytest.mark.parametrize(
    ("welfare", "weight"),
    [
        pytest.param([], [], id="no rows"),
        pytest.param([None, None], [1.0, 1.0], id="no welfare"),
        pytest.param([1.0, 2.0], [0.0, 0.0], id="no weight"),
    ],
)
def test_what_cannot_be_measured_is_said(welfare, weight):
    with pytest.raises(NothingToMeasure):
        measured(welfare, weight)


def test_codes_that_a_spreadsheet_kept_as_broken_numbers_are_whole_again():
    assert words(table(x=[12.0, 7.5, None]), "x").to_list() == ["12", "7.5", None]
    assert words(table(x=[12, 7]), "x").to_list() == ["12", "7"]


def test_a_table_in_memory_is_measured_without_options():
    found = measure(Table(pl.DataFrame({"income": [1, 3]})), "income")
    assert found.whole["mean"] == 2
    assert measure(Table(pl.DataFrame({"income": [1, 3]})), "income", Design()).whole["people"] == 2
