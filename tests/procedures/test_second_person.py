"""Who decides had no other hand in it; what is sent back, refused or undone leaves its reason."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from bangfu.access.acting import today
from bangfu.kernel.errors.procedures import (
    ActStands,
    CaseEnded,
    CaseOpenAlready,
    CasesChanged,
    DayOutOfOrder,
    EarlierHand,
    ReasonNeeded,
)
from bangfu.kernel.home import Home
from bangfu.procedures.actions.open_cases import open_cases
from bangfu.procedures.actions.send_back import refuse_cases, send_back, withdraw_cases
from bangfu.procedures.actions.take_step import take_step
from bangfu.procedures.actions.undo_act import undo_act
from bangfu.procedures.course import version_on
from bangfu.procedures.models import Act
from bangfu.procedures.queries import waiting_for
from bangfu.procedures.said import Said
from bangfu.procedures.standings import content_of, held
from tests.procedures.steps_taken import START, TWO_THIRDS, standing, until_approval, until_notice, until_review

pytestmark = pytest.mark.store


def test_who_had_a_hand_in_a_case_cannot_decide_it(hands, opened, on_day, version):
    until_notice(hands, opened[1:], START)
    for step in ("application", "visit"):
        take_step(by=hands.town, cases=opened[:1], step=step, on=START)
    take_step(by=hands.town, cases=opened[:1], step="appraisal", on=START, said=TWO_THIRDS)
    take_step(by=hands.village, cases=opened, step="village_notice", on=START)
    day = on_day(START, plus=7)
    take_step(by=hands.village, cases=opened, step="village_notice", on=day)
    with pytest.raises(EarlierHand):
        take_step(by=hands.town, cases=opened, step="town_review", on=day)
    take_step(by=hands.town2, cases=opened, step="town_review", on=day)


def test_two_approvals_are_of_two_persons(hands, opened, on_day):
    day = until_approval(hands, opened, on_day)
    take_step(by=hands.approver, cases=opened, step="county_approval", on=day)
    with pytest.raises(EarlierHand):
        take_step(by=hands.approver, cases=opened, step="county_approval", on=day)
    assert standing(opened[0]).done == 6


def test_the_database_itself_refuses_a_second_approval_by_the_same_person(hands, opened, on_day):
    day = until_approval(hands, opened, on_day)
    take_step(by=hands.approver, cases=opened, step="county_approval", on=day)
    row = standing(opened[0])
    row.pk, row.agreed, row.live = None, 2, False
    with pytest.raises(IntegrityError, match="another hand"), transaction.atomic():
        row.save(force_insert=True)


def test_the_database_keeps_acts_as_they_were_written(opened):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE procedures_act SET reason = 'x'")


def test_a_case_sent_back_is_looked_at_again_by_the_same_reviewer(hands, opened, on_day):
    day = until_review(hands, opened, on_day)
    with pytest.raises(ReasonNeeded):
        send_back(by=hands.town, cases=opened, to="appraisal", reason="  ")
    send_back(by=hands.town, cases=opened, to="appraisal", reason="会议记录没有参会人签名")
    assert standing(opened[0]).done == 2
    take_step(by=hands.village, cases=opened, step="appraisal", on=day, said=TWO_THIRDS)
    take_step(by=hands.village, cases=opened, step="village_notice", on=day)
    day = on_day(day, plus=7)
    take_step(by=hands.village, cases=opened, step="village_notice", on=day)
    take_step(by=hands.town, cases=opened, step="town_review", on=day)
    assert standing(opened[0]).done == 5


def test_a_reason_hides_no_number_of_a_person(hands, opened, on_day):
    until_review(hands, opened, on_day)
    with pytest.raises(ReasonNeeded):
        refuse_cases(by=hands.town, cases=opened, reason="证件９９０１０１１９８００１０１００１４不符")


def voted_down(hands, cases):
    """Let the meeting vote cases down, and return its act."""
    against = Said(entitled=30, present=20, votes=dict.fromkeys(cases, (5, 15, 0)))
    return take_step(by=hands.village, cases=cases, step="appraisal", on=START, said=against)[0]


def test_a_refused_or_withdrawn_case_goes_no_further(hands, opened):
    withdraw_cases(by=hands.village, cases=opened[:1], reason="农户撤回申请")
    for step in ("application", "visit"):
        take_step(by=hands.village, cases=opened[1:2], step=step, on=START)
    voted_down(hands, opened[1:2])
    for case in opened[:2]:
        with pytest.raises(CaseEnded):
            take_step(by=hands.village, cases=[case], step="application", on=START)


def test_a_subject_has_one_open_case_of_a_programme_whatever_it_proposes(hands, opened, subjects, on_day):
    for procedure, proposal in (("exit", "exited"), ("remove", "removed")):
        version = version_on("cn_2014", procedure, START)
        with pytest.raises(CaseOpenAlready):
            open_cases(by=hands.county, version=version, subjects=subjects(3, proposal=proposal), on=START)
    withdraw_cases(by=hands.village, cases=opened[2:], reason="农户撤回申请")
    version = version_on("cn_2014", "exit", START)
    assert open_cases(by=hands.county, version=version, subjects=subjects(3, proposal="exited"), on=START).len() == 1
    with pytest.raises(CaseOpenAlready):
        undo_act(by=hands.village, act=Act.objects.get(kind="withdrawn").pk, reason="录错了")


def test_a_case_of_another_programme_goes_its_own_way(hands, opened, subjects, on_day):
    day = on_day(date(2021, 6, 1))
    version = version_on("cn_2021", "identify", day)
    some = subjects(1, 2, proposal="monitored")
    assert open_cases(by=hands.county, version=version, subjects=some, on=day).len() == 2
    with pytest.raises(CaseOpenAlready):
        open_cases(by=hands.county, version=version, subjects=some, on=day)


def test_a_refusal_is_taken_back_unless_another_case_was_opened_since(hands, opened, subjects, version):
    for step in ("application", "visit"):
        take_step(by=hands.village, cases=opened, step=step, on=START)
    act = voted_down(hands, opened[:1])
    open_cases(by=hands.county, version=version, subjects=subjects(1), on=START)
    with pytest.raises(CaseOpenAlready):
        undo_act(by=hands.village, act=act.pk, reason="录错了")
    act = voted_down(hands, opened[1:2])
    undo_act(by=hands.village, act=act.pk, reason="录错了")
    assert standing(opened[1]).state == "open"


def test_what_is_done_again_bears_no_day_before_the_return(hands, opened, on_day):
    until_review(hands, opened, on_day)
    day = on_day(START, plus=20)
    send_back(by=hands.town, cases=opened, to="appraisal", reason="会议记录没有参会人签名")
    with pytest.raises(DayOutOfOrder):
        take_step(by=hands.village, cases=opened, step="appraisal", on=START, said=TWO_THIRDS)
    take_step(by=hands.village, cases=opened, step="appraisal", on=day, said=TWO_THIRDS)


@pytest.fixture
def exits(hands, subjects, on_day):
    """Exits that wait for the approval of the county right after the review of the town."""
    day = on_day(date(2016, 7, 4))
    version = version_on("gd_2016", "exit", day)
    some = subjects(1, 2, proposal="exited")
    cases = open_cases(by=hands.county, version=version, subjects=some, on=day).to_list()
    take_step(by=hands.village, cases=cases, step="appraisal", on=day, said=TWO_THIRDS)
    for step in ("verification", "consent", "notice"):
        take_step(by=hands.village, cases=cases, step=step, on=day)
    take_step(by=hands.village, cases=cases, step="notice", on=on_day(day, plus=7))
    take_step(by=hands.town, cases=cases, step="town_review", on=today())
    return cases


def test_who_sent_a_case_back_decides_it_when_it_comes_back_and_once_only(hands, exits):
    send_back(by=hands.approver, cases=exits, to="town_review", reason="审核意见不全")
    take_step(by=hands.town, cases=exits, step="town_review", on=today())
    take_step(by=hands.approver, cases=exits, step="approval", on=today())
    with pytest.raises(EarlierHand):
        take_step(by=hands.approver, cases=exits, step="approval", on=today())
    row = standing(exits[0])
    row.pk, row.agreed, row.live = None, 2, False
    with pytest.raises(IntegrityError, match="another hand"), transaction.atomic():
        row.save(force_insert=True)
    take_step(by=hands.approver2, cases=exits, step="approval", on=today())
    assert standing(exits[0]).done == 6


def test_who_agreed_and_then_sent_back_agrees_once_in_the_next_visit(hands, exits):
    take_step(by=hands.approver, cases=exits, step="approval", on=today())
    send_back(by=hands.approver2, cases=exits, to="town_review", reason="审核意见不全")
    take_step(by=hands.town, cases=exits, step="town_review", on=today())
    take_step(by=hands.approver2, cases=exits, step="approval", on=today())
    with pytest.raises(EarlierHand):
        take_step(by=hands.approver2, cases=exits, step="approval", on=today())
    take_step(by=hands.approver, cases=exits, step="approval", on=today())
    assert standing(exits[0]).done == 6


def test_who_worked_on_a_case_that_was_sent_back_still_cannot_decide_it(hands, exits, places):
    send_back(by=hands.approver, cases=exits, to="verification", reason="收入核算有误")
    take_step(by=hands.town, cases=exits, step="verification", on=today())
    for step in ("consent", "notice"):
        take_step(by=hands.village, cases=exits, step=step, on=today())
    Home.current().move_day(date(2016, 7, 18))
    take_step(by=hands.village, cases=exits, step="notice", on=today())
    with pytest.raises(EarlierHand):
        take_step(by=hands.town, cases=exits, step="town_review", on=today())
    take_step(by=hands.town2, cases=exits, step="town_review", on=today())


def test_a_subject_has_one_open_case_of_a_procedure(hands, opened, subjects, version):
    with pytest.raises(CaseOpenAlready):
        open_cases(by=hands.county, version=version, subjects=subjects(3, 4), on=START)
    with pytest.raises(CaseOpenAlready):
        open_cases(by=hands.county, version=version, subjects=subjects(5, 5), on=START)
    withdraw_cases(by=hands.village, cases=opened[2:], reason="农户撤回申请")
    assert open_cases(by=hands.county, version=version, subjects=subjects(3, 4), on=START).len() == 2


def test_an_act_is_undone_while_nothing_stands_on_it(hands, opened):
    act = take_step(by=hands.village, cases=opened, step="application", on=START)[0]
    take_step(by=hands.village, cases=opened[:1], step="visit", on=START)
    with pytest.raises(ActStands):
        undo_act(by=hands.village, act=act.pk, reason="录错了")
    act = Act.objects.order_by("id").last()
    with pytest.raises(ActStands):
        undo_act(by=hands.everywhere, act=act.pk, reason="录错了")
    undo_act(by=hands.village, act=act.pk, reason="录错了")
    assert standing(opened[0]).done == 1


def test_what_was_posted_is_not_undone(hands, opened):
    until_notice(hands, opened, START)
    act = take_step(by=hands.village, cases=opened, step="village_notice", on=START)[0]
    with pytest.raises(ActStands):
        undo_act(by=hands.village, act=act.pk, reason="录错了")


def test_an_approval_taken_back_can_be_given_again(hands, opened, on_day):
    day = until_approval(hands, opened, on_day)
    act = take_step(by=hands.approver, cases=opened, step="county_approval", on=day)[0]
    undo_act(by=hands.approver, act=act.pk, reason="看错了名单")
    assert standing(opened[0]).agreed == 0
    take_step(by=hands.approver, cases=opened, step="county_approval", on=day)
    take_step(by=hands.approver2, cases=opened, step="county_approval", on=day)
    assert standing(opened[0]).done == 7


def test_who_decides_decides_of_what_was_seen(hands, opened):
    with transaction.atomic():
        seen = content_of(held(opened))
    take_step(by=hands.everywhere, cases=opened[:1], step="application", on=START)
    with pytest.raises(CasesChanged):
        withdraw_cases(by=hands.village, cases=opened, reason="农户撤回申请", seen=seen)


def test_everybody_sees_what_waits_for_them(hands, opened, on_day):
    assert [(one.step.name, one.count) for one in waiting_for(hands.village)] == [("application", 3)]
    assert not waiting_for(hands.sibling)
    assert not waiting_for(hands.approver)
    until_review(hands, opened, on_day)
    assert [(one.step.name, one.count, one.places) for one in waiting_for(hands.town)] == [("town_review", 3, 1)]
    assert not waiting_for(hands.village)
