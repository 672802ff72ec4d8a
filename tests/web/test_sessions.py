"""The door of an office: two factors, an own password, lock-out, sessions that end (TD-21)."""

import os
import re
import subprocess
import sys
import time
from datetime import date, timedelta

import pytest
from django.core.cache import cache

from bangfu.access.acting import today
from bangfu.access.actions.add_person import add_person
from bangfu.access.actions.close_account import close_account
from bangfu.access.actions.end_grant import end_grant
from bangfu.access.actions.grant_role import grant_role
from bangfu.access.actions.open_account import open_account
from bangfu.access.actions.reset_password import reset_password
from bangfu.access.models import Account
from tests.web.office import ACTIVATE, CHANGE, LOGIN, PASSWORD, client, code, settled, sign_in

pytestmark = pytest.mark.store


@pytest.fixture
def office(home, people, places):
    """An office with one clerk; gives the first password of the account `he`, and the grant."""
    person = add_person(by=people.security, name="何干部")
    grant = grant_role(
        by=people.security, person=person, role="town_clerk", place=places.town, from_on=date(2020, 1, 1)
    )
    cache.clear()
    first = open_account(by=people.security, person=person, login="he")
    card = home.path / "home.json"
    card.write_text(card.read_text().replace("true", "false"))
    return first, grant


@pytest.fixture
def inside(office):
    """The clerk's browser past both factors."""
    browser, secret = settled("he", office[0])
    assert browser.get("/").status_code == 200
    browser.secret = secret
    return browser


def leads_to_sign_in(answer):
    return answer.status_code == 302 and answer["Location"].startswith(LOGIN)


@pytest.mark.parametrize("address", ["/", "/runs/", "/households/"])
def test_nobody_sees_a_page_without_signing_in(office, address):
    assert leads_to_sign_in(client().get(address))


def test_the_sign_in_page_can_be_read(office):
    assert "autocomplete" in client().get(LOGIN).content.decode()


def test_a_first_password_opens_nothing_but_its_own_change(office):
    browser = client()
    sign_in(browser, "he", office[0])
    assert browser.get("/")["Location"] == CHANGE
    assert browser.get("/runs/")["Location"] == CHANGE
    assert browser.get(CHANGE).status_code == 200


def test_no_page_opens_before_there_is_a_second_factor(office):
    browser = client()
    sign_in(browser, "he", office[0])
    browser.post(CHANGE, {"oldpassword": office[0], "password1": PASSWORD, "password2": PASSWORD})
    assert not Account.objects.get(login="he").first_password
    if "_auth_user_id" not in browser.session:
        sign_in(browser, "he", PASSWORD)
    assert browser.get("/runs/")["Location"] == ACTIVATE
    shown = browser.get(ACTIVATE).content.decode()
    assert "data:image/svg+xml;base64," in shown
    assert "style=" not in shown
    assert "<script>" not in shown


@pytest.mark.parametrize("password", ["short", "123456789012", "password1234", "he-he-he"])
def test_a_weak_password_is_not_taken(office, password):
    browser = client()
    sign_in(browser, "he", office[0])
    browser.post(CHANGE, {"oldpassword": office[0], "password1": password, "password2": password})
    assert Account.objects.get(login="he").first_password


def test_both_factors_open_the_pages(inside):
    assert inside.get("/runs/").status_code == 200


def test_a_second_sign_in_asks_for_the_code(inside):
    browser = client()
    answer = sign_in(browser, "he", PASSWORD)
    assert answer["Location"].startswith("/sign-in/2fa/authenticate/")
    assert leads_to_sign_in(browser.get("/runs/"))
    browser.post("/sign-in/2fa/authenticate/", {"code": "000000"})
    assert leads_to_sign_in(browser.get("/runs/"))
    browser.post("/sign-in/2fa/authenticate/", {"code": code(inside.secret, step=1)})
    assert browser.get("/runs/").status_code == 200


def test_a_code_opens_once(inside):
    used = code(inside.secret)
    for wanted in (True, False):
        browser = client()
        sign_in(browser, "he", PASSWORD)
        browser.post("/sign-in/2fa/authenticate/", {"code": used})
        assert (browser.get("/runs/").status_code == 200) is wanted


def test_the_secret_of_the_second_factor_is_sealed(inside):
    from allauth.mfa.models import Authenticator

    kept = repr(list(Authenticator.objects.values_list("data", flat=True)))
    assert inside.secret not in kept


def test_five_wrong_passwords_lock_the_door_even_for_the_right_one(office):
    browser = client()
    answers = [sign_in(browser, "he", "wrong password 12") for _ in range(5)]
    assert answers[-1].status_code == 429
    assert sign_in(browser, "he", office[0]).status_code == 429
    from axes.models import AccessAttempt

    AccessAttempt.objects.update(attempt_time=_minutes_ago(16))
    assert sign_in(browser, "he", office[0]).status_code == 302


def _minutes_ago(count):
    from django.utils import timezone

    return timezone.now() - timedelta(minutes=count)


def test_wrong_passwords_of_one_login_lock_no_other(office, people):
    other = add_person(by=people.security, name="另一人")
    first = open_account(by=people.security, person=other, login="other")
    for _ in range(6):
        sign_in(client(), "he", "wrong password 12")
    assert sign_in(client(), "other", first).status_code == 302


