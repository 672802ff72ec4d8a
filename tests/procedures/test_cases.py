"""Cases go step by step, each at its time and by its person; nothing is skipped, and the chain holds all of it."""

import json
from datetime import date

import pytest

from bangfu.access.founding import Visitor
from bangfu.audit.verifier import verify
from bangfu.kernel.errors.access import NotPermitted
from bangfu.kernel.errors.procedures import (
    CountsDoNotFit,
    DayNotToday,
    DayOutOfOrder,
    NoQuorum,
    NoticeTooShort,
    ObjectionOpen,
    PaperMissing,
    StepOutOfTurn,
)
from bangfu.places.scope import Scope
from bangfu.procedures.actions.answer_objection import answer_objection
from bangfu.procedures.actions.raise_objection import Complaint, raise_objection
from bangfu.procedures.actions.take_step import take_step
from bangfu.procedures.models import Act, ActKind, CaseState, Notice
from bangfu.procedures.queries import path_of
from bangfu.procedures.said import Said
from tests.procedures.steps_taken import START, TWO_THIRDS, standing, until_approval, until_notice

pytestmark = pytest.mark.store


def test_a_list_goes_the_whole_way(hands, opened, on_day, home):
    day = until_approval(hands, opened, on_day)
    take_step(by=hands.approver, cases=opened, step="county_approval", on=day)
    assert standing(opened[0]).agreed == 1
    take_step(by=hands.approver2, cases=opened, step="county_approval", on=day)
    take_step(by=hands.county, cases=opened, step="announcement", on=day)
    take_step(by=hands.county, cases=opened, step="entry", on=day)
    assert {standing(case).state for case in opened} == {CaseState.FINISHED}
    assert not verify(home.database_url or str(home.database_file), home.key_file).faults
    kinds = [passed.kind for passed in path_of(Scope.everywhere(), opened[0], day).acts]
    assert kinds.count(ActKind.POSTED) == 2
    assert Notice.objects.count() == 3


def test_a_step_cannot_be_skipped(hands, opened):
    with pytest.raises(StepOutOfTurn):
        take_step(by=hands.village, cases=opened, step="visit", on=START)
    take_step(by=hands.village, cases=opened, step="application", on=START)
    with pytest.raises(StepOutOfTurn):
        take_step(by=hands.village, cases=opened, step="application", on=START)
    assert {standing(case).done for case in opened} == {1}


def test_a_single_case_goes_on_by_the_same_steps(hands, opened):
    take_step(by=hands.village, cases=opened[:1], step="application", on=START)
    assert [standing(case).done for case in opened] == [1, 0, 0]
    with pytest.raises(StepOutOfTurn):
        take_step(by=hands.village, cases=opened, step="application", on=START)


@pytest.mark.parametrize("wrong", ["sibling", "county", "approver", "city", "other_town"])
def test_a_step_of_the_village_is_not_for_others(hands, opened, wrong):
    with pytest.raises(NotPermitted):
        take_step(by=getattr(hands, wrong), cases=opened, step="application", on=START)
    assert {standing(case).done for case in opened} == {0}


def test_a_meeting_with_two_thirds_present_counts_and_one_less_does_not(hands, opened):
    for step in ("application", "visit"):
        take_step(by=hands.village, cases=opened, step=step, on=START)
    with pytest.raises(NoQuorum):
        take_step(by=hands.village, cases=opened, step="appraisal", on=START, said=Said(entitled=30, present=19))
    take_step(by=hands.village, cases=opened, step="appraisal", on=START, said=TWO_THIRDS)
    assert {standing(case).done for case in opened} == {3}


