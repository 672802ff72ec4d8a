"""The city hears what is raised to it, and sees of it no more than it needs."""

import re

import pytest

from bangfu.procedures.models import Notice, Objection
from tests.web.hanging import COUNTY_CLERK, TOWN_CLERK, acting_as, door, later, take, words

pytestmark = pytest.mark.store
SAID, WHO = "这户有小轿车龘靐", "张三靐 村东头"


def receipt_in(answer):
    return re.search(r"[2-9A-Z]{4} [2-9A-Z]{4} [2-9A-Z]{4}", words(answer))[0]


def test_the_city_hears_what_is_raised_to_it_without_reading_the_register(hanging, client_of):
    door().post("/object/", {"place": hanging.village, "about": "county", "words": SAID, "who": WHO})
    number, city = Objection.objects.get().pk, client_of("钱市办")
    assert 'href="/objections/"' in city.get("/").content.decode().partition("<main")[2]
    assert f"/objections/{number}/" in city.get("/objections/").content.decode()
    shown = city.get(f"/objections/{number}/").content.decode()
    assert SAID in shown
    assert client_of(TOWN_CLERK).get(f"/objections/{number}/").status_code == 404
    form = {"upheld": "no", "reason": "经查不属实"}
    assert city.post(f"/objections/{number}/answer/", form).status_code == 302


def test_the_city_sees_of_a_case_its_step_and_its_place_alone(hanging, client_of, hamlet):
    later(hamlet, 7)
    take(hanging.cases, "village_notice")
    take(hanging.cases, "town_review", by="马镇办")
    take(hanging.cases, "town_notice")
    first = door().post("/object/", {"notice": Notice.objects.latest("pk").pk, "line": "1", "words": SAID})
    found = Objection.objects.get()
    assert (found.about, found.level) == ("town", "county")
    form = {"upheld": "no", "reason": "经查不属实"}
    assert client_of(COUNTY_CLERK).post(f"/objections/{found.pk}/answer/", form).status_code == 302
    door().post("/receipt/appeal/", {"receipt": receipt_in(first), "words": "市里请看看"})
    page = client_of("钱市办").get(f"/objections/{Objection.objects.get(follows=found).pk}/").content.decode()
    for said in ("市里请看看", "第二次公示", "经查不属实"):
        assert said in page, said
    assert "/households/" not in page
    assert not any(one.head in page or one.number in page for one in hanging.households)


def test_a_list_of_objections_reads_no_words(hanging):
    from bangfu.procedures.hearing import objections_heard

    door().post("/object/", {"notice": hanging.notice, "line": 1, "words": SAID, "sheet": "a"})
    assert {"words", "who"} <= objections_heard(acting_as(TOWN_CLERK))[0].get_deferred_fields()
