"""The project's own parameter files: all load, and say what the law and the reports say."""

from datetime import date

import pytest

from bangfu.kernel.errors.parameters import ParameterClosed, ParameterNotInForce, ParameterNotPublished
from bangfu.params import criteria_of, load
from bangfu.params.field import CODED

OWN = load()
GUIZHOU_COUNTY = 520123000000
SICHUAN = 510000000000
FICTION = 990101000000


def test_every_programme_of_the_design_is_there():
    assert sorted(OWN.programmes) == ["cn_2014", "cn_2020m", "cn_2021", "cn_2026", "gd_2016"]
    assert [id_ for id_, each in OWN.programmes.items() if each.provisional] == ["cn_2026"]


def test_every_code_list_of_the_field_catalogue_exists_and_is_used():
    used = {field.codes for names in OWN.fields.values() for field in names.values() if field.type in CODED}
    assert used | {"yes_no", "reveal_reason"} == set(OWN.code_lists)


@pytest.mark.parametrize("programme", OWN.programmes.values(), ids=OWN.programmes)
def test_every_criterion_of_a_programme_is_asked_by_a_decision(programme):
    asked = {name for versions in programme._decisions.values() for decision in versions for name in decision.criteria}
    assert set(programme.criteria) - asked == UNASKED[programme.id]


UNASKED = {
    "cn_2014": set(),
    "cn_2020m": {"food_unassured", "clothing_unassured", "income_above_monitoring_line", "without_labour"},
    "cn_2021": {"food_unassured", "clothing_unassured"},
    "cn_2026": {"food_unassured", "clothing_unassured", "income_above_monitoring_line", "was_exited", "without_labour"},
    "gd_2016": set(),
}
"""Criteria that a shared file brings and a programme does not use."""


def _is_full_width(text):
    return not any(mark in text for mark in ",;?!")


def test_sentences_told_to_a_household_end_with_a_full_stop_and_use_chinese_marks():
    texts = [
        text
        for programme in OWN.programmes.values()
        for criterion in programme.criteria.values()
        for text in (criterion.yes, criterion.no, criterion.unknown)
    ]
    wrong = [
        each for each in texts if not (each.zh.endswith("。") and each.en.endswith(".") and _is_full_width(each.zh))
    ]
    assert wrong == []


STATISTICAL = {2009: 1196, 2010: 2300, 2011: 2536, 2012: 2625, 2013: 2736, 2014: 2800, 2015: 2855, 2016: 2952,
               2017: 2952, 2018: 2995, 2019: 3218, 2020: 4000}  # fmt: skip
WORKING = {2014: 2800, 2015: 2968, 2016: 3146, 2017: 3335, 2018: 3535, 2019: 3747, 2020: 4000}


@pytest.mark.parametrize(
    ("name", "year", "yuan"),
    [("poverty_line", year, yuan) for year, yuan in STATISTICAL.items()]
    + [("exit_line", year, yuan) for year, yuan in WORKING.items()],
)
def test_the_two_national_series_hold_all_year(name, year, yuan):
    programme = OWN.programme("cn_2014")
    for day in (date(year, 1, 1), date(year, 12, 31)):
        assert programme.value(name, day, FICTION).value == yuan * 100


@pytest.mark.parametrize(("year", "yuan"), WORKING.items())
def test_the_working_line_grows_by_six_per_cent_to_the_yuan(year, yuan):
    if year < 2020:  # 4000 was set, not computed
        assert (2800 * 106 ** (year - 2014) * 2 + 100 ** (year - 2014)) // (2 * 100 ** (year - 2014)) == yuan


@pytest.mark.parametrize("name", ["poverty_line", "exit_line", "poverty_line_2010_prices"])
def test_the_national_lines_end_with_2020_and_name_the_next_programme(name):
    with pytest.raises(ParameterClosed, match=r"ended on 2021-01-01 .* use cn_2021"):
        OWN.programme("cn_2014").value(name, date(2021, 1, 1))


@pytest.mark.parametrize(("name", "day"), [("poverty_line", date(2008, 12, 31)), ("exit_line", date(2013, 12, 31))])
def test_a_line_has_no_value_before_the_law_that_sets_it(name, day):
    with pytest.raises(ParameterNotInForce):
        OWN.programme("cn_2014").value(name, day)


