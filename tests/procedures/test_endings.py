"""A case ends where it is judged: nobody overrides alone what a vote, two persons or an objection decided."""

import json

import polars as pl
import pytest

from bangfu.access.founding import Visitor
from bangfu.kernel.errors.procedures import ObjectionUpheld, PaperUnfit, RefusalOutOfPlace, WithdrawalTooLate
from bangfu.places.scope import Scope
from bangfu.procedures.actions.answer_objection import answer_objection
from bangfu.procedures.actions.raise_objection import Complaint, appeal, raise_objection
from bangfu.procedures.actions.send_back import may_be_asked_back, refuse_cases, send_back, withdraw_cases
from bangfu.procedures.actions.take_step import take_step
from bangfu.procedures.actions.undo_act import undo_act
from bangfu.procedures.course import course_of
from bangfu.procedures.models import CaseState
from bangfu.procedures.queries import path_of, ready_cases
from bangfu.procedures.said import Said
from bangfu.procedures.sheets import standing_now
from tests.procedures.steps_taken import START, TWO_THIRDS, standing, until_approval, until_notice

pytestmark = pytest.mark.store
WHY = "不符合条件"


def test_the_clerk_who_enters_cannot_refuse_what_two_persons_approved(hands, opened, on_day):
    day = until_approval(hands, opened, on_day)
    for approver in (hands.approver, hands.approver2):
        take_step(by=approver, cases=opened, step="county_approval", on=day)
    take_step(by=hands.county, cases=opened, step="announcement", on=day)
    with pytest.raises(RefusalOutOfPlace):
        refuse_cases(by=hands.county, cases=opened, reason=WHY)
    with pytest.raises(WithdrawalTooLate):
        withdraw_cases(by=hands.county, cases=opened, reason=WHY)
    send_back(by=hands.county, cases=opened, to="county_approval", reason=WHY)
    refuse_cases(by=hands.approver3, cases=opened, reason=WHY)
    assert standing(opened[0]).state == CaseState.REFUSED


def test_a_village_clerk_cannot_refuse_after_the_villagers_voted(hands, opened):
    until_notice(hands, opened, START)
    with pytest.raises(RefusalOutOfPlace) as refused:
        refuse_cases(by=hands.village, cases=opened, reason=WHY)
    assert refused.value.facts["step"].zh == "第一次公示"
    assert {standing(case).state for case in opened} == {CaseState.OPEN}


def test_a_case_is_withdrawn_until_its_first_notice_hangs(hands, opened):
    until_notice(hands, opened, START)
    withdraw_cases(by=hands.village, cases=opened[:1], reason=WHY)
    take_step(by=hands.village, cases=opened[1:], step="village_notice", on=START)
    with pytest.raises(WithdrawalTooLate) as refused:
        withdraw_cases(by=hands.village, cases=opened[1:], reason=WHY)
    assert refused.value.facts["count"] == 2
    send_back(by=hands.village, cases=opened[1:], to="application", reason=WHY)
    with pytest.raises(WithdrawalTooLate):
        withdraw_cases(by=hands.village, cases=opened[1:], reason=WHY)


def test_a_household_withdraws_by_its_signed_request_whatever_hung(hands, opened):
    until_notice(hands, opened, START)
    take_step(by=hands.village, cases=opened, step="village_notice", on=START)
    for paper in ("13800000000", "9" * 61):
        with pytest.raises(PaperUnfit):
            withdraw_cases(by=hands.village, cases=opened[:1], reason=WHY, request=paper)
    with pytest.raises(WithdrawalTooLate):
        withdraw_cases(by=hands.village, cases=opened, reason=WHY, request="撤2017-3")
    act = withdraw_cases(by=hands.village, cases=opened[:1], reason=WHY, request=" 撤2017-3 ")[0]
    assert standing(opened[0]).state == CaseState.WITHDRAWN
    assert json.loads(act.form) == {"request": "撤2017-3"}


