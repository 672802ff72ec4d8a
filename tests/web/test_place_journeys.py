"""A newcomer's five minutes: from my day down to the worst village, by clicks, in both languages and sizes."""

import re

import pytest

from tests.web.conftest import SIZES, clean

LANGUAGES = {"zh-hans": ("我的一天", "贫困发生率", "村情"), "en": ("My day", "Incidence of poverty", "The village")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_a_newcomer_goes_from_the_day_to_the_worst_village(visit, size, language):
    day, incidence, about = LANGUAGES[language]
    page = visit("李文员", size, language)
    assert page.locator("h1").inner_text() == day
    clean(page)
    page.locator(".tour a").first.click()
    worst = page.locator("tbody tr").first
    name = worst.locator("th").inner_text()
    assert incidence in page.locator("caption").inner_text()
    clean(page)
    worst.locator("a").click()
    while page.locator("tbody tr th a").count():
        assert name in page.locator("h1").inner_text()
        worst = page.locator("tbody tr").first
        name = worst.locator("th").inner_text()
        worst.locator("a").click()
    assert name in page.locator("h1").inner_text()
    assert page.get_by_role("heading", name=about, exact=True).is_visible()
    clean(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


@pytest.mark.parametrize("size", SIZES)
def test_a_click_or_a_key_on_the_map_goes_down_and_the_crumbs_come_back(visit, size):
    page = visit("郑乡镇", size, path="/places/")
    town = page.locator("h1").inner_text().split()[0]
    shape = page.locator(".map a").first
    name = shape.locator("title").text_content().split()[0]
    shape.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/places/\d+/$"))
    page.get_by_role("heading", level=1).filter(has_text=name).wait_for()
    page.locator(".crumbs a").last.click()
    page.get_by_role("heading", level=1).filter(has_text=town).wait_for()
    box = page.locator(".map a path").nth(1).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile(r"/places/\d+/$"))


def test_another_indicator_is_shown_without_a_button(visit):
    page = visit("李文员", "desktop", "en", "/places/")
    page.get_by_label("Indicator").select_option("registered_households")
    page.locator("caption", has_text="Registered poor households").wait_for()
    assert "indicator=registered_households" in page.url
    assert page.get_by_label("Indicator").input_value() == "registered_households"
    clean(page)


def test_a_definition_tells_numbers_day_and_run(visit):
    page = visit("钱市办", "desktop", "en", "/places/")
    card = page.locator(".figures .card").filter(has=page.get_by_role("heading", name="Incidence of poverty"))
    card.locator("summary").click()
    told = card.inner_text()
    for words in ("Registered poor persons", "Registered rural population", "31 December 2016", "r-cn_2014-20161231"):
        assert words in told
    assert page.locator("a[href^='/households/']").count() == 0


@pytest.mark.parametrize("name", ["周管理", "贫困户代表", "赵分析", "王审核"])
def test_the_day_of_each_role_is_readable_by_everybody(visit, name):
    page = visit(name, "phone")
    clean(page)
