"""Who may not, and what no page sends: another's village, a reader's form, addresses and forms of nothing."""

import pytest

from bangfu.access.models import Grant
from tests.web.casework import boxes, done_of, english, form_of, sheet_of, standing, take, text_of

pytestmark = pytest.mark.store


@pytest.mark.parametrize("number", ["many", "-1", "1e3", "１０", "9999999", ""])
def test_what_is_no_number_is_said_to_be_none(village_page, mine, village, number):
    answer = take(village_page, sheet_of("appraisal", village), entitled="30", present=number)
    assert answer.status_code == 400
    assert "in digits" in text_of(answer)
    assert done_of(mine) == {0}


def test_a_day_that_cannot_be_is_refused(village_page, mine, village):
    for day in ("2017-01-10", "2016-12-31", "tomorrow"):
        assert take(village_page, sheet_of("appraisal", village), on=day).status_code == 400
    assert done_of(mine) == {0}
    assert take(village_page, sheet_of("appraisal", village), on="2017-01-09").status_code == 302


def test_nobody_is_led_elsewhere_after_taking_back(village_page, village):
    take(village_page, sheet_of("appraisal", village))
    for there in ("https://elsewhere.test/", "//elsewhere.test/", "javascript:1"):
        answer = village_page.post("/cases/undo/", {"county": "x", "event": "9" * 30, "reason": "x", "next": there})
        assert answer["Location"] == "/cases/"


def test_another_village_does_not_exist_for_a_clerk(client_of, exits):
    own = Grant.objects.get(person__name="吴信息").place
    inside = next(case for case, place in exits.items() if place == own)
    outside, elsewhere = next((case, place) for case, place in exits.items() if place != own)
    client = english(client_of("吴信息"))
    assert client.get(f"/cases/{inside}/").status_code == 200
    assert client.get(f"/cases/{outside}/").status_code == 404
    assert client.get(sheet_of("appraisal", elsewhere)).status_code == 404
    page = client.get(sheet_of("appraisal", own))
    stolen = f"{outside}:{standing(outside).pk}"
    for number in (stolen, "99999:1"):
        answer = client.post(sheet_of("appraisal", own), form_of(page, case=[number]))
        assert answer.status_code == 404
    assert standing(outside).done == 0


def test_who_counts_only_reads_no_name(client_of, exits, village):
    client = english(client_of("钱市办"))
    page = text_of(client.get(sheet_of("appraisal", village)))
    assert "2 cases of households wait here" in page
    assert not boxes(client.get(sheet_of("appraisal", village)))
    assert client.get(f"/cases/{next(iter(exits))}/").status_code == 403


def test_who_reads_only_takes_no_step(client_of, village_page, mine, village):
    client, address = english(client_of("孙督查")), sheet_of("appraisal", village)
    page = client.get(address)
    assert "Your roles do not take it here" in text_of(page)
    assert client.post(address, form_of(village_page.get(address))).status_code == 403
    assert client.post(f"/cases/{mine[0]}/", form_of(village_page.get(f"/cases/{mine[0]}/"))).status_code == 403
    assert done_of(mine) == {0}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "programme=nothing&procedure=exit&law_from=2016-04-23&step=appraisal",
        "programme=cn_2014&procedure=nothing&law_from=2016-04-23&step=appraisal",
        "programme=cn_2014&procedure=exit&law_from=2016-04-24&step=appraisal",
        "programme=cn_2014&procedure=exit&law_from=2010-01-01&step=appraisal",
        "programme=cn_2014&procedure=exit&law_from=soon&step=appraisal",
        "programme=cn_2014&procedure=exit&law_from=2016-04-23&step=nothing",
        "programme=cn_2014&procedure=exit&law_from=2016-04-23&step=appraisal&place=' OR 1=1 --",
        "programme=cn_2014&procedure=exit&law_from=2016-04-23&step=appraisal&place=999999999999",
    ],
)
def test_an_address_of_nothing_leads_to_nothing(village_page, query):
    assert village_page.get(f"/cases/sheet/?{query}").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "²"])
def test_a_page_that_is_none_is_a_page_that_there_is(village_page, village, page):
    assert village_page.get(sheet_of("appraisal", village, page=page)).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"case": ["x", "1", "1:", ":1", "1:2:3", "0:0", "9" * 40 + ":1", "<script>:1"]},
        {"act": "nothing"},
        {"act": "send_back", "to": "../../etc", "reason": "x"},
        {"act": "take", "which": "all", "seen": "x" * 9999},
        {"paper": ["²", "-1", "x"]},
    ],
    ids=["nothing", "no case", "no act", "no step", "all of another list", "no paper"],
)
def test_a_form_that_no_page_sends_changes_nothing(village_page, mine, village, sent):
    address = sheet_of("appraisal", village)
    answer = village_page.post(address, {"case": []} | sent)
    assert answer.status_code in {400, 409}
    assert done_of(mine) == {0}


def test_a_form_without_its_token_changes_nothing(hamlet, exits, mine, village):
    from django.test import Client

    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    assert client.post(sheet_of("appraisal", village), {"case": [f"{mine[0]}:1"]}).status_code == 403
    assert done_of(mine) == {0}
