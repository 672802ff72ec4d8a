"""Checking an area and a staged table: what is found, what could be looked at, on every engine."""

from datetime import date

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.analysis.frames import Frames
from bangfu.analysis.quality import check, check_all, check_columns, message, messages
from bangfu.params import load
from tests.analysis.quality_tables import ON, VILLAGE, as_frames, frames_of, pairs, table


@pytest.fixture(scope="module")
def area():
    """Every row of every pair in one area, each case in a village of its own."""
    rows = {"person": [], "household": [], "village": []}
    for place, (subject, _, fires, quiet) in enumerate(pairs().values()):
        for turn, row in enumerate((fires, quiet)):
            made, key = frames_of(subject, row, first=100 * (2 * place + turn) + 1)
            for other in rows:
                rows[other] += made[other]
            rows["village"] += [] if subject == "village" else [{"village": key["village"]}]
            rows["household"] += [] if subject == "household" else [_keys(key, "village", "household")]
    return as_frames(rows)


def _keys(key, *names):
    return {name: key[name] for name in names}


def test_findings_are_the_same_to_the_last_on_polars_and_on_duckdb(area):
    with duckdb.connect() as connection:
        tables = (area.households, area.persons, area.villages)
        relations = [connection.from_arrow(frame.to_arrow()) for frame in tables]
        other = check_all(Frames(*relations, None), load(), ON)
    here = check_all(area, load(), ON)
    assert len(here.findings) > 500
    assert here.findings.equals(other.findings)
    assert here.ran == other.ran
    assert here.skipped == other.skipped


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 1000))
def test_the_order_of_rows_never_matters(area, seed):
    shuffled = [
        frame.sample(fraction=1, shuffle=True, seed=seed) for frame in (area.households, area.persons, area.villages)
    ]
    assert check(Frames(*shuffled, None), load(), ON).equals(check(area, load(), ON))


def test_findings_come_in_the_order_of_place_household_person_and_code(area):
    found = check(area, load(), ON)
    assert found.columns == ["code", "severity", "subject", "village", "household", "person", "field", "value"]
    assert found.equals(found.sort("village", "household", "person", "code"))
    assert found.filter(subject="village")["household"].null_count() == found.filter(subject="village").height
    assert found.filter(subject="household")["person"].null_count() == found.filter(subject="household").height


def test_lazy_tables_are_checked_like_eager_ones(area):
    lazy = Frames(area.households.lazy(), area.persons.lazy(), area.villages.lazy(), None)
    assert check(lazy, load(), ON).equals(check(area, load(), ON))


def test_a_finding_carries_the_value_that_the_rule_speaks_of_first():
    found = check_columns(
        table("person", [{"age": 15, "labour_capacity": "普通劳动力"}]), load(), "person", ON
    ).findings
    assert found.filter(code="HL01").select("severity", "field", "value").row(0) == ("error", "age", 15)


@pytest.mark.parametrize(("name", "value"), [("id_no", "1234567"), ("phone", "12345")])
def test_no_finding_repeats_an_identity_number_or_phone(name, value):
    found = check_columns(table("person", [{name: value}]), load(), "person", ON).findings
    assert found.height == 1
    assert value not in str(found.to_dicts())


def test_an_area_without_findings_gives_an_empty_table_with_the_same_columns():
    empty = as_frames({"person": [], "household": [], "village": []})
    found = check(empty, load(), ON)
    assert found.is_empty()
    assert found.schema == check(as_frames(frames_of("village", {"population": None})[0]), load(), ON).schema


def test_a_staged_table_says_which_rules_ran_and_what_the_others_lacked():
    staged = pl.DataFrame({"row": [4, 5], "household_no": ["H1", "H1"], "person_no": ["P1", "P2"], "sex": [1, None]})
    checked = check_columns(staged, load(), "person", ON)
    assert checked.ran == ("EM01",)
    assert checked.findings.select("code", "row", "household_no", "person_no").rows() == [("EM01", 5, "H1", "P2")]
    assert checked.skipped["HL01"] == ("person.age", "person.labour_capacity")


def test_a_staged_table_may_be_named_by_other_keys():
    staged = pl.DataFrame({"line": [7], "sex": [None]}, schema={"line": pl.Int64, "sex": pl.Int16})
    checked = check_columns(staged, load(), "person", ON, keys=("line",))
    assert checked.findings.columns == ["code", "severity", "subject", "line", "field", "value"]


def test_a_staged_table_on_which_no_rule_can_run_gives_no_findings():
    checked = check_columns(pl.DataFrame({"row": [1]}), load(), "person", ON)
    assert checked.ran == ()
    assert checked.findings.is_empty()


def test_household_numbers_of_a_file_stand_in_for_the_registers_own():
    staged = pl.DataFrame(
        {"household_no": ["H1", "H1", "H2"], "relation": [1, 2, 2], "sex": [1, 1, 1]},
        schema_overrides={"relation": pl.Int16, "sex": pl.Int8},
    )
    found = check_columns(staged, load(), "person", ON).findings.filter(code="FA07")
    assert found["household_no"].to_list() == ["H1"]


