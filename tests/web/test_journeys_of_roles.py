"""The five minutes of each role: its day, everything that its navigation offers, and one step into each."""

import pytest

from tests.web.conftest import clean, fits

ROLES = {
    "吴信息": 9,
    "郑乡镇": 10,
    "李文员": 10,
    "王审核": 10,
    "钱市办": 6,
    "冯联络": 4,
    "何财政": 4,
    "孙督查": 7,
    "陈审计": 7,
    "赵分析": 4,
    "周管理": 2,
    "贫困户代表": 3,
}
"""Person of the demonstration -> entries of the navigation: what TRUST.md gives the role, and no more."""


@pytest.mark.parametrize("name", ROLES)
def test_everything_that_a_role_is_offered_opens_and_reads_well(visit, name):
    """On a phone and in English, where words are longest and room is least; other journeys take the other ways."""
    page = visit(name, "phone", "en")
    offered = [entry.get_attribute("href") for entry in page.locator("nav.main a").all()]
    assert len(offered) == ROLES[name], offered
    assert offered[0] == "/"
    for address in offered:
        page.goto(address)
        assert page.locator("h1").inner_text().strip()
        clean(page)
        inside = page.locator("main table a[href^='/'], main .card a[href^='/']")
        if address != "/" and inside.count():
            page.goto(inside.first.get_attribute("href"))
            assert page.locator("h1").inner_text().strip()
            fits(page)
