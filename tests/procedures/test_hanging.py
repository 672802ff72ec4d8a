"""A notice hangs as long as its days are not served, and no longer."""

import pytest

from bangfu.access.founding import Visitor
from bangfu.kernel.errors.procedures import NoticeUnknown
from bangfu.procedures.actions.answer_objection import answer_objection
from bangfu.procedures.actions.raise_objection import Complaint, raise_objection
from bangfu.procedures.actions.send_back import send_back
from bangfu.procedures.actions.take_step import take_step
from bangfu.procedures.boards import hanging_counts, hung_notice, notices_below, notices_of
from bangfu.procedures.models import Notice
from tests.procedures.steps_taken import START, until_notice

pytestmark = pytest.mark.store


@pytest.fixture
def notice(hands, opened, places):
    """The first notice of three cases."""
    until_notice(hands, opened, START)
    take_step(by=hands.village, cases=opened, step="village_notice", on=START)
    return Notice.objects.get(place=places.village)


def hanging(places, notice, day):
    """Tell whether a notice hangs: every query says the same."""
    told = {
        notice in notices_of(places.village, day, None)[0],
        notice in notices_below(places.county, day),
        bool(hanging_counts([places.county], day)[places.county]),
        _found(notice, day),
    }
    assert len(told) == 1
    return told.pop()


def _found(notice, day):
    try:
        return hung_notice(notice.pk, day, None).hangs
    except NoticeUnknown:
        return False


def objected(places, case):
    complaint = Complaint(places.village, "这一户有小汽车", case=case)
    return raise_objection(by=Visitor(), complaint=complaint, programme="cn_2014")


@pytest.mark.parametrize(("plus", "still"), [(7, True), (8, False)], ids=["its last day", "the day after"])
def test_a_notice_to_which_nobody_objects_is_taken_down_by_itself(notice, places, on_day, plus, still):
    assert hanging(places, notice, on_day(START, plus=plus)) is still


def test_a_notice_whose_clock_was_stopped_hangs_until_its_days_are_served(hands, opened, notice, places, on_day):
    on_day(START, plus=1)
    made = objected(places, opened[0])
    day = on_day(START, plus=7)
    take_step(by=hands.village, cases=opened[1:], step="village_notice", on=day)
    answer_objection(by=hands.town, objection=made.pk, upheld=False, reason="经查不属实")
    for plus in (8, 13, 14):
        assert hanging(places, notice, on_day(START, plus=plus))
    assert hung_notice(notice.pk, on_day(START, plus=14), None).stopped
    take_step(by=hands.village, cases=opened[:1], step="village_notice", on=on_day(START, plus=14))
    assert not hanging(places, notice, on_day(START, plus=14))


def test_a_notice_whose_only_case_was_sent_back_hangs_no_longer(hands, opened, notice, places, on_day):
    objected(places, opened[0])
    day = on_day(START, plus=8)
    assert hanging(places, notice, day)
    send_back(by=hands.village, cases=opened[:1], to="appraisal", reason="重新评议")
    assert not hanging(places, notice, day)


def test_an_objection_after_the_last_day_does_not_hang_it_up_again(opened, notice, places, on_day):
    assert not hung_notice(notice.pk, on_day(START, plus=7), None).stopped
    day = on_day(START, plus=9)
    objected(places, opened[0])
    assert not hanging(places, notice, day)
