"""The form of a step: what the law asks for, refusals with their rule, nothing done twice and nothing typed lost."""

import json
import re
from datetime import date, timedelta

import pytest

from bangfu.access.acting import acting
from bangfu.access.roles import Role
from bangfu.audit.verifier import verify
from bangfu.procedures.models import Act, ActKind, CaseState, Notice
from bangfu.registry.models import StatusEvent
from tests.web.casework import (
    START,
    boxes,
    done_of,
    english,
    form_of,
    numbers_of,
    sheet_of,
    standing,
    take,
    text_of,
    through,
    until_notice,
)

pytestmark = pytest.mark.store


def test_a_step_moves_the_chosen_cases_and_no_other(village_page, mine, village):
    address = sheet_of("appraisal", village)
    page = village_page.get(address)
    first, second = boxes(page)
    assert boxes(page) == {first: True, second: True}
    assert village_page.post(address, form_of(page, case=[first])).status_code == 302
    assert [standing(case).done for case in mine] == [1, 0]
    assert "Done: 1 cases." in text_of(village_page.get(address))


def test_papers_are_confirmed_by_name_or_the_step_is_refused(village_page, mine, village):
    through(village_page, village, "appraisal")
    answer = take(village_page, sheet_of("verification", village), paper=["1"], on="2017-01-09")
    assert answer.status_code == 400
    assert "check of the guarantees" in text_of(answer)
    assert re.search(r'value="1" checked', answer.content.decode()), "the paper that was confirmed stays so"
    assert done_of(mine) == {1}


def test_a_meeting_without_its_quorum_is_refused_and_what_was_typed_stays(village_page, exits):
    case, place = next(iter(numbers_of("relapse").items()))
    for step in ("application", "visit"):
        assert take(village_page, sheet_of(step, place, "relapse")).status_code == 302
    address = sheet_of("appraisal", place, "relapse")
    assert "At least 2/3 of those entitled must be present." in text_of(village_page.get(address))
    answer = take(village_page, address, entitled="31", present="20")
    assert answer.status_code == 400
    assert "20 of 31 were present" in text_of(answer)
    assert 'name="entitled" inputmode="numeric" pattern="[0-9]{1,6}" size="6" required value="31"' in (
        answer.content.decode()
    )
    assert standing(case).done == 2
    assert take(village_page, address, entitled="30", present="20").status_code == 302
    assert standing(case).done == 3


def test_a_vote_against_ends_one_case_and_the_other_goes_on(village_page, mine, village):
    filled = {f"for-{mine[0]}": "10", f"against-{mine[0]}": "10"}
    assert take(village_page, sheet_of("appraisal", village), **filled).status_code == 302
    assert [standing(case).state for case in mine] == [CaseState.REFUSED, CaseState.OPEN]
    assert json.loads(Act.objects.get(kind=ActKind.REFUSED).form)["votes"] == {str(mine[0]): [10, 10, 0]}
    assert "10 for, 10 against, 0 abstaining" in text_of(village_page.get(f"/cases/{mine[0]}/"))
    assert "not passed" in text_of(village_page.get(f"/cases/{mine[0]}/"))


def test_a_form_sent_twice_acts_once_and_says_so(village_page, mine, village):
    address = sheet_of("appraisal", village)
    sent = form_of(village_page.get(address))
    assert village_page.post(address, sent).status_code == 302
    text_of(village_page.get(address))
    assert village_page.post(address, sent).status_code == 302
    assert "This was done already" in text_of(village_page.get(address))
    assert Act.objects.filter(step="appraisal").count() == 1
    assert done_of(mine) == {1}


def test_who_is_overtaken_sees_by_whom_and_loses_nothing(village_page, client_of, mine, village):
    address = sheet_of("appraisal", village)
    page = village_page.get(address)
    other = client_of("马镇办")
    assert other.post(address, form_of(page, case=list(boxes(page))[:1])).status_code == 302
    answer = village_page.post(address, form_of(page, entitled="44", present="33"))
    assert answer.status_code == 409
    told = text_of(answer)
    assert "changed meanwhile: done by 马镇办" in told
    assert "What you typed still stands below" in told
    assert 'value="44"' in answer.content.decode()
    assert list(boxes(answer).values()) == [True], "what did not move is still chosen"
    assert done_of(mine[1:]) == {0}


def test_a_step_cannot_be_skipped_and_the_page_says_which_is_next(village_page, mine, village):
    later = sheet_of("village_notice", village)
    told = text_of(village_page.get(later))
    assert "none is left out" in told
    assert "To: Appraisal called by the village committees" in told
    pairs = form_of(village_page.get(sheet_of("appraisal", village)))
    answer = village_page.post(later, pairs | {"step": "village_notice", "paper": ["1", "2"]})
    assert answer.status_code == 409
    assert "Steps are taken in their order" in text_of(answer)
    assert done_of(mine) == {0}
    assert not Notice.objects.exists()


