"""A run depends on facts and parameters alone: not on engine, order of rows, threads or names."""

import json
import os
import subprocess
import sys
from datetime import date

import polars as pl
import pytest

from bangfu.analysis.frames import Frames
from bangfu.kernel.errors.parameters import ParameterNotInForce, ProgrammeUnknown
from bangfu.params import load
from tests.analysis.area import ENGINES, INSURED, NO_LACK, area, on_engine, reversed_rows
from tests.analysis.mixed import mixed_area
from tests.analysis.runs import PROGRAMMES, equal, run


@pytest.fixture(scope="module")
def mixed():
    return mixed_area(seed=7)


@pytest.mark.parametrize("engine", ENGINES[1:])
@pytest.mark.parametrize(("programme", "on"), PROGRAMMES, ids=[name for name, _ in PROGRAMMES])
def test_every_engine_gives_the_same_to_the_last_integer(mixed, engine, programme, on):
    other = on_engine([mixed.households, mixed.persons, mixed.villages, mixed.places], engine)
    assert equal(run(mixed, programme, on), run(other, programme, on))


@pytest.mark.parametrize(("programme", "on"), PROGRAMMES, ids=[name for name, _ in PROGRAMMES])
def test_the_mixed_area_asks_everything(mixed, programme, on):
    """Parity says little where a criterion always gives one answer."""
    rows = run(mixed, programme, on).rows
    seldom = {"was_exited", "without_labour"}
    criteria = [name.removesuffix("_value") for name in rows.columns if name.endswith("_value")]
    answers = {name: set(rows[name].to_list()) for name in criteria if name not in seldom}
    assert all(found == {1, 0, None} for found in answers.values()), answers


def test_the_order_of_rows_changes_nothing(mixed):
    assert equal(run(mixed), run(reversed_rows(mixed)))


def test_the_number_of_threads_changes_nothing():
    program = "import sys; sys.path.insert(0, '.');from tests.analysis.mixed import fingerprint; print(fingerprint())"
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "POLARS_MAX_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(found) == 1


def test_a_run_has_one_row_per_household_sorted_by_village_and_household(mixed):
    rows = run(mixed).rows
    assert rows.height == mixed.households.height
    assert rows.select("village", "household").equals(rows.select("village", "household").sort("village", "household"))


def test_the_columns_of_a_run_are_whole_numbers_of_fixed_kinds(mixed):
    rows = run(mixed).rows
    plain = ["village", "household", "county", "status", "persons", "members", "income_fen", "income_heads"]
    assert rows.columns[:10] == [*plain, "income_basis", "income_pc_fen"]
    assert rows.columns[10:12] == ["outcome", "exit"]
    kinds = dict(zip(rows.columns, rows.dtypes, strict=True))
    assert [kinds[name] for name in plain] == [pl.Int64] * 3 + [pl.Int16, pl.Int32, pl.Int32, pl.Int64, pl.Int32]
    assert {kinds[name] for name in rows.columns[12::2]} == {pl.Int8}
    assert {kinds[name] for name in rows.columns[13::2]} == {pl.Int64}


def test_an_empty_area_gives_an_empty_run():
    tables = mixed_area(seed=7)
    empty = Frames(tables.households.clear(), tables.persons.clear(), tables.villages.clear(), tables.places)
    result = run(empty)
    assert result.rows.height == 0
    assert result.indicators.height == 0
    assert result.manifest["counts"] == {"yes": 0, "no": 0, "unknown": 0}


def test_every_rule_of_a_household_answers_unknown_where_nothing_is_recorded():
    row = run(area([({}, [])])).rows.row(0, named=True)
    unknown = {name: value for name, value in row.items() if name not in {"village", "household", "county", "persons"}}
    counts = {"education_gap_value", "medical_gap_value"}
    assert all(value is None for name, value in unknown.items() if name not in counts)


def test_a_programme_that_nobody_wrote_is_an_error_with_its_name():
    with pytest.raises(ProgrammeUnknown, match="cn_1999"):
        run(area([]), "cn_1999")


def test_a_programme_cannot_be_asked_before_it_began():
    with pytest.raises(ParameterNotInForce):
        run(area([]), "cn_2014", date(2013, 12, 31))


def test_the_manifest_tells_what_was_asked_and_goes_through_json():
    facts = NO_LACK | {"net_income_pc_fen": 295_199}
    result = run(area([(facts, [INSURED])]))
    manifest = json.loads(json.dumps(result.manifest))
    assert manifest["programme"] == "cn_2014"
    assert manifest["on"] == "2016-12-31"
    assert manifest["parameters"] == load().hash
    assert manifest["counts"] == {"yes": 1, "no": 0, "unknown": 0}
    (threshold,) = manifest["criteria"]["income_below_line"]["thresholds"]
    assert (threshold["value"], threshold["shown"], threshold["counties"]) == (295_200, "2,952.00", None)
    assert threshold["source"]["title"]
    assert manifest["criteria"]["income_below_line"]["operator"] == "<"
    assert manifest["criteria"]["education_gap"]["values"]["compulsory_age_from"]["value"] == 6
    assert manifest["decisions"]["exit"]["column"] == "exit"
    assert manifest["income"]["items"]["business_cost_fen"] == "subtract"


def test_a_run_after_exits_began_decides_on_exit_and_before_does_not():
    home = [(NO_LACK | {"net_income_pc_fen": 400_000}, [INSURED])]
    assert "exit" in run(area(home), on=date(2016, 4, 23)).rows.columns
    assert "exit" not in run(area(home), on=date(2016, 4, 22)).rows.columns
