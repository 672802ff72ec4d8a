"""Story 4 in a browser: the county office runs a yearly round, from the run to the register, and what it is refused."""

import re

import pytest

from tests.web.conftest import clean
from tests.web.serving import serving

pytestmark = pytest.mark.slow

WORDS = {
    "zh-hans": {
        "open on run": "依据本次运算开展动态调整",
        "open": "开展动态调整",
        "to rounds": "查看动态调整",
        "sum": "现在册",
        "appraisal": "村两委组织民主评议",
        "present": "实到人数",
        "entitled": "应到人数",
        "record": "登记本步骤已完成",
        "no quorum": "实到19人",
        "done": "已办理",
        "on": "前往：",
        "skip": "不得跳过",
        "post": "张贴公示",
        "close": "公示期满，转入下一步",
        "early": "公示",
        "week": "下一周",
        "announce": "发布公告",
        "enter": "录入系统",
        "own": "您已同意，须由另一人审定",
        "hand": "不能再作审核或审定",
        "entered": "已录入登记",
        "finished": "已办结",
        "review": "审核通过",
        "approve": "审定同意",
        "why undone": "撤销理由",
        "undo": "撤销",
        "undone": "已撤销",
    },
    "en": {
        "open on run": "Open a round on this run",
        "open": "Open the round",
        "to rounds": "To the rounds",
        "sum": "On the list",
        "appraisal": "Appraisal called by the village committees",
        "present": "Present",
        "entitled": "Entitled to vote",
        "record": "Record this step",
        "no quorum": "19 of 30 were present",
        "done": "Done:",
        "on": "To: ",
        "skip": "none is left out",
        "post": "Post the notice",
        "close": "Close the notice",
        "early": "must hang 7 days",
        "week": "Next week",
        "announce": "Announce",
        "enter": "Enter in the register",
        "own": "you have agreed: a second person decides",
        "hand": "cannot decide them as well",
        "entered": "entered the register",
        "finished": "finished",
        "review": "Pass the review",
        "approve": "Approve",
        "why undone": "Why it is taken back",
        "undo": "Take it back",
        "undone": "Taken back:",
    },
}


@pytest.fixture
def served(demonstration, tmp_path):
    """The address of a server of this test's own, for the journey changes the register."""
    with serving(demonstration, tmp_path) as server:
        yield server.address


class Journey:
    """One way through the round, with the words of one language."""

    def __init__(self, visit, language, size):
        self.visit, self.language, self.size = visit, language, size
        self.words = WORDS[language]
        self.pages = {}

    def as_(self, person):
        """Return the page of a person, opened once."""
        if person not in self.pages:
            self.pages[person] = self.visit(person, self.size, self.language)
        return self.pages[person]

    def sheet(self, person, procedure, step, place):
        """Open the sheet of a step at a place."""
        page = self.as_(person)
        version = f"programme=cn_2014&procedure={procedure}&law_from=2016-04-23"
        page.goto(f"/cases/sheet/?{version}&step={step}&place={place}")
        return page

    def press(self, page, verb, *, whole=True):
        """Confirm every paper and press the button of the step, once the page that has it is there."""
        page.get_by_role("button", name=self.words[verb], exact=True).wait_for()
        for paper in page.locator("input[name=paper]").all():
            paper.check()
        if whole:
            for box in page.locator("input[name=case]").all():
                box.check()
        self.click(page, verb)

    def click(self, page, verb):
        """Press a button and wait until the server has answered: who goes on at once would take the form back."""
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.get_by_role("button", name=self.words[verb], exact=True).click()

    def take(self, person, step, verb, procedure="relapse", place=""):
        """Take a step and see that it was done."""
        page = self.sheet(person, procedure, step, place)
        if page.locator("#present").count():
            page.locator("#entitled").fill("30")
            page.locator("#present").fill("20")
        self.press(page, verb)
        page.locator(".messages .success").get_by_text(self.words["done"]).wait_for()
        return page

    def next_week(self, person):
        """Let the demonstration go on by a week, from the panel of the person."""
        page = self.as_(person)
        page.locator("details.who summary").click()
        self.click(page, "week")


@pytest.fixture(params=[("zh-hans", "desktop"), ("en", "phone")], ids=["Chinese at a desk", "English on a phone"])
def journey(request, visit):
    return Journey(visit, *request.param)


