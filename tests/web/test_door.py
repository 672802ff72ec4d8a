"""The door of the pages: who acts, in which language, and what nobody may open."""

import pytest
from django.http import HttpResponse

from bangfu.access.policies import UndeclaredRouteError, ensure_declared, routes
from bangfu.web.middleware import without_nul
from bangfu.web.policies import FOREIGN

pytestmark = pytest.mark.store


def test_every_route_says_who_may_call_it(home):
    ensure_declared(FOREIGN)
    assert len(list(routes())) > 10


def test_a_route_that_says_nothing_keeps_the_site_from_starting(home):
    with pytest.raises(UndeclaredRouteError, match="sign-in/"):
        ensure_declared({})


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "我的一天"), ("en", "My day")])
def test_pages_speak_the_language_chosen(client_of, language, word):
    client = client_of("李文员")
    client.post("/language/", {"language": language, "next": "/"})
    assert word in client.get("/").content.decode()


def test_pages_are_chinese_whatever_the_browser_asks(client_of):
    answer = client_of("李文员").get("/", headers={"accept-language": "en"})
    assert 'lang="zh-CN"' in answer.content.decode()


def test_nobody_is_led_to_another_host(client_of):
    answer = client_of("李文员").post("/language/", {"language": "en", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_an_unknown_person_cannot_be_chosen(client_of):
    assert client_of("李文员").post("/act-as/", {"person": "没有此人"}).status_code == 404


def test_a_page_may_load_nothing_from_elsewhere_and_is_kept_by_no_cache(client_of):
    answer = client_of("李文员").get("/")
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert answer["Cache-Control"] == "no-store"
    assert "<script>" not in answer.content.decode()
    assert "style=" not in answer.content.decode()


def test_an_address_that_does_not_exist_says_so_in_words(client_of):
    answer = client_of("李文员").get("/nothing/")
    assert answer.status_code == 404


def test_an_address_with_a_sign_that_nobody_types_does_not_exist(client_of):
    clerk = client_of("李文员")
    assert clerk.get("/jobs/a%00/").status_code == 404
    assert clerk.get("/households/?gap=%00").status_code == 200


def test_a_sign_that_no_database_text_holds_is_taken_out_of_what_arrives(rf):
    seen = []
    without_nul(lambda request: seen.append(request) or HttpResponse())(
        rf.post("/?q=a%00b&q=c", {"why": "x\0y", "who": ["\0", "z"]})
    )
    assert seen[0].GET.getlist("q") == ["ab", "c"]
    assert seen[0].POST.getlist("who") == ["", "z"]
    assert seen[0].POST["why"] == "xy"
