"""What people see of households in a browser, in both sizes and languages."""

import re

import pytest

from tests.web.conftest import clean

SIZES = ["desktop", "phone"]
LANGUAGES = ["zh-hans", "en"]
COUNTY, VILLAGE, INSPECTOR, MEMBER = "李文员", "吴信息", "孙督查", "贫困户代表"
ID_NUMBER = re.compile(r"\b99\d{15}[\dX]\b")
WORDS = {
    "zh-hans": {"search": "查找", "why": "判定依据", "turn": "哪些登记事实有误会改变结果", "card": "帮扶明白卡"},
    "en": {"search": "Search", "why": "Why: every criterion", "turn": "Which recorded fact", "card": "Household card"},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_a_clerk_searches_opens_a_household_and_reads_why(visit, size, language):
    page = visit(COUNTY, size, language, "/households/")
    clean(page)
    name = page.locator("table.ledger tbody tr").first.locator("td.name").inner_text()
    page.locator("#words").fill(name)
    page.locator("form[role=search] button").click()
    page.locator("h1", has_text=name).wait_for()
    page.wait_for_url(re.compile(r"/households/s/[\w-]{22}/$"))
    page.reload()
    assert name in page.locator("h1").inner_text()
    page.locator("table.ledger tbody th a").first.click()
    page.wait_for_load_state()
    said = page.locator("main").inner_text()
    assert all(WORDS[language][key] in said for key in ("why", "turn"))
    assert page.locator(".verdict .reason").inner_text().strip()
    assert not ID_NUMBER.search(page.content())
    clean(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("way", ["card", "handbook"])
def test_the_papers_of_a_household_can_be_read_and_printed(visit, size, language, way):
    page = visit(COUNTY, size, language, "/households/")
    address = page.locator("table.ledger tbody th a").first.get_attribute("href")
    page.goto(f"{address}{way}/")
    clean(page)
    number = page.locator("article.sheet section.code dd").nth(1).inner_text()
    assert not re.search(r"\d{8,}", page.locator("article.sheet").inner_text().replace(number, ""))
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert page.locator("article.sheet h1").is_visible()


@pytest.mark.parametrize("size", SIZES)
def test_a_filter_narrows_the_list_and_columns_are_chosen(visit, size):
    page = visit(COUNTY, size, "en", "/households/")
    everybody = page.locator(".head .soft").inner_text()
    page.locator("#f-outcome").select_option("yes")
    page.locator("details.pick summary").click()
    page.locator("input[name=column][value=main_cause]").check()
    page.locator("#filters button").click()
    page.wait_for_load_state()
    assert page.locator(".head .soft").inner_text() != everybody
    assert set(page.locator("table.ledger tbody .tag.yes").all_inner_texts()) == {"yes"}
    assert "Main cause of poverty" in page.locator("table.ledger thead").inner_text()


def test_a_village_clerk_opens_a_masked_number_once(visit):
    page = visit(VILLAGE, "desktop", "en", "/households/")
    page.locator("table.ledger tbody th a").first.click()
    page.wait_for_load_state()
    assert "not for your role" in page.locator("table.members").inner_text()
    page.get_by_text("Open masked values").click()
    page.locator("#r-reason").select_option("1")
    page.locator("form.openers button").click()
    page.wait_for_load_state()
    assert ID_NUMBER.search(page.locator("#opened").inner_text())
    clean(page)
    address = page.url.replace("reveal/", "")
    assert not ID_NUMBER.search(address)
    page.goto(address)
    assert not ID_NUMBER.search(page.content())


@pytest.mark.parametrize("size", SIZES)
def test_a_list_is_kept_under_a_name_and_deleted(visit, size):
    page = visit(INSPECTOR, size, "en", "/households/?outcome=unknown")
    page.locator("#keep-name").fill(f"to verify {size}")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == f"to verify {size}"
    clean(page)
    page.get_by_role("button", name=f"Delete to verify {size}").click()
    page.wait_for_load_state()
    assert page.get_by_role("link", name=f"to verify {size}").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_a_member_reads_the_own_household(visit, size, language):
    page = visit(MEMBER, size, language, "/my-household/")
    assert ID_NUMBER.search(page.locator("table.members").inner_text())
    assert page.locator("form.openers").count() == 0
    assert page.locator(".verdict .reason").inner_text().strip()
    clean(page)


def test_a_search_that_finds_nobody_says_what_to_try(visit):
    page = visit(VILLAGE, "phone", "en", "/households/")
    page.locator("#words").fill("没有这个人")
    page.locator("form[role=search] button").click()
    page.wait_for_load_state()
    assert "Try the beginning of the name" in page.locator(".empty").inner_text()
    clean(page)