def open_round(journey):
    """Open the round from the page of the run; return the page of the round."""
    words, page = journey.words, journey.as_("李文员")
    page.goto("/runs/")
    page.locator("main table a").first.click()
    page.get_by_role("link", name=words["open on run"]).click()
    clean(page)
    page.get_by_role("button", name=words["open"], exact=True).click()
    page.locator("#job").get_by_role("link", name=words["to rounds"]).click(timeout=60_000)
    page.locator("main table a").first.click()
    assert page.locator(".sum-line").inner_text().startswith(words["sum"])
    clean(page)
    return page


def follow_the_queue(journey):
    """Go from the queue to the sheet of the village with two exits; return its place."""
    words, page = journey.words, journey.as_("刘村办")
    page.goto("/cases/")
    clean(page)
    page.get_by_role("link", name=words["appraisal"]).first.click()
    clean(page)
    page.locator("ul.by-place li", has_text=re.compile("2")).get_by_role("link").first.click()
    assert page.locator("input[name=case]").count() == 2
    return re.search(r"place=(\d+)", page.url)[1]


def test_a_yearly_round_from_the_run_to_the_register(journey):
    words = journey.words
    open_round(journey)
    place = follow_the_queue(journey)
    village = journey.as_("刘村办")
    village.locator("#entitled").fill("30")
    village.locator("#present").fill("19")
    journey.press(village, "record")
    assert words["no quorum"] in village.locator("#wrong").inner_text()
    assert village.locator("#entitled").input_value() == "30"
    clean(village)
    village.locator("#present").fill("20")
    journey.click(village, "record")
    village.locator(".messages .success").wait_for()
    village.locator(".strip a").nth(3).click()
    assert words["skip"] in village.locator(".empty").inner_text()
    village.get_by_role("link", name=re.compile(words["on"])).click()
    journey.press(village, "record")
    village.locator(".messages .success").wait_for()
    journey.take("刘村办", "consent", "record", "exit", place)
    village = journey.take("刘村办", "village_notice", "post", "exit", place)
    journey.press(village, "close")
    assert words["early"] in village.locator("#wrong").inner_text()
    clean(village)
    journey.next_week("刘村办")
    journey.take("刘村办", "village_notice", "close", "exit", place)
    journey.take("马镇办", "announcement", "announce", "exit", place)
    first = journey.take("王审核", "close_out", "enter", "exit", place)
    assert words["own"] in first.locator("#sheet").inner_text()
    journey.press(first, "enter")
    assert words["hand"] in first.locator("#wrong").inner_text()
    clean(first)
    second = journey.take("宋审定", "close_out", "enter", "exit", place)
    assert words["entered"] in second.locator(".messages").inner_text()
    case = journey.as_("李文员")
    case.goto("/cases/")
    case.goto(f"/rounds/1/households/?category=leaves&place={place}")
    clean(case)
    case.locator("td a").first.click()
    assert words["finished"] in case.locator("h1").inner_text()
    clean(case)


def test_two_notices_two_approvals_and_an_act_taken_back(journey):
    words = journey.words
    open_round(journey)
    page = journey.take("刘村办", "application", "record")
    page.locator(".posting summary").first.click()
    page.get_by_label(re.compile(words["why undone"])).first.fill("录错了")
    page.get_by_role("button", name=words["undo"], exact=True).first.click()
    assert words["undone"] in page.locator(".messages").inner_text()
    journey.take("刘村办", "application", "record")
    journey.take("刘村办", "visit", "record")
    page = journey.as_("刘村办")
    page.goto("/cases/")
    journey.take("刘村办", "appraisal", "record", place=village_of(page))
    for step in ("village_notice", "town_notice"):
        journey.take("刘村办", step, "post")
        journey.next_week("刘村办")
        journey.take("刘村办", step, "close")
        if step == "village_notice":
            journey.take("马镇办", "town_review", "review")
    journey.take("王审核", "county_approval", "approve")
    journey.take("宋审定", "county_approval", "approve")
    journey.take("李文员", "announcement", "announce")
    last = journey.take("李文员", "entry", "enter")
    assert words["entered"] in last.locator(".messages").inner_text()


def village_of(page):
    """Return the village of the relapse, from the address that its queue leads to."""
    links = page.locator(".queues a").evaluate_all("links => links.map((link) => link.href)")
    return next(re.search(r"place=(\d+)", link)[1] for link in links if "procedure=relapse" in link)