def test_a_notice_is_closed_on_its_last_day_and_not_before(village_page, hamlet, mine, village):
    until_notice(village_page, village)
    address = sheet_of("village_notice", village)
    page = village_page.get(address)
    assert set(boxes(page).values()) == {False}
    assert "notice hangs until 16 January 2017" in text_of(page)
    hamlet.move_day(START + timedelta(days=6))
    answer = take(village_page, address, case=list(boxes(page)))
    assert answer.status_code == 400
    assert "must hang 7 days and has served 6" in text_of(answer)
    assert done_of(mine) == {3}
    hamlet.move_day(START + timedelta(days=7))
    assert set(boxes(village_page.get(address)).values()) == {True}
    assert take(village_page, address).status_code == 302
    assert done_of(mine) == {4}


def test_what_was_posted_is_not_taken_back(village_page, village):
    until_notice(village_page, village)
    page = village_page.get(sheet_of("village_notice", village))
    assert "What was posted stays" in text_of(page)
    event = Act.objects.get(kind=ActKind.POSTED).event_id
    sent = {"county": Act.objects.first().county, "event": event, "reason": "录错了", "next": "/cases/"}
    assert village_page.post("/cases/undo/", sent)["Location"] == "/cases/"
    assert "cannot be undone" in text_of(village_page.get("/cases/"))


def test_an_act_is_taken_back_from_the_sheet_with_a_reason(village_page, client_of, mine, village):
    address = sheet_of("appraisal", village)
    take(village_page, address)
    page = village_page.get(address).content.decode()
    names = ("county", "event", "next")
    sent = {name: re.search(f'class="undo".*?name="{name}" value="([^"]*)"', page, re.DOTALL)[1] for name in names}
    sent["next"] = sent["next"].replace("&amp;", "&")
    assert client_of("马镇办").post("/cases/undo/", sent | {"reason": "录错了"}).status_code == 302
    village_page.post("/cases/undo/", sent | {"reason": " "})
    assert "A reason is needed" in text_of(village_page.get(address))
    assert done_of(mine) == {1}
    assert village_page.post("/cases/undo/", sent | {"reason": "录错了"})["Location"] == sent["next"]
    assert "Taken back: 2 cases" in text_of(village_page.get(address))
    assert done_of(mine) == {0}


def test_a_case_is_refused_with_a_reason_that_hides_no_number(village_page, client_of, hamlet, mine, village):
    until_notice(village_page, village)
    hamlet.move_day(START + timedelta(days=7))
    through(village_page, village, "village_notice", "announcement")
    approver, address = english(client_of("王审核")), sheet_of("close_out", village)
    for reason in ("", "证件９９０１０１１９８００１０１００１４不符"):
        answer = take(approver, address, act="refuse", reason=reason)
        assert answer.status_code == 400
        assert "A reason is needed" in text_of(answer)
    assert take(approver, address, act="refuse", reason="已不在本村居住").status_code == 302
    assert {standing(case).state for case in mine} == {CaseState.REFUSED}
    assert "已不在本村居住" in text_of(village_page.get(f"/cases/{mine[0]}/"))


def test_a_late_step_asks_why_and_its_path_says_how_late(village_page, mine, village):
    case = late_case(village, standing(mine[0]).case.subject_id)
    page = village_page.get(f"/cases/{case}/")
    assert "why is it late?" in text_of(page)
    sent = {"step": "verification", "act": "take", "case": [f"{case}:{standing(case).pk}"], "paper": ["1"]}
    answer = village_page.post(f"/cases/{case}/", sent)
    assert answer.status_code == 400
    assert "by up to 208 days" in text_of(answer)
    assert village_page.post(f"/cases/{case}/", sent | {"why_late": "汛期道路中断"}).status_code == 302
    shown = text_of(village_page.get(f"/cases/{case}/"))
    assert "208 days late 汛期道路中断" in shown


def late_case(village, household):
    """Open a case whose verification was due by 15 June 2016, and return its number."""
    import polars as pl

    from bangfu.places.scope import chain_of
    from bangfu.procedures.actions.open_cases import Subjects, open_cases
    from bangfu.procedures.course import Version

    columns = {"place": [village], "subject_id": [household], "proposal": ["identified"], "grounds": ["{}"]}
    subjects = Subjects(chain_of(village), "household", pl.DataFrame(columns))
    version = Version("gd_2016", "identify", date(2016, 1, 1))
    return open_cases(by=acting("李文员"), version=version, subjects=subjects, on=START).to_list()[0]