def test_nobody_asks_back_what_no_household_asked_for(subjects, hands, places):
    rows = {"subject_kind": ["household", "household", "village"], "proposal": ["identified", "removed", "identified"]}
    assert [may_be_asked_back(pl.DataFrame(rows)[row]) for row in range(3)] == [True, False, False]


def test_a_meeting_says_no_by_its_votes_alone(hands, opened):
    for step in ("application", "visit"):
        take_step(by=hands.village, cases=opened, step=step, on=START)
    with pytest.raises(RefusalOutOfPlace):
        refuse_cases(by=hands.village, cases=opened, reason=WHY)
    against = Said(entitled=30, present=20, votes={opened[0]: (5, 15, 0)})
    take_step(by=hands.village, cases=opened, step="appraisal", on=START, said=against)
    assert [standing(case).state for case in opened[:2]] == [CaseState.REFUSED, CaseState.OPEN]


def test_every_procedure_judges_somewhere_and_no_notice_does(version):
    course = course_of(version)
    assert [step.name for step in course.steps if course.judges(step)] == [
        "town_review",
        "county_approval",
    ]


@pytest.fixture
def objected(hands, opened, places):
    """An objection to the first of the cases while their first notice hangs."""
    until_notice(hands, opened, START)
    take_step(by=hands.village, cases=opened, step="village_notice", on=START)
    complaint = Complaint(places.village, "这一户有小汽车", case=opened[0])
    return raise_objection(by=Visitor(), complaint=complaint, programme="cn_2014")


def answered(hands, objection, *, upheld):
    answer_objection(by=hands.town, objection=objection.pk, upheld=upheld, reason="经查属实")


def test_a_case_to_which_an_objection_was_right_goes_no_further_until_it_is_sent_back(hands, opened, on_day, objected):
    answered(hands, objected, upheld=True)
    day = on_day(START, plus=10)
    step = course_of_case(opened[0]).step("village_notice")
    assert ready_cases(standing_now(opened), step, day)[1] == {opened[0]: "objection"}
    assert path_of(Scope.everywhere(), opened[0], day).upheld
    with pytest.raises(ObjectionUpheld) as refused:
        take_step(by=hands.village, cases=opened, step="village_notice", on=day)
    assert refused.value.facts["count"] == 1
    back = send_back(by=hands.village, cases=opened[:1], to="appraisal", reason=WHY)[0]
    undo_act(by=hands.village, act=back.pk, reason="退错了")
    with pytest.raises(ObjectionUpheld):
        take_step(by=hands.village, cases=opened[:1], step="village_notice", on=day)
    send_back(by=hands.village, cases=opened[:1], to="appraisal", reason=WHY)
    assert not path_of(Scope.everywhere(), opened[0], day).upheld
    take_step(by=hands.village, cases=opened[:1], step="appraisal", on=day, said=TWO_THIRDS)


def test_a_case_to_which_an_objection_was_wrong_goes_on(hands, opened, on_day, objected):
    answered(hands, objected, upheld=False)
    day = on_day(START, plus=8)
    take_step(by=hands.village, cases=opened, step="village_notice", on=day)
    assert {standing(case).done for case in opened} == {4}


@pytest.mark.parametrize("right", [True, False])
def test_the_appeal_has_the_last_word(hands, opened, on_day, objected, right):
    answered(hands, objected, upheld=not right)
    second = appeal(by=Visitor(), receipt=objected.receipt, words="再请核实", programme="cn_2014")
    answer_objection(by=hands.county, objection=second.pk, upheld=right, reason="经复核")
    day = on_day(START, plus=10)
    if right:
        with pytest.raises(ObjectionUpheld):
            take_step(by=hands.village, cases=opened[:1], step="village_notice", on=day)
    else:
        take_step(by=hands.village, cases=opened[:1], step="village_notice", on=day)


def course_of_case(case):
    return path_of(Scope.everywhere(), case, START).course