@pytest.mark.parametrize(
    ("day", "yuan"),
    [(date(2015, 12, 31), 2968), (date(2016, 1, 1), 3100), (date(2016, 12, 31), 3100), (date(2017, 1, 1), 3335)],
)
def test_sichuan_had_its_own_exit_line_in_2016(day, yuan):
    value = OWN.programme("cn_2014").value("exit_line", day, SICHUAN)
    assert (value.value, value.provisional) == (yuan * 100, yuan == 3100)


@pytest.mark.parametrize(
    ("day", "region", "yuan", "provisional"),
    [
        (date(2021, 5, 14), FICTION, 6000, False),
        (date(2021, 12, 31), FICTION, 6000, False),
        (date(2022, 1, 1), FICTION, 6500, True),
        (date(2022, 12, 31), GUIZHOU_COUNTY, 6500, True),
        (date(2023, 1, 1), GUIZHOU_COUNTY, 7300, False),
        (date(2023, 1, 1), FICTION, 7000, True),
    ],
)
def test_the_monitoring_line_goes_by_year_and_province(day, region, yuan, provisional):
    value = OWN.programme("cn_2021").value("monitoring_line", day, region)
    assert (value.value, value.provisional) == (yuan * 100, provisional)


def test_monitoring_in_2020_began_at_one_and_a_half_times_the_standard():
    programme = OWN.programme("cn_2020m")
    line = programme.value("monitoring_line", date(2020, 12, 31)).value
    multiple = programme.value("monitoring_multiple", date(2020, 12, 31)).value
    standard = OWN.programme("cn_2014").value("poverty_line", date(2019, 12, 31)).value
    assert line == 500_000
    assert abs(line * 10_000 - standard * multiple) < standard * 10_000 // 10  # 左右


def test_guangdong_counts_disposable_income_below_4000_yuan():
    programme = OWN.programme("gd_2016")
    value = programme.value("poverty_line", date(2016, 6, 15))
    assert (value.value, value.source.mark, programme.income_measure) == (400_000, "S", "disposable")
    items = programme.income_items(date(2016, 6, 15))
    assert [name for name, use in items.items() if use == "subtract"] == [
        "business_cost_fen", "transfer_expense_fen", "property_cost_fen",
    ]  # fmt: skip


@pytest.mark.parametrize("year", range(2016, 2021))
@pytest.mark.parametrize(("line", "share"), [("exit_line", "exit_share"), ("village_exit_line", "village_exit_share")])
def test_the_exit_lines_of_guangdong_are_exact_shares_of_the_rural_average(year, line, share):
    programme, day = OWN.programme("gd_2016"), date(year, 12, 31)
    average = programme.value("rural_average", day).value * programme.value(share, day).value
    assert programme.value(line, day).value * 10_000 == average


def test_guangdong_finished_its_list_and_its_files_in_june_2016():
    steps = OWN.programme("gd_2016").steps("identify", date(2016, 6, 1))
    assert [(step.name, step.deadline) for step in steps] == [
        ("verification", date(2016, 6, 15)),
        ("notice", date(2016, 6, 15)),
        ("approval", date(2016, 6, 15)),
        ("entry", date(2016, 6, 30)),
        ("roster", date(2016, 6, 30)),
    ]


def test_identification_has_two_notices_of_seven_days_and_one_announcement():
    steps = OWN.programme("cn_2014").steps("identify", date(2014, 6, 1))
    assert [(step.kind, step.minimum_days) for step in steps if step.kind in {"notice", "announcement"}] == [
        ("notice", 7),
        ("notice", 7),
        ("announcement", 0),
    ]


def test_monitoring_has_one_notice_of_five_days_within_fifteen():
    programme, day = OWN.programme("cn_2021"), date(2021, 6, 1)
    notices = [step for step in programme.steps("identify", day) if step.kind == "notice"]
    assert [(step.minimum_days, step.within_days, step.level) for step in notices] == [(5, 15, "village")]
    assert programme.value("identification_days", day).value == 15


def test_a_vote_after_the_comparison_needs_two_thirds_of_the_representatives():
    steps = OWN.programme("cn_2014").steps("identify_two_appraisals", date(2016, 1, 1))
    vote = next(step for step in steps if step.name == "representatives_appraisal")
    assert (vote.quorum_numerator, vote.quorum_denominator) == (2, 3)
    assert [step.kind for step in steps].index("comparison") < vote.order - 1


