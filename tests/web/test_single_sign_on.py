"""The office's own sign-on server vouches for accounts that exist here, and opens none."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount

from bangfu.access.actions.add_person import add_person
from bangfu.access.actions.close_account import close_account
from bangfu.access.actions.open_account import open_account
from bangfu.access.models import Account
from bangfu.site.sign_on import single_sign_on
from tests.web.office import ACTIVATE, client
from tests.web.sign_on_server import CLIENT, SECRET, SignOnServer

pytestmark = pytest.mark.store

START, BACK = "/sign-in/oidc/office/login/", "/sign-in/oidc/office/login/callback/"


@pytest.fixture
def server(home, people, settings, tmp_path):
    """An office whose sign-on server runs on this machine; one account, `he`, with a password of its own."""
    person = add_person(by=people.security, name="何干部")
    open_account(by=people.security, person=person, login="he")
    Account.objects.update(first_password=False)
    card = home.path / "home.json"
    card.write_text(card.read_text().replace("true", "false"))
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    server = SignOnServer()
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on(
        {"BANGFU_OIDC_SERVER": server.address, "BANGFU_OIDC_CLIENT": CLIENT, "BANGFU_OIDC_SECRET_FILE": str(secret)}
    )
    yield server
    server.close()


def through(browser, server):
    """Go to the server and come back as whoever it vouches for."""
    sent = browser.post(START)
    asked = parse_qs(urlsplit(sent["Location"]).query)
    assert sent["Location"].startswith(server.address)
    server.nonce = asked.get("nonce", [None])[0]
    return asked, browser.get(BACK, {"code": "once", "state": asked["state"][0]})


def test_the_sign_in_page_offers_the_server(server):
    assert "统一身份认证" in client().get("/sign-in/login/").content.decode()


def test_a_known_account_comes_in_and_still_needs_a_second_factor(server):
    browser = client()
    asked, answer = through(browser, server)
    assert asked["code_challenge_method"] == ["S256"]
    assert answer.status_code == 302
    assert browser.session["_auth_user_id"] == str(Account.objects.get(login="he").pk)
    assert browser.get("/runs/")["Location"] == ACTIVATE


def test_who_came_once_is_known_by_the_servers_own_number(server):
    through(client(), server)
    assert SocialAccount.objects.get().uid == "number of he"
    browser = client()
    through(browser, server)
    assert "_auth_user_id" in browser.session


@pytest.mark.parametrize("person", ["nobody", "", "HE"])
def test_whom_the_office_does_not_know_stays_outside(server, person):
    server.person = person
    browser = client()
    _, answer = through(browser, server)
    assert answer.status_code in {302, 401}
    assert "_auth_user_id" not in browser.session
    assert Account.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_a_closed_account_stays_outside_whatever_the_server_says(server, people):
    through(client(), server)
    close_account(by=people.security, login="he")
    browser = client()
    through(browser, server)
    assert browser.get("/runs/")["Location"].startswith("/sign-in/login/")


def test_an_answer_that_nobody_asked_for_lets_nobody_in(server):
    browser = client()
    answer = browser.get(BACK, {"code": "once", "state": "made up"})
    assert answer.status_code < 500
    assert "_auth_user_id" not in browser.session
