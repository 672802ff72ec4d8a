"""Story 5: a household on its phone, without an account, from the notice on the board to the next level's answer."""

import re
from types import SimpleNamespace

import pytest

from tests.web.conftest import SIZES, clean
from tests.web.hanging import TOWN_CLERK
from tests.web.serving import serving

pytestmark = pytest.mark.store
RECEIPT = re.compile(r"[2-9A-Z]{4} [2-9A-Z]{4} [2-9A-Z]{4}")
WORDS = {
    "zh-hans": {
        "object": "对名单提异议",
        "send": "提交",
        "wrong": "对不上",
        "under_way": "正在办的事",
        "waits": "有异议正在核实",
        "upheld": "属实",
        "answer": "答复",
        "appeal": "提出申诉",
        "ask": "查询",
    },
    "en": {
        "object": "Object to a line",
        "send": "Send",
        "wrong": "do not belong together",
        "under_way": "What is under way",
        "waits": "An objection is open",
        "upheld": "yes, it is upheld",
        "answer": "Answer",
        "appeal": "Appeal",
        "ask": "Ask",
    },
}


@pytest.fixture
def site(hamlet, hanging, tmp_path, chromium):
    """A server over a home in which a notice hangs, and a function that opens a phone at it in a language."""
    from django.db import connections

    connections.close_all()
    opened, wrong = [], []
    prepared = SimpleNamespace(path=hamlet.path, database_url=hamlet.database_url)
    with serving(prepared, tmp_path) as server:

        def phone(language):
            context = chromium.new_context(viewport=SIZES["phone"], base_url=server.address)
            opened.append(context)
            context.add_cookies([{"name": "django_language", "value": language, "url": server.address}])
            context.on("request", lambda one: one.url.startswith((server.address, "data:")) or wrong.append(one.url))
            page = context.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda said: said.type == "error" and "400" not in said.text and wrong.append(said.text))
            return page

        yield SimpleNamespace(hanging=hanging, phone=phone)
        for context in opened:
            context.close()
    assert not wrong


def act_as(page, name):
    page.goto("/")
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    headers = {"Referer": page.url}
    form = {"person": name, "csrfmiddlewaretoken": token}
    assert page.context.request.post("/act-as/", form=form, headers=headers).ok


def receipt_on(page):
    return RECEIPT.search(page.locator("#receipt-number").inner_text())[0]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_household_finds_its_question_answered_on_its_phone(site, language):
    page, say = site.phone(language), WORDS[language]
    act_as(page, "贫困户代表")
    from_the_board = _from_the_board(page, site, say)
    from_the_card = _from_the_card(page, site, say)
    assert from_the_board != from_the_card
    act_as(page, TOWN_CLERK)
    _answered(page, say, "经查属实，已更正" if language == "zh-hans" else "True; it was corrected")
    act_as(page, "贫困户代表")
    _asked_and_appealed(page, from_the_board, say)


def _from_the_board(page, site, say):
    """Go down to the village, read the notice, object to its first line; return the receipt."""
    page.goto("/notices/")
    while page.locator(".ways a:has(.tag)").count():
        clean(page)
        page.locator(".ways a:has(.tag)").first.click()
    clean(page)
    page.locator(f"a[href='/notices/{site.hanging.notice}/']").click()
    clean(page)
    assert site.hanging.households[0].head in page.locator("main").inner_text()
    page.emulate_media(media="print")
    assert not page.locator(".tools").is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name=say["object"]).click()
    clean(page)
    page.locator("input[name=line]").first.check()
    page.locator("#words").fill("这户有小轿车\n请核实")
    page.get_by_role("button", name=say["send"], exact=True).click()
    clean(page)
    return receipt_on(page)


def _from_the_card(page, site, say):
    """Open the own page with the card, after one slip of the pen; read it and object in three lines."""
    card = site.hanging.card()
    page.goto("/card/")
    clean(page)
    for code in ("AAAAA AAAAA", card["code"]):
        page.locator("#number").fill(card["number"])
        page.locator("#code").fill(code)
        page.locator("main form button[type=submit]").click()
        if code != card["code"]:
            assert say["wrong"] in page.locator("[role=alert]").inner_text()
            clean(page)
    assert page.url.endswith("/card/household/")
    clean(page)
    shown = page.locator("main").inner_text()
    assert say["under_way"] in shown
    assert site.hanging.households[0].head in shown
    assert site.hanging.households[1].head not in shown
    page.locator("#words").fill("我家人口写错了\n实有五口\n请更正")
    page.get_by_role("button", name=say["send"], exact=True).click()
    clean(page)
    given = receipt_on(page)
    page.goto("/card/household/")
    assert say["waits"] in page.locator("main").inner_text()
    clean(page)
    return given


def _answered(page, say, reason):
    """Answer everything that waits in the town, what is due first before the rest."""
    page.goto("/objections/")
    clean(page)
    while page.locator("a[href^='/objections/']").count() and page.locator("tbody a").count():
        page.locator("tbody a").first.click()
        clean(page)
        page.get_by_label(say["upheld"], exact=True).check()
        page.locator("#id_reason").fill(reason)
        page.get_by_role("button", name=say["answer"], exact=True).click()
        assert reason in page.locator("main").inner_text()
        clean(page)
        page.goto("/objections/")


def _asked_and_appealed(page, receipt, say):
    """Ask by receipt, read the answer, take it to the next level."""
    page.goto("/receipt/")
    clean(page)
    page.locator("#receipt").fill(receipt.lower())
    page.get_by_role("button", name=say["ask"], exact=True).click()
    clean(page)
    page.locator("#words").fill("没有更正")
    page.get_by_role("button", name=say["appeal"], exact=True).click()
    assert receipt_on(page) != receipt
    clean(page)
