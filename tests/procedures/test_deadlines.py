"""A step is in time on its last day; after it the act keeps how late it was and why."""

import json
from datetime import date, timedelta

import pytest

from bangfu.access.founding import Visitor
from bangfu.kernel.errors.procedures import LateWithoutReason, ReasonNeeded
from bangfu.places.scope import Scope
from bangfu.procedures.actions.answer_objection import answer_objection
from bangfu.procedures.actions.open_cases import open_cases
from bangfu.procedures.actions.raise_objection import Complaint, raise_objection
from bangfu.procedures.actions.take_step import take_step
from bangfu.procedures.course import version_on
from bangfu.procedures.queries import path_of
from bangfu.procedures.queues import queues_of
from tests.procedures.steps_taken import standing

pytestmark = pytest.mark.store
LAST = date(2016, 6, 15)
CLUE = date(2021, 6, 1)


@pytest.fixture
def verified(hands, subjects, on_day):
    """Cases of Meizhou, to be verified by 15 June 2016."""
    day = on_day(date(2016, 6, 1))
    version = version_on("gd_2016", "identify", day)
    return open_cases(by=hands.county, version=version, subjects=subjects(1, 2), on=day).to_list()


@pytest.fixture
def clue(hands, subjects, on_day):
    """A clue of 1 June 2021: identified within 15 days."""
    on_day(CLUE)
    version = version_on("cn_2021", "identify", CLUE)
    some = subjects(1, proposal="monitored")
    return open_cases(by=hands.county, version=version, subjects=some, on=CLUE).to_list()[0]


def test_on_the_last_day_nobody_is_asked_why(hands, verified, on_day):
    act = take_step(by=hands.village, cases=verified, step="verification", on=on_day(LAST), reason="没有迟")[0]
    assert (act.reason, "late" in json.loads(act.form)) == ("", False)


def test_the_day_after_needs_a_reason_and_keeps_it(hands, verified, on_day):
    day = on_day(LAST, plus=1)
    with pytest.raises(LateWithoutReason) as refused:
        take_step(by=hands.village, cases=verified, step="verification", on=day)
    assert (refused.value.facts["count"], refused.value.facts["days"]) == (2, 1)
    with pytest.raises(ReasonNeeded):
        take_step(by=hands.village, cases=verified, step="verification", on=day, reason="电话13800001234")
    assert standing(verified[0]).done == 0
    act = take_step(by=hands.village, cases=verified, step="verification", on=day, reason=" 汛期道路中断 ")[0]
    assert act.reason == "汛期道路中断"
    assert json.loads(act.form)["late"] == {str(case): 1 for case in verified}


def test_what_was_done_in_time_and_recorded_later_is_in_time(hands, verified, on_day):
    on_day(LAST, plus=3)
    take_step(by=hands.village, cases=verified, step="verification", on=LAST)


def test_posting_a_notice_is_asked_nothing_and_closing_it_late_is(hands, verified, on_day):
    take_step(by=hands.village, cases=verified, step="verification", on=on_day(LAST))
    take_step(by=hands.village, cases=verified, step="notice", on=on_day(LAST, plus=1))
    day = on_day(LAST, plus=8)
    with pytest.raises(LateWithoutReason):
        take_step(by=hands.village, cases=verified, step="notice", on=day)
    take_step(by=hands.village, cases=verified, step="notice", on=day, reason="核查推迟")


def test_a_clue_that_rests_shows_its_deadline_in_queue_and_path_alike(hands, clue, places, on_day):
    assert deadlines(hands, clue, CLUE) == {CLUE + timedelta(days=15)}
    day = on_day(CLUE, plus=3)
    made = raise_objection(by=Visitor(), complaint=Complaint(places.village, "不属实", case=clue), programme="cn_2021")
    day = on_day(CLUE, plus=7)
    answer_objection(by=hands.town, objection=made.pk, upheld=False, reason="经查属实")
    day = on_day(CLUE, plus=18)
    assert deadlines(hands, clue, day) == {CLUE + timedelta(days=20)}
    take_step(by=hands.village, cases=[clue], step="clue", on=on_day(CLUE, plus=20))
    with pytest.raises(LateWithoutReason) as refused:
        take_step(by=hands.village, cases=[clue], step="authorisation", on=on_day(CLUE, plus=21))
    assert refused.value.facts["days"] == 1


def deadlines(hands, case, on):
    """Return what queue and path say."""
    (queue,) = queues_of(hands.village, on)
    return {queue.deadline, path_of(Scope.everywhere(), case, on).deadline}