def test_half_of_those_present_is_no_majority_and_one_more_is(hands, opened):
    for step in ("application", "visit"):
        take_step(by=hands.village, cases=opened, step=step, on=START)
    votes = {opened[0]: (10, 10, 0), opened[1]: (11, 0, 9)}
    said = Said(entitled=30, present=20, votes=votes)
    take_step(by=hands.village, cases=opened, step="appraisal", on=START, said=said)
    assert [standing(case).state for case in opened] == [CaseState.REFUSED, CaseState.OPEN, CaseState.OPEN]
    act = Act.objects.get(kind=ActKind.REFUSED)
    assert json.loads(act.form)["votes"] == {str(opened[0]): [10, 10, 0]}


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(Said(entitled=10, present=11), id="more present than entitled"),
        pytest.param(Said(entitled=0, present=0), id="nobody there"),
        pytest.param(Said(entitled=30, present=20, votes={1: (20, 1, 0)}), id="more votes than present"),
        pytest.param(Said(entitled=30, present=20, votes={1: (-1, 21, 0)}), id="a negative vote"),
        pytest.param(Said(entitled=30, present=20, votes={1: (0, 0, 0)}), id="no vote at all"),
        pytest.param(Said(entitled=30, present=20, votes={1: (10, 9, 0)}), id="a vote missing"),
    ],
)
def test_numbers_of_a_meeting_must_fit(hands, opened, said):
    for step in ("application", "visit"):
        take_step(by=hands.village, cases=opened, step=step, on=START)
    with pytest.raises(CountsDoNotFit):
        take_step(by=hands.village, cases=opened, step="appraisal", on=START, said=said)


def test_a_paper_that_is_not_on_file_holds_the_step(hands, opened):
    take_step(by=hands.village, cases=opened, step="application", on=START)
    with pytest.raises(PaperMissing) as refused:
        take_step(by=hands.village, cases=opened, step="visit", on=START, said=Said(papers=frozenset({1})))
    assert refused.value.facts["papers"].zh == "收入核算表"


@pytest.mark.parametrize(("days", "served"), [(6, False), (7, True)])
def test_a_notice_of_seven_days_closes_on_the_seventh(hands, opened, on_day, days, served):
    until_notice(hands, opened, START)
    take_step(by=hands.village, cases=opened, step="village_notice", on=START)
    day = on_day(START, plus=days)
    if served:
        take_step(by=hands.village, cases=opened, step="village_notice", on=day)
        assert standing(opened[0]).done == 4
    else:
        with pytest.raises(NoticeTooShort) as refused:
            take_step(by=hands.village, cases=opened, step="village_notice", on=day)
        assert refused.value.facts["day"] == "2017-01-16"


def test_a_notice_is_posted_today_and_never_for_yesterday(hands, opened, on_day):
    until_notice(hands, opened, START)
    on_day(START, plus=3)
    with pytest.raises(DayNotToday):
        take_step(by=hands.village, cases=opened, step="village_notice", on=START)


def test_a_day_lies_between_the_step_before_and_today(hands, opened):
    take_step(by=hands.village, cases=opened, step="application", on=START)
    for day in (date(2017, 1, 8), date(2017, 1, 10)):
        with pytest.raises(DayOutOfOrder):
            take_step(by=hands.village, cases=opened, step="visit", on=day)


def test_an_open_objection_stops_one_case_and_its_clock(hands, opened, on_day, places):
    until_notice(hands, opened, START)
    take_step(by=hands.village, cases=opened, step="village_notice", on=START)
    on_day(START, plus=2)
    complaint = Complaint(places.village, "这一户有小汽车", case=opened[0])
    made = raise_objection(by=Visitor(), complaint=complaint, programme="cn_2014")
    assert (made.about, made.level) == ("village", "town")
    day = on_day(START, plus=7)
    with pytest.raises(ObjectionOpen):
        take_step(by=hands.village, cases=opened, step="village_notice", on=day)
    take_step(by=hands.village, cases=opened[1:], step="village_notice", on=day)
    answer_objection(by=hands.town, objection=made.pk, upheld=False, reason="经查，该车已报废注销")
    with pytest.raises(NoticeTooShort) as refused:
        take_step(by=hands.village, cases=opened[:1], step="village_notice", on=day)
    assert refused.value.facts["served"] == 1
    day = on_day(START, plus=13)
    take_step(by=hands.village, cases=opened[:1], step="village_notice", on=day)