def test_a_sheet_offers_only_what_the_step_allows(village_page, mine, village):
    page = village_page.get(sheet_of("appraisal", village)).content.decode()
    assert ('value="refuse"' in page, 'value="withdraw"' in page) == (False, True)
    answer = take(village_page, sheet_of("appraisal", village), act="refuse", reason="不符合条件")
    assert "At this step nobody refuses these cases alone" in text_of(answer)
    through(village_page, village, "appraisal")
    page = village_page.get(sheet_of("verification", village)).content.decode()
    assert ('value="refuse"' in page, 'value="withdraw"' in page) == (False, True)
    through(village_page, village, "verification", "consent", "village_notice")
    hanging = village_page.get(sheet_of("village_notice", village))
    page = hanging.content.decode()
    assert ('value="refuse"' in page, 'value="withdraw"' in page, 'value="send_back"' in page) == (False, False, True)
    assert 'name="request"' not in page, "nobody asks back an exit"
    sent = {"case": list(boxes(hanging)), "act": "withdraw", "reason": "农户要求"}
    answer = take(village_page, sheet_of("village_notice", village), **sent)
    assert "were on a public notice" in text_of(answer)
    assert take(village_page, sheet_of("village_notice", village), **sent, request="撤2017-1").status_code == 400


def test_a_household_asks_its_case_back_by_a_signed_request(hanging, client_of):
    clerk, case = english(client_of("刘村办")), hanging.cases[0]
    page = clerk.get(f"/cases/{case}/")
    assert "signed request" in text_of(page)
    sent = form_of(page, case=list(boxes(page)), act="withdraw", reason="农户不再申请")
    assert "were on a public notice" in text_of(clerk.post(f"/cases/{case}/", sent))
    assert "at most 60 signs" in text_of(clerk.post(f"/cases/{case}/", sent | {"request": "9" * 61}))
    assert clerk.post(f"/cases/{case}/", sent | {"request": "撤2017-1"}).status_code == 302
    assert standing(case).state == CaseState.WITHDRAWN
    assert "signed request 撤2017-1" in text_of(clerk.get(f"/cases/{case}/"))
    assert "撤2017-1" not in client_of("贫困户代表").get(f"/notices/{hanging.notice}/").content.decode()


def test_a_case_sent_back_carries_its_mark(village_page, mine, village):
    through(village_page, village, "appraisal")
    address = sheet_of("verification", village)
    assert take(village_page, address, act="send_back", to="appraisal", reason="会议记录缺签名").status_code == 302
    assert done_of(mine) == {0}
    assert text_of(village_page.get(sheet_of("appraisal", village))).count("sent back 1×: 会议记录缺签名") == len(mine)


@pytest.fixture
def approvals(exits, hamlet):
    """One identification that waits for the approval of the county."""
    from bangfu.procedures.actions.take_step import take_step
    from bangfu.procedures.said import Said

    case, place = next(iter(numbers_of("relapse").items()))
    village, town = acting("刘村办"), acting("马镇办")
    for step in ("application", "visit", "appraisal", "village_notice"):
        take_step(by=village, cases=[case], step=step, on=START, said=Said(entitled=30, present=20))
    hamlet.move_day(START + timedelta(days=7))
    take_step(by=village, cases=[case], step="village_notice", on=START + timedelta(days=7))
    take_step(by=town, cases=[case], step="town_review", on=START + timedelta(days=7))
    take_step(by=village, cases=[case], step="town_notice", on=START + timedelta(days=7))
    hamlet.move_day(START + timedelta(days=14))
    take_step(by=village, cases=[case], step="town_notice", on=START + timedelta(days=14))
    return case, place


def test_two_persons_approve_and_neither_for_the_other(client_of, approvals, hamlet):
    case, place = approvals
    address = sheet_of("county_approval", place, "relapse")
    first, second = english(client_of("王审核")), english(client_of("宋审定"))
    assert take(first, address).status_code == 302
    page = first.get(address)
    assert "you have agreed: a second person decides" in text_of(page)
    answer = take(first, address, case=list(boxes(page)))
    assert answer.status_code == 400
    assert "cannot decide them as well" in text_of(answer)
    assert standing(case).done == 6
    assert take(second, address).status_code == 302
    assert standing(case).done == 7
    before = StatusEvent.objects.count()
    clerk = english(client_of("李文员"))
    for step in ("announcement", "entry"):
        assert take(clerk, sheet_of(step, place, "relapse")).status_code == 302
    assert "1 of them entered the register" in text_of(clerk.get("/cases/"))
    assert StatusEvent.objects.count() == before + 1
    assert not verify(hamlet.database_url or str(hamlet.database_file), hamlet.key_file).faults


def test_who_worked_on_a_case_does_not_approve_it(client_of, approvals):
    from django.db import transaction

    from bangfu.access.actions.grant_role import record_grant
    from bangfu.access.founding import Founder
    from bangfu.access.models import Person

    case, place = approvals
    with transaction.atomic():
        person = Person.objects.get(name="马镇办")
        record_grant(by=Founder(), person=person, role=Role.COUNTY_APPROVER, place=0, days=(date(2000, 1, 1), None))
    both = english(client_of("马镇办"))
    page = both.get(sheet_of("county_approval", place, "relapse"))
    assert "you worked on it: somebody else decides" in text_of(page)
    assert take(both, sheet_of("county_approval", place, "relapse"), case=list(boxes(page))).status_code == 400
    assert standing(case).agreed == 0
