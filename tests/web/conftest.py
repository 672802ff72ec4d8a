"""A real browser at the pages of a real server, which serves a copy of the demonstration."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.web.serving import serving

SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
"""Playwright keeps a loop in this thread while a browser is open; the database is asked beside it, not in it."""


@pytest.fixture(scope="session")
def served(demonstration, tmp_path_factory):
    """The address of `bangfu serve` over a copy of the demonstration, for the whole session: tests only look.

    Runs on SQLite whatever the other tests run on: what the browser sees does not depend on the database.
    """
    with serving(demonstration, tmp_path_factory.mktemp("served")) as server:
        yield server.address


@pytest.fixture(scope="session")
def chromium(demonstration):
    """Debian's Chromium; Django must have made its tables before Playwright's event loop runs in this thread."""
    if _CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, served):
    """Return a function that opens the pages as a person, in a size and a language.

    Whatever the browser complains of, or asks of another host, fails the test at its end.
    """
    opened, wrong = [], []

    def visit(person, size="desktop", language="zh-hans", path="/"):
        context = chromium.new_context(viewport=SIZES[size], base_url=served)
        opened.append(context)
        context.add_cookies([{"name": "django_language", "value": language, "url": served}])
        context.on("request", lambda one: one.url.startswith((served, "data:", "blob:")) or wrong.append(one.url))
        page = context.new_page()
        page.on("console", lambda message: message.type in {"error", "warning"} and wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto("/")
        token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
        answer = context.request.post(
            "/act-as/", form={"person": person, "csrfmiddlewaretoken": token}, headers={"Referer": f"{served}/"}
        )
        assert answer.ok
        page.goto(path)
        return page

    yield visit
    for context in opened:
        context.close()
    assert not wrong
