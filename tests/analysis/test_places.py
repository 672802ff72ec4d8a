"""Villages and counties: shares compared as products, the limit of the province, unknown apart from no."""

import json
from datetime import date

import polars as pl
import pytest

from bangfu.analysis.frames import Frames
from bangfu.analysis.run import evaluate
from bangfu.params import load
from tests.analysis.area import INSURED, NO_LACK, VILLAGE, area

ON = date(2016, 12, 31)
EAST, WEST = VILLAGE, 520102100201
POOR = NO_LACK | {"status": 1, "net_income_pc_fen": 100}


def judged(homes, population, programme="cn_2014", on=ON, **facts):
    frames = area(homes, population=population)
    villages = frames.villages.with_columns(**{name: pl.lit(value, pl.Int64) for name, value in facts.items()})
    frames = Frames(frames.households, frames.persons, villages, frames.places)
    rows = evaluate(frames, load(), programme, on).places.iter_rows(named=True)
    return {(row["place"], row["name"]): row for row in rows}


def outcome(row):
    return row["outcome"]


@pytest.mark.parametrize(
    ("village", "population", "may_exit"),
    [
        pytest.param(EAST, 50, 1, id="one of fifty is two per cent: may exit"),
        pytest.param(EAST, 49, 0, id="one of forty-nine is more"),
        pytest.param(WEST, 34, 1, id="one of thirty-four is below three per cent in the west"),
        pytest.param(WEST, 33, 0, id="one of thirty-three is above three per cent"),
        pytest.param(EAST, 0, None, id="an empty village has no rate"),
        pytest.param(EAST, None, None, id="an unknown population leaves it open"),
    ],
)
def test_a_village_may_exit_up_to_the_limit_of_its_province(village, population, may_exit):
    found = judged([(POOR | {"village": village}, [INSURED])], population)
    assert outcome(found[village, "exit_village"]) == may_exit
    assert found[village, "incidence_within_limit"]["value"] == 1
    assert found[village, "incidence_within_limit"]["whole"] == population


def test_each_village_of_a_mixed_area_has_the_limit_of_its_province():
    found = judged([(POOR | {"village": village}, [INSURED]) for village in (EAST, WEST)], 40)
    assert outcome(found[EAST, "exit_village"]) == 0
    assert outcome(found[WEST, "exit_village"]) == 1


def test_a_county_is_judged_by_all_its_villages():
    homes = [(POOR | {"village": EAST}, [INSURED]), (NO_LACK | {"village": EAST + 1, "status": 2}, [INSURED])]
    county = EAST // 10**6 * 10**6
    found = judged(homes, 25)
    assert (found[county, "exit_county"]["outcome"], found[EAST, "exit_village"]["outcome"]) == (1, 0)
    assert (found[county, "incidence_within_limit"]["value"], found[county, "incidence_within_limit"]["whole"]) == (
        1,
        50,
    )


def test_a_county_with_a_village_of_unknown_population_has_no_rate():
    frames = area([(POOR | {"village": EAST}, [INSURED]), (POOR | {"village": EAST + 1}, [INSURED])], population=100)
    unknown = frames.villages.with_columns(population=pl.when(pl.col("village") == EAST).then("population"))
    places = evaluate(Frames(frames.households, frames.persons, unknown, frames.places), load(), "cn_2014", ON).places
    county = places.filter(pl.col("subject") == "county", pl.col("name") == "exit_county")
    assert county["outcome"].to_list() == [None]


def test_a_threshold_that_nobody_published_leaves_a_criterion_of_places_open():
    found = judged([(POOR, [INSURED])], 10, collective_income_fen=1)
    assert outcome(found[VILLAGE, "village_incidence_high"]) is None
    assert outcome(found[VILLAGE, "collective_income_absent"]) == 0
    assert outcome(found[VILLAGE, "identify_village"]) == 0


@pytest.mark.parametrize(
    ("poor", "income", "named"),
    [
        pytest.param(5, 799_999, 1, id="five per cent and one fen below 8000 yuan"),
        pytest.param(4, 799_999, 0, id="four per cent"),
        pytest.param(5, 800_000, 0, id="exactly 8000 yuan"),
        pytest.param(5, None, None, id="unknown income"),
    ],
)
def test_a_relatively_poor_village_is_named_by_income_and_share(poor, income, named):
    found = judged([(POOR, [INSURED] * poor)], 100, "gd_2016", village_income_pc_fen=income)
    assert outcome(found[VILLAGE, "identify_village"]) == named


def test_a_programme_without_criteria_of_places_judges_none():
    facts = NO_LACK | {"origin": "脱贫户", "risks": [], "net_income_pc_fen": 100, "allowable_oop_fen": 0}
    result = evaluate(area([(facts, [INSURED])]), load(), "cn_2021", date(2023, 6, 30))
    assert result.places.height == 0
    assert result.manifest["village"] == {"decisions": {}, "criteria": {}}


def test_the_manifest_tells_the_limits_of_places_and_goes_through_json():
    homes = [(POOR | {"village": village}, [INSURED]) for village in (EAST, WEST)]
    manifest = json.loads(json.dumps(evaluate(area(homes, population=40), load(), "cn_2014", ON).manifest))
    limits = manifest["village"]["criteria"]["incidence_within_limit"]["thresholds"]
    assert [(each["value"], each["shown"]) for each in limits] == [(300, "3"), (200, "2")]
    assert manifest["village"]["decisions"]["exit_village"]["counts"] == {"yes": 1, "no": 1, "unknown": 0}


def test_every_criterion_of_every_programme_names_a_rule():
    import bangfu.rules

    missing = {
        f"{programme.id}.{criterion.name}: {criterion.function}"
        for programme in load().programmes.values()
        for criterion in programme.criteria.values()
        if criterion.function not in bangfu.rules.__all__
    }
    assert not missing