def test_members_beside_the_households_let_rules_that_count_them_run():
    households = pl.DataFrame({"household_no": ["H1", "H2"], "declared_members": [1, 1]})
    persons = pl.DataFrame({"household_no": ["H1", "H1"]})
    alone = check_columns(households, load(), "household", ON)
    together = check_columns(households, load(), "household", ON, persons=persons)
    assert "FA04" in alone.skipped
    assert together.findings.rows() == [
        ("FA04", "error", "household", "H1", None, None),
        ("FA03", "error", "household", "H2", None, None),
    ]


@pytest.mark.parametrize(("change", "found"), [("死亡", 0), ("新生儿", 1), (None, 1)])
def test_who_left_the_household_is_not_checked(change, found):
    staged = table("person", [{"sex": None, "natural_change": change}])
    assert check_columns(staged, load(), "person", ON).findings.height == found


@pytest.mark.parametrize(("born_on", "age"), [(20070615, 16), (20070616, 15), (20070601, 16)])
def test_age_is_whole_years_on_the_day_of_the_check(born_on, age):
    staged = table("person", [{"born_on": born_on, "labour_capacity": "普通劳动力"}])
    fired = not check_columns(staged, load(), "person", ON).findings.filter(code="HL01").is_empty()
    assert fired == (age < 16)


@pytest.mark.parametrize(
    ("identified", "cleared", "codes"),
    [
        pytest.param(20221130, 20221101, {"MO19"}, id="the same month, whatever the day"),
        pytest.param(20221201, 20230101, {"MO19"}, id="the next month across the new year"),
        pytest.param(20221201, 20230201, {"MO20"}, id="two months across the new year"),
        pytest.param(20220801, 20230101, {"MO20"}, id="five months across the new year"),
        pytest.param(20220801, 20230201, set(), id="exactly six months"),
        pytest.param(20220430, 20230331, set(), id="eleven months, January to March of the next year not lost"),
        pytest.param(20230101, 20221201, {"MO18"}, id="removal before identification"),
    ],
)
def test_months_are_counted_on_the_calendar(identified, cleared, codes):
    staged = table("household", [{"risk_identified_on": identified, "risk_cleared_on": cleared}])
    assert set(check_columns(staged, load(), "household", ON).findings["code"]) & {"MO18", "MO19", "MO20"} == codes


@pytest.mark.parametrize(
    ("county", "income_fen", "fires"),
    [
        pytest.param(520102000000, 729_999, True, id="one fen below the line of Guizhou"),
        pytest.param(520102000000, 730_000, False, id="on the line of Guizhou"),
        pytest.param(410102000000, 699_999, True, id="one fen below the line elsewhere"),
        pytest.param(410102000000, 700_000, False, id="on the line elsewhere"),
        pytest.param(None, 1, False, id="the line of an unknown county is unknown"),
    ],
)
def test_a_dated_limit_is_the_countys_own(county, income_fen, fires):
    here = 520102000000 if county is None else county
    rows = {
        "person": [],
        "household": [{"village": VILLAGE, "household": 1, "net_income_pc_fen": income_fen, "monitored_class": None}],
        "village": [
            {"village": VILLAGE, "county": county},
            {"village": 1, "county": here},
            {"village": 2, "county": 410102000000},
        ],
    }
    found = check(as_frames(rows), load(), ON)
    assert (not found.filter(code="MO05").is_empty()) == fires


@pytest.mark.parametrize(
    ("on", "line"),
    [(date(2020, 6, 1), "5000元"), (date(2021, 6, 1), "6000元"), (date(2023, 6, 1), "7000元")],
)
def test_a_message_holds_the_limit_of_its_day(on, line):
    assert line in message(load(), "MO05", "zh-hans", on)


def test_a_message_holds_the_limit_of_its_place():
    assert "7300 yuan" in message(load(), "MO05", "en", ON, region=520102000000)


def test_messages_leave_out_rules_whose_law_has_no_value_on_the_day():
    before = messages(load(), "zh", date(2015, 6, 1))
    assert "MO05" not in before
    assert before["HL01"].startswith("年龄低于16岁")


def test_a_rule_whose_law_has_no_value_on_the_day_does_not_run():
    staged = table("household", [{"net_income_pc_fen": 1, "monitored_class": None}])
    assert "cn_2021.monitoring_line" in check_columns(staged, load(), "household", date(2015, 6, 1)).skipped["MO05"]


def test_an_unknown_code_has_no_message():
    with pytest.raises(LookupError):
        message(load(), "XX99", "zh", ON)


@pytest.mark.parametrize(("region", "fires"), [(None, False), (520102000000, True)])
def test_a_staged_table_is_held_to_the_limits_of_its_place(region, fires):
    staged = table("household", [{"net_income_pc_fen": 700_000, "monitored_class": None}])
    found = check_columns(staged, load(), "household", ON, region=region).findings
    assert ("MO05" in found["code"].to_list()) == fires
