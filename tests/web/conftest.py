"""A real browser at the pages of a real server, which serves a copy of the demonstration."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error as PageGone
from playwright.sync_api import sync_playwright

from tests.ledger_files import roster_rows, write_roster
from tests.web.doubting import DAY, WORDS, hand_in, text_of
from tests.web.serving import serving
from tests.web.walking import english
from tests.work.kinds_of_jobs import work_off

SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
_TURNS = 3
_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
"""Playwright keeps a loop in this thread while a browser is open; the database is asked beside it, not in it."""


def clean(page):
    """Demand that nothing on the page keeps anybody from using it (axe), and that it does not scroll sideways.

    A page that gives way to the next one while it is looked at is waited for.
    """
    for turn in range(_TURNS):
        page.wait_for_load_state()
        try:
            found = Axe().run(page)
            break
        except PageGone:
            if turn == _TURNS - 1:
                raise
    assert found.violations_count == 0, found.generate_report()
    fits(page)


def fits(page):
    """Demand that the page does not scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def complains(message):
    """Tell whether a line of the browser's console is a complaint about the page."""
    return message.type in {"error", "warning"} and "status of 400 " not in message.text


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

    Whatever the browser complains of, or asks of another host, fails the test at its end; that a form was refused (400)
    is for the test to see.
    """
    opened, wrong = [], []

    def visit(person, size="desktop", language="zh-hans", path="/"):
        context = chromium.new_context(viewport=SIZES[size], base_url=served)
        opened.append(context)
        context.add_cookies([{"name": "django_language", "value": language, "url": served}])
        context.on("request", lambda one: one.url.startswith((served, "data:", "blob:")) or wrong.append(one.url))
        page = context.new_page()
        page.on("console", lambda message: complains(message) and wrong.append(message.text))
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


@pytest.fixture
def client(places):
    """Return a function that gives a client who acts as a person, in English."""
    from django.test import Client

    def as_person(name):
        found = Client(headers={"host": "localhost"}, raise_request_exception=False)
        assert found.post("/act-as/", {"person": name}).status_code == 302
        found.post("/language/", {"language": "en", "next": "/"})
        return found

    return as_person


@pytest.fixture
def clerk_page(client, people):
    return client("李文员")


@pytest.fixture
def approver_page(client, people):
    return client("王审核")


@pytest.fixture
def posted(home, places):
    """Return a function that gives a new person a role at a place, and their name."""
    from datetime import date

    from django.db import transaction

    from bangfu.access.actions.add_person import record_person
    from bangfu.access.actions.grant_role import record_grant
    from bangfu.access.founding import Founder

    def given(name, role, place):
        with transaction.atomic():
            person = record_person(by=Founder(), name=name, os_login=None)
            record_grant(by=Founder(), person=person, role=role, place=place, days=(date(2000, 1, 1), None))
        return name

    return given


@pytest.fixture
def roster_file(tmp_path):
    """Return a function that writes a roster."""
    return lambda rows=None, name="roster.xlsx": write_roster(tmp_path / name, rows or roster_rows())


@pytest.fixture
def exits(hamlet):
    """The exits that a round of the hamlet proposes, with their villages."""
    from tests.web.casework import START, numbers_of, opened

    hamlet.move_day(START)
    opened(hamlet)
    return numbers_of()


@pytest.fixture
def village(exits):
    """The village with two exits."""
    places = list(exits.values())
    return max(set(places), key=places.count)


@pytest.fixture
def mine(exits, village):
    """The two exits of that village."""
    return [case for case, place in exits.items() if place == village]


@pytest.fixture
def village_page(client_of, exits):
    """Pages as the clerk of all villages, in English."""
    from tests.web.casework import english

    return english(client_of("刘村办"))


@pytest.fixture
def hanging(hamlet):
    """A notice that hangs in a village of the demonstration, with the cases behind it."""
    from tests.web.hanging import hang
    from tests.web.registered import known_households

    return hang(hamlet, known_households())


@pytest.fixture(scope="session")
def lists(tmp_path_factory):
    """The folder with the lists of the hamlet."""
    from bangfu.simulate import simulate

    out = tmp_path_factory.mktemp("lists")
    simulate("hamlet", 1, out, damaged=25)
    return out / "comparison"


@pytest.fixture
def county(hamlet):
    """The county, on a day in January."""
    from bangfu.places.models import Place

    hamlet.move_day(DAY)
    return Place.objects.get(level=3).number


@pytest.fixture
def page(client_of, county):
    """A function that gives a client of the pages in English."""
    return lambda name: english(client_of(name))


@pytest.fixture
def compared(page, county, lists):
    """The answer of the page of the job after the payroll was compared by 李文员."""
    clerk = page("李文员")
    answer = hand_in(clerk, lists / "payroll.xlsx", county, "payroll")
    assert answer.status_code == 302, text_of(answer)
    work_off()
    return clerk.get(answer["Location"])


@pytest.fixture
def hit(compared):
    """A hit about a household that is on the list."""
    from bangfu.decisions.models import Hit

    return Hit.objects.select_related("lead").filter(household__isnull=False).order_by("id").first()


@pytest.fixture
def proposed(page, hit):
    """The hit, after 王审核 proposed the removal of its household."""
    from bangfu.access.acting import today

    address = f"/leads/{hit.lead_id}/"
    page("李文员").post(f"{address}hear/", {"heard_on": today().isoformat(), "words": WORDS})
    decided = page("王审核").post(f"{address}decide/", {"outcome": "remove_proposed", "reason": "查实在编在岗"})
    assert decided.status_code == 302
    return hit