def test_counties_exit_by_the_province_from_2018_on():
    programme = OWN.programme("cn_2014")
    before = programme.steps("exit_county", date(2017, 12, 31))
    after = programme.steps("exit_county", date(2018, 1, 1))
    assert before[-1].name == "evaluation"
    assert after[-1].name == "spot_check"
    assert programme.value("county_spot_check_share", date(2018, 1, 1)).value == 2000


@pytest.mark.parametrize(
    ("region", "limit"),
    [
        pytest.param(GUIZHOU_COUNTY, 300, id="west"),
        pytest.param(440000000000, 200, id="east"),
        pytest.param(430000000000, 200, id="central"),
        pytest.param(150000000000, 300, id="Inner Mongolia is west"),
    ],
)
def test_incidence_for_exit_is_two_per_cent_and_three_in_the_west(region, limit):
    programme = OWN.programme("cn_2014")
    assert programme.value("incidence_limit", date(2016, 4, 23), region).value == limit
    assert programme.criteria["incidence_within_limit"].operator == "<="


@pytest.mark.parametrize(
    ("name", "limit", "operator"),
    [
        ("wrong_exit_rate_limit", 200, "<="),
        ("omission_rate_limit", 200, "<="),
        ("composite_incidence_limit", 200, "<="),
        ("public_recognition_floor", 9000, ">="),
    ],
)
def test_the_rates_of_the_evaluation_pass_at_their_limit(name, limit, operator):
    programme = OWN.programme("cn_2014")
    assert programme.value(name, date(2017, 1, 1)).value == limit
    assert programme.parameter(name).operator == operator


def test_identification_of_2014_is_decided_by_income_alone():
    decision = OWN.programme("cn_2014").decision("identify", date(2014, 6, 1))
    assert decision.rule == "income_below_line"
    assert decision.considers == ("housing_unsafe", "water_unsafe", "education_gap", "medical_gap")
    assert OWN.programme("cn_2014").criteria["income_below_line"].operator == "<"


def test_exit_needs_income_above_the_line_and_every_assurance():
    programme = OWN.programme("cn_2014")
    decision = programme.decision("exit", date(2016, 4, 23))
    assert programme.criteria["income_above_exit_line"].operator == ">"
    assert set(criteria_of(decision.rule)) == {
        "income_above_exit_line", "food_unassured", "clothing_unassured", "water_unsafe", "housing_unsafe",
        "education_gap", "medical_gap",
    }  # fmt: skip
    with pytest.raises(ParameterNotInForce):
        programme.decision("exit", date(2016, 4, 22))


def test_monitoring_keeps_three_classes_apart():
    decision = OWN.programme("cn_2021").decision("identify", date(2021, 5, 14))
    assert [each.name for each in decision.classes] == ["unstable_exited", "marginal_at_risk", "sudden_hardship"]
    assert [each.name for each in OWN.programme("cn_2020m").decision("identify", date(2021, 5, 13)).classes] == [
        "unstable_exited",
        "marginal_at_risk",
    ]


def test_the_programme_of_2026_says_what_is_not_published():
    programme = OWN.programme("cn_2026")
    decision = programme.decision("identify", date(2026, 2, 3))
    thresholds = {programme.criteria[name].threshold for name in decision.criteria} - {None}
    assert thresholds == {"monitoring_line"}
    with pytest.raises(ParameterNotPublished, match=r"have not published the standard"):
        programme.value("monitoring_line", date(2026, 2, 3), GUIZHOU_COUNTY)


def test_what_is_not_verified_is_marked_provisional():
    values = [
        row
        for programme in OWN.programmes.values()
        for parameter in programme.parameters.values()
        for series in (parameter.nation, *parameter.regions.values())
        for row in series
    ]
    assert {row.source.mark for row in values} == {"S", "P", "M+", "M?"}
    assert OWN.programme("cn_2014").criteria["housing_unsafe"].provisional is False
    assert OWN.programme("cn_2021").criteria["rigid_expense_heavy"].provisional is True


@pytest.mark.parametrize("programme", OWN.programmes.values(), ids=OWN.programmes)
def test_education_aid_is_left_out_and_marked_for_verification(programme):
    items = {item.name: item for item in programme.income_rule(programme.start)}
    assert items["education_aid_fen"].use == "exclude"
    assert items["education_aid_fen"].source.provisional
