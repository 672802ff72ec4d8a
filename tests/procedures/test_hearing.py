"""Where nobody may hear an objection, whoever gives the roles is told: its case stands still until then."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bangfu.access.acting import ActingPerson, HeldGrant
from bangfu.access.actions.end_grant import end_grant
from bangfu.access.founding import Visitor
from bangfu.access.models import Grant, Person
from bangfu.access.roles import Role
from bangfu.kernel.home import Home
from bangfu.places.scope import COUNTRY
from bangfu.procedures.actions.answer_objection import answer_objection
from bangfu.procedures.actions.raise_objection import Complaint, raise_objection
from bangfu.procedures.hearing import objections_unheard
from bangfu.procedures.my_day import waiting
from tests.procedures.steps_taken import START

pytestmark = pytest.mark.store
SECURITY = ActingPerson(1, "某管理员", (HeldGrant(Role.SECURITY_ADMIN, COUNTRY),))


@pytest.fixture
def local(hands, places):
    """The people of the county, the city among them, and nobody above."""
    for grant in Grant.objects.filter(place=COUNTRY):
        end_grant(by=SECURITY, grant=grant.pk, last_on=START - timedelta(days=1))
    return hands


@pytest.fixture
def raised(local, places):
    """An objection to the village, and a complaint about the county."""
    return [
        raise_objection(by=Visitor(), complaint=Complaint(places.village, "不同意", about=about), programme="cn_2014")
        for about in ("village", "county")
    ]


def city_left():
    (grant,) = Grant.objects.filter(role=Role.CITY_MANAGER, to_on__isnull=True)
    end_grant(by=SECURITY, grant=grant.pk, last_on=START - timedelta(days=1))


def test_who_is_heard_is_nobodys_worry(raised, places):
    assert objections_unheard(START) == {}
    assert waiting(SECURITY) == []


def test_an_objection_that_nobody_may_hear_waits_for_who_gives_roles(raised, places):
    city_left()
    assert objections_unheard(START) == {"city": 1}
    (told,) = waiting(SECURITY)
    assert (told.kind, told.count, told.route) == ("procedures.unheard.city", 1, "people")
    assert waiting(replace(SECURITY, grants=(HeldGrant(Role.SECURITY_ADMIN, places.county),))) == []


def test_what_is_answered_is_nobodys_worry(raised, local):
    answer_objection(by=local.city, objection=raised[1].pk, upheld=False, reason="经核实")
    city_left()
    assert objections_unheard(START) == {}


def test_who_cannot_come_in_hears_nothing(raised, local, monkeypatch):
    monkeypatch.setattr(Home, "demo", property(lambda _: False))
    assert objections_unheard(START) == {"town": 1, "city": 1}
    Person.objects.filter(pk=local.town.person_id).update(os_login="town")
    assert objections_unheard(START) == {"city": 1}


def test_who_gives_no_roles_is_told_nothing(raised, local):
    city_left()
    assert [one.kind for one in waiting(local.town)] == ["procedures.objections"]
