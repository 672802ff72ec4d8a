"""A programme gives its decisions, income items, steps and lists as they stand on a day."""

from dataclasses import replace
from datetime import date

import pytest

from bangfu.kernel.errors.parameters import ParameterClosed, ParameterNotInForce, ParameterUnknown
from bangfu.kernel.texts import Text
from bangfu.params import criteria_of, load
from tests.params.folder import write


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The small folder, loaded once."""
    return load(write(tmp_path_factory.mktemp("params")))


@pytest.fixture(scope="module")
def programme(small):
    """The programme with every section."""
    return small.programme("p")


def test_classes_join_into_one_rule(programme):
    decision = programme.decision("identify", date(2014, 12, 31))
    both = ("all_of", ("income_below_line", "unsafe"))
    safe = ("all_of", ("income_below_line", ("not", "unsafe")))
    assert [(each.name, each.title.en, each.rule) for each in decision.classes] == [
        ("both", "Both", both),
        ("safe_poor", "Poor in a safe house", safe),
    ]
    assert decision.rule == ("any_of", (both, safe))
    assert (decision.considers, decision.subject, decision.source.mark) == (("unsafe",), "household", "P")


def test_a_decision_changes_on_its_start_day(programme):
    assert programme.decision("identify", date(2014, 12, 31)).classes
    later = programme.decision("identify", date(2015, 1, 1))
    assert (later.rule, later.classes) == (("any_of", ("income_below_line", "unsafe")), ())


def test_a_decision_knows_its_criteria_each_once(programme):
    decision = programme.decision("identify", date(2014, 1, 1))
    assert decision.criteria == ("income_below_line", "unsafe")
    assert criteria_of(("not", ("any_of", ("a", ("not", "b"), "a")))) == ("a", "b", "a")


def test_nothing_is_decided_before_the_programme_begins(programme):
    with pytest.raises(
        ParameterNotInForce, match=r"decision identify of p has no value on 2013-12-31.*from 2014-01-01"
    ):
        programme.decision("identify", date(2013, 12, 31))


def test_nothing_is_decided_after_the_programme_ended(programme):
    with pytest.raises(
        ParameterClosed, match=r"ended on 2015-12-31 \(programmes/p/law.yaml, line 2\). For that day use q"
    ):
        programme.decision("identify", date(2016, 1, 1))


def test_a_decision_that_the_programme_lacks_is_unknown(programme):
    with pytest.raises(ParameterUnknown, match=r"p has no decision named exit. Use one of: identify"):
        programme.decision("exit", date(2014, 1, 1))


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2013, 12, 31), []),
        (date(2014, 1, 1), ["identify"]),
        (date(2015, 12, 31), ["identify"]),
        (date(2016, 1, 1), []),
    ],
)
def test_the_decisions_and_procedures_of_a_day_are_those_in_force(programme, day, names):
    assert [each.name for each in programme.decisions(day)] == names
    assert [each.name for each in programme.procedures(day)] == names


def test_a_criterion_carries_its_words_codes_and_fields(programme):
    criterion = programme.criteria["income_below_line"]
    assert (criterion.function, criterion.operator, criterion.threshold) == ("income_below_line", "<", "line")
    assert (criterion.values, criterion.fields, criterion.provisional) == (("limit",), ("wage_fen",), True)
    told = criterion.yes.fill({"value": "2,500.00", "threshold": "2,800.00"})
    assert told == Text(zh="人均2,500.00元，低于2,800.00元。", en="2,500.00 yuan, below 2,800.00.")


def test_a_criterion_of_a_shared_file_resolves_labels_to_numbers(programme):
    criterion = programme.criteria["unsafe"]
    assert criterion.codes == {"housing_grade": (2,)}
    assert (criterion.function, criterion.operator, criterion.threshold) == ("unsafe", None, None)


def test_income_items_say_what_counts(programme):
    assert programme.income_items(date(2014, 1, 1)) == {"wage_fen": "add", "relief_fen": "exclude"}
    assert [item.source.provisional for item in programme.income_rule(date(2014, 1, 1))] == [False, True]


def test_a_programme_without_income_items_says_so(small):
    with pytest.raises(ParameterNotInForce, match=r"income measure disposable of q has no value"):
        small.programme("q").income_items(date(2016, 1, 1))


def test_steps_come_in_order_with_their_days_and_papers(programme):
    appraisal, notice = programme.steps("identify", date(2014, 1, 1))
    assert (appraisal.order, appraisal.quorum_numerator, appraisal.quorum_denominator) == (1, 2, 3)
    assert (appraisal.majority_numerator, appraisal.majority_denominator, appraisal.persons) == (1, 2, 2)
    assert (appraisal.minimum_days, appraisal.within_days, appraisal.deadline, appraisal.evidence) == (
        0,
        None,
        None,
        (),
    )
    assert (notice.order, notice.minimum_days, notice.within_days) == (2, 7, 30)
    assert (notice.quorum_numerator, notice.quorum_denominator) == (0, 1)
    assert (notice.majority_numerator, notice.majority_denominator, notice.persons) == (0, 1, 1)
    assert (notice.evidence, notice.deadline) == ((Text(zh="公示名单", en="list"),), date(2014, 6, 15))
    assert (appraisal.source.mark, appraisal.vote_source.mark, notice.vote_source) == ("P", "M?", None)


def test_a_step_is_provisional_where_the_rule_of_its_vote_is(programme):
    appraisal, notice = programme.steps("identify", date(2014, 1, 1))
    assert (appraisal.provisional, notice.provisional) == (True, True)
    assert not replace(appraisal, vote_source=None).provisional
    assert not replace(appraisal, vote_source=appraisal.source).provisional


@pytest.mark.parametrize(
    ("day", "place", "rows"),
    [
        pytest.param(date(2014, 12, 31), 510200000000, ((12, 100), (24, 300)), id="the province's"),
        pytest.param(date(2014, 5, 31), 510101001000, ((12, 100), (24, 300)), id="before the county has its own"),
        pytest.param(date(2014, 6, 1), 510101001000, ((6, 50),), id="the county's own goes first"),
        pytest.param(date(2013, 12, 31), 510200000000, None, id="before there was one"),
        pytest.param(date(2015, 1, 1), 510200000000, None, id="after it ended"),
        pytest.param(date(2014, 12, 31), 530000000000, None, id="elsewhere"),
    ],
)
def test_a_scale_holds_by_day_and_area(programme, day, place, rows):
    scale = programme.scales["reward"]
    found = scale.on(day, place)
    assert (found.rows if found else None) == rows
    assert (scale.unit.name, scale.per.name, scale.title.en) == ("fen", "months", "Reward")


def test_a_negative_list_keeps_its_grounds_and_where_they_show(programme):
    (ground,) = programme.negative_lists["lines"].grounds
    assert (ground.name, ground.action, ground.title.zh, ground.checked_with) == (
        "vehicle",
        "review",
        "有机动车",
        ("公安",),
    )


def test_a_programme_on_unverified_statements_is_provisional(small):
    assert [small.programme(id_).provisional for id_ in ("p", "q")] == [False, True]
    assert small.programme("q").note == Text(zh="标准未公布。", en="The line is not published.")


def test_a_quality_rule_keeps_its_condition_and_names_its_fields(small):
    (rule,) = small.quality
    assert (rule.code, rule.family, rule.subject, rule.severity) == ("IC01", "income", "household", "error")
    assert rule.when["all"][0] == {"field": "wage_fen", "op": "<", "value": 0}
    assert rule.when["all"][1]["value"] is None
    assert rule.when["all"][1]["strict"] is True
    assert rule.fields == ("wage_fen", "housing_grade")


def test_an_indicator_without_denominator_is_a_plain_count(small):
    (indicator,) = small.indicators
    assert (indicator.name, indicator.denominator, indicator.direction) == ("households", None, "none")


def test_the_hash_changes_with_any_byte_and_with_a_name(tmp_path):
    before = load(write(tmp_path / "a")).hash
    assert load(write(tmp_path / "b")).hash == before
    root = write(tmp_path / "c")
    (root / "sources.yaml").write_text((root / "sources.yaml").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert load(root).hash != before
    root = write(tmp_path / "d")
    (root / "quality/income.yaml").rename(root / "quality/wages.yaml")
    assert load(root).hash != before


def test_the_own_folder_is_read_once():
    assert load() is load()
