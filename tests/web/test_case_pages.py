"""Cases on pages: what waits for whom, the work sheet of a village, one case's path, the household's own view."""

import re
from datetime import timedelta

import pytest

from bangfu.access.founding import Visitor
from bangfu.access.models import Grant
from bangfu.procedures.actions.raise_objection import Complaint, raise_objection
from tests.web.casework import START, boxes, done_of, english, form_of, sheet_of, standing, take, text_of, until_notice

pytestmark = pytest.mark.store


def test_what_waits_is_told_by_step_and_leads_to_its_sheet(village_page, village):
    page = village_page.get("/cases/")
    assert "Record this step: 4 cases in 3 villages" in text_of(page)
    links = re.findall(r'href="(/cases/sheet/[^"]+)"', page.content.decode())
    assert all(village_page.get(link.replace("&amp;", "&")).status_code == 200 for link in links)


def test_who_has_nothing_to_do_is_told_what_comes_next(client_of, exits):
    assert "No case waits for you" in text_of(english(client_of("王审核")).get("/cases/"))
    assert client_of("赵分析").get("/cases/").status_code == 403


@pytest.mark.parametrize(("name", "shown"), [("刘村办", True), ("王审核", True), ("钱市办", True), ("赵分析", False)])
def test_only_who_has_a_part_in_cases_is_offered_them(client_of, exits, name, shown):
    assert ('href="/cases/"' in client_of(name).get("/").content.decode()) is shown


def test_a_sheet_says_who_why_and_how_much(village_page, mine, village):
    page = text_of(village_page.get(sheet_of("appraisal", village)))
    assert "Because : met: Net income per head above the exit line; not so: Food is not assured" in page
    assert page.count("exit from poverty") == len(mine)
    assert re.search(r"\d,\d{3}\.\d\d", page)


def test_an_open_objection_stops_a_case_and_tells_neither_words_nor_name(village_page, hamlet, mine, village):
    until_notice(village_page, village)
    hamlet.move_day(START + timedelta(days=7))
    complaint = Complaint(village, "这一户有小汽车", who="邻居张某", case=mine[0])
    raise_objection(by=Visitor(), complaint=complaint, programme="cn_2014")
    page = village_page.get(sheet_of("village_notice", village))
    assert sorted(boxes(page).values()) == [False, True]
    path = text_of(village_page.get(f"/cases/{mine[0]}/"))
    assert "An objection is open since 16 January 2017." in path
    for shown in (text_of(page), path):
        assert "小汽车" not in shown
        assert "张某" not in shown
    answer = take(village_page, sheet_of("village_notice", village), case=list(boxes(page)))
    assert answer.status_code == 409
    assert "An objection is open against 1 of these cases" in text_of(answer)
    assert done_of(mine) == {3}


def test_one_case_is_worked_on_from_its_own_page(village_page, mine):
    address = f"/cases/{mine[0]}/"
    page = village_page.get(address)
    told = text_of(page)
    assert "Next: Appraisal called by the village committees" in told
    assert "Whose it is: village committees" in told
    assert "关于建立贫困退出机制的意见" in told
    value = re.search(r'type="hidden" name="case" value="(\d+:\d+)"', page.content.decode())[1]
    sent = form_of(page, case=[value])
    assert village_page.post(address, sent)["Location"] == address
    assert village_page.post(address, sent).status_code == 302
    assert "This was done already" in text_of(village_page.get(address))
    assert [standing(case).done for case in mine] == [1, 0]


def test_the_path_says_who_did_what_and_when(village_page, mine, village):
    until_notice(village_page, village)
    told = text_of(village_page.get(f"/cases/{mine[0]}/"))
    assert "done · 刘村办 · 9 January 2017" in told
    assert "20 of 30 present" in told
    assert "notice posted · 刘村办" in told
    assert "shown until 16 January 2017" in told
    assert told.index("Announcement") > told.index("notice posted")


def test_a_household_shows_its_cases_and_leads_to_them(village_page, mine):
    household = standing(mine[0]).case.subject_id
    page = village_page.get(f"/households/{household}/")
    assert f'href="/cases/{mine[0]}/"' in page.content.decode()
    assert "Next: Appraisal called by the village committees, by village committees." in text_of(page)


def test_a_household_reads_its_own_case_in_plain_words(client_of, village_page, hamlet, mine, village):
    household = standing(mine[0]).case.subject_id
    Grant.objects.filter(role="household").update(household=household, place=village)
    own = english(client_of("贫困户代表"))
    until_notice(village_page, village)
    told = text_of(own.get("/my-household/"))
    assert "How my case goes on" in told
    assert "The notice hangs until 16 January 2017. Whoever disagrees may object until then." in told
    assert f"/cases/{mine[0]}/" not in own.get("/my-household/").content.decode()
    assert own.get(f"/cases/{mine[0]}/").status_code == 403


def test_a_sheet_asks_as_much_for_many_as_for_few(village_page, village):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(address):
        village_page.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert village_page.get(address).status_code == 200
        return len(asked)

    town = village // 1000 * 1000
    few = queries(sheet_of("appraisal", village))
    many = queries(sheet_of("appraisal", town))
    assert many <= few + 2, "by place, names of places"