def _without_tokens(answer):
    return re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode())


def test_a_wrong_password_and_an_unknown_login_look_alike(office):
    known, unknown = (_without_tokens(sign_in(client(), login, "wrong password 12")) for login in ("he", "hx"))
    assert known.replace('value="he"', "") == unknown.replace('value="hx"', "")


def test_the_session_changes_its_name_when_somebody_signs_in(office):
    browser = client()
    session = browser.session
    session.save()
    browser.cookies["bangfu_session"] = session.session_key
    sign_in(browser, "he", office[0])
    assert browser.session.session_key != session.session_key


def test_a_session_that_nobody_used_for_half_an_hour_is_over(inside):
    session = inside.session
    session["seen"] = int(time.time()) - 31 * 60
    session.save()
    assert leads_to_sign_in(inside.get("/runs/"))
    assert leads_to_sign_in(inside.get("/runs/"))


def test_a_session_in_use_goes_on(inside):
    session = inside.session
    session["seen"] = int(time.time()) - 29 * 60
    session.save()
    assert inside.get("/runs/").status_code == 200
    assert time.time() - inside.session["seen"] < 60


def test_a_session_lasts_twelve_hours_however_much_it_is_used(inside):
    session = inside.session
    session["begun"] = int(time.time()) - 12 * 3600 - 1
    session.save()
    assert leads_to_sign_in(inside.get("/runs/"))


def test_a_session_ends_with_signing_out(inside):
    kept = inside.cookies["bangfu_session"].value
    assert inside.post("/sign-in/logout/").status_code == 302
    assert leads_to_sign_in(inside.get("/runs/"))
    inside.cookies["bangfu_session"] = kept
    assert leads_to_sign_in(inside.get("/runs/"))


def test_a_grant_that_ends_closes_its_pages_at_once(inside, office, people):
    end_grant(by=people.security, grant=office[1].pk, last_on=today() - timedelta(days=1))
    assert inside.get("/runs/").status_code == 403


def test_a_closed_account_is_outside_at_once(inside, people):
    close_account(by=people.security, login="he")
    assert leads_to_sign_in(inside.get("/runs/"))
    browser = client()
    assert sign_in(browser, "he", PASSWORD)["Location"] == "/sign-in/inactive/"
    assert leads_to_sign_in(browser.get("/runs/"))


def test_a_reset_password_ends_every_session_and_keeps_the_second_factor(inside, people):
    again = reset_password(by=people.security, login="he")
    assert leads_to_sign_in(inside.get("/runs/"))
    assert sign_in(client(), "he", again)["Location"].startswith("/sign-in/2fa/authenticate/")


def test_who_lost_the_device_sets_up_a_second_factor_again(inside, people):
    again = reset_password(by=people.security, login="he", second_factor=True)
    browser, secret = settled("he", again)
    assert secret != inside.secret
    assert browser.get("/runs/").status_code == 200


def test_who_takes_the_second_factor_away_must_set_up_another(inside):
    asked = inside.post("/sign-in/2fa/totp/deactivate/")
    assert asked["Location"].startswith("/sign-in/reauthenticate/")
    assert inside.get("/runs/").status_code == 200
    inside.post("/sign-in/reauthenticate/", {"password": PASSWORD})
    inside.post("/sign-in/2fa/totp/deactivate/")
    assert inside.get("/runs/")["Location"] == ACTIVATE


def test_a_form_without_its_token_is_refused(office):
    browser = client(enforce_csrf_checks=True)
    assert sign_in(browser, "he", office[0]).status_code == 403
    assert browser.post("/language/", {"language": "en"}).status_code == 403


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_host(inside, wanted):
    browser = client()
    sign_in(browser, "he", PASSWORD, next=wanted)
    answer = browser.post("/sign-in/2fa/authenticate/", {"code": code(inside.secret, step=1)})
    assert answer["Location"] == "/"


def test_nobody_opens_an_account_or_resets_a_password_alone(office):
    for address in ("signup/", "password/reset/", "email/", "3rdparty/signup/", "login/code/confirm/"):
        assert client().get(f"/sign-in/{address}").status_code == 404


def test_an_office_has_nobody_to_play(office):
    assert client().post("/act-as/", {"person": "何干部"}).status_code == 404


def test_the_cookie_of_the_session_is_for_the_server_alone(inside):
    morsel = inside.cookies["bangfu_session"]
    assert morsel["httponly"]
    assert morsel["samesite"] == "Lax"


def test_over_https_every_cookie_is_secure_and_django_has_nothing_to_say(home):
    asks = (
        "import django; django.setup();"
        "from django.conf import settings as s; from django.core.management import call_command;"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.LANGUAGE_COOKIE_SECURE;"
        "assert s.SECURE_SSL_REDIRECT and s.SECURE_HSTS_SECONDS;"
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    settings = {**os.environ, "BANGFU_HTTPS": "1", "BANGFU_HOSTS": "poverty.example"}
    settings.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the browser's tests set it
    done = subprocess.run([sys.executable, "-c", asks], env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
