"""Grants: whose, where, and between which days."""

from datetime import date

import pytest

from bangfu.access.acting import ActingPerson
from bangfu.access.actions.add_person import add_person
from bangfu.access.actions.end_grant import end_grant
from bangfu.access.actions.grant_role import grant_role
from bangfu.access.models import Grant, Person
from bangfu.access.roles import RIGHTS, Role
from bangfu.access.scope import Scope, scope_of
from bangfu.audit.models import Event
from bangfu.audit.verifier import verify
from bangfu.kernel.actors import Can, require
from bangfu.kernel.errors.access import GrantEnded, NotPermitted, OwnGrant, PersonExists, RolesApart, RoleUnknown
from bangfu.kernel.errors.register import PlaceUnknown

pytestmark = pytest.mark.store

START, END = date(2020, 1, 1), date(2020, 12, 31)


@pytest.fixture
def cadre(people):
    """A new person without any grant."""
    return add_person(by=people.security, name="何干部")


@pytest.fixture
def granted(people, places, cadre):
    """The cadre is town clerk of one town for one year."""
    return grant_role(by=people.security, person=cadre, role="town_clerk", place=places.town, from_on=START, to_on=END)


def on(person, day):
    return ActingPerson.of(person, day)


def holds(home):
    return not verify(home.database_url or str(home.database_file), home.key_file).faults


def test_a_new_person_may_do_nothing(places, cadre):
    actor = on(cadre, START)
    assert not any(actor.may(right, place) for right in Can for place in (0, places.county, places.village))
    assert scope_of(actor, Can.READ_REGISTER) == Scope(())


@pytest.mark.parametrize(
    ("day", "allowed"),
    [
        pytest.param(date(2019, 12, 31), False, id="the day before"),
        pytest.param(START, True, id="the first day"),
        pytest.param(END, True, id="the last day"),
        pytest.param(date(2021, 1, 1), False, id="the day after"),
    ],
)
def test_a_grant_holds_from_its_first_day_to_its_last(places, cadre, granted, day, allowed):
    assert on(cadre, day).may(Can.STAGE_IMPORT, places.town) is allowed


@pytest.mark.parametrize(
    ("place", "allowed"),
    [
        ("town", True),
        ("village", True),
        ("sibling", True),
        ("other_town", False),
        ("far_village", False),
        ("county", False),
        ("province", False),
    ],
)
def test_a_grant_reaches_down_its_subtree_and_no_further(places, cadre, granted, place, allowed):
    assert on(cadre, START).may(Can.STAGE_IMPORT, getattr(places, place)) is allowed


def test_a_grant_gives_the_rights_of_its_role_alone(places, cadre, granted):
    actor = on(cadre, START)
    assert {right for right in Can if actor.may(right, places.town)} == RIGHTS[Role.TOWN_CLERK]
    with pytest.raises(NotPermitted, match="何干部 may not approve imports"):
        require(actor, Can.APPROVE_IMPORT, places.town)


def test_a_place_that_nobody_registered_lies_in_no_area_but_the_country(people, cadre, granted):
    assert not on(cadre, START).may(Can.STAGE_IMPORT, 1)
    assert people.clerk.may(Can.STAGE_IMPORT, 1)


def test_the_scope_of_a_right_is_that_of_the_grants_that_give_it(people, places, cadre, granted):
    grant_role(by=people.security, person=cadre, role="analyst", place=places.other_county, from_on=START)
    assert scope_of(on(cadre, START), Can.READ_REGISTER) == Scope((places.town,))
    assert scope_of(on(cadre, START), Can.RUN) == Scope((places.other_county,))


def test_only_a_security_administrator_adds_people_and_gives_roles(people, places, cadre):
    for actor in (people.clerk, people.approver, people.analyst, people.auditor, people.inspector):
        with pytest.raises(NotPermitted):
            add_person(by=actor, name="另一人")
        with pytest.raises(NotPermitted):
            grant_role(by=actor, person=cadre, role="auditor", place=places.county, from_on=START)
    assert not Person.objects.filter(name="另一人").exists()
    assert not Grant.objects.filter(person=cadre).exists()


def test_an_administrator_gives_rights_inside_their_own_area_only(people, places, cadre):
    local = add_person(by=people.security, name="县管理")
    grant_role(by=people.security, person=local, role="security_admin", place=places.county, from_on=START)
    actor = on(local, START)
    assert grant_role(by=actor, person=cadre, role="town_clerk", place=places.town, from_on=START).pk
    for place in (places.other_county, places.city, 0):
        with pytest.raises(NotPermitted):
            grant_role(by=actor, person=cadre, role="town_clerk", place=place, from_on=START)


def test_nobody_gives_rights_to_themselves(people, places):
    me = Person.objects.get(pk=people.security.person_id)
    with pytest.raises(OwnGrant):
        grant_role(by=people.security, person=me, role="security_admin", place=places.county, from_on=START)


@pytest.mark.parametrize(("first", "second"), [("town_clerk", "security_admin"), ("security_admin", "town_clerk")])
def test_an_administrators_role_stands_beside_no_other(people, places, cadre, first, second):
    grant_role(by=people.security, person=cadre, role=first, place=places.county, from_on=START, to_on=END)
    with pytest.raises(RolesApart):
        grant_role(by=people.security, person=cadre, role=second, place=places.county, from_on=END)


def test_an_administrators_role_may_follow_another_that_has_ended(people, places, cadre, granted):
    grant_role(by=people.security, person=cadre, role="security_admin", place=places.county, from_on=date(2021, 1, 1))


def test_a_role_that_does_not_exist_is_refused_with_those_that_do(people, places, cadre):
    with pytest.raises(RoleUnknown, match="town_clerk"):
        grant_role(by=people.security, person=cadre, role="king", place=places.county, from_on=START)


def test_a_grant_needs_a_place_that_exists(people, cadre):
    with pytest.raises(PlaceUnknown):
        grant_role(by=people.security, person=cadre, role="town_clerk", place=1, from_on=START)


def test_a_name_stands_for_one_person(people, cadre):
    with pytest.raises(PersonExists):
        add_person(by=people.security, name=" 何干部 ")


def test_an_account_speaks_for_one_person(people):
    add_person(by=people.security, name="甲", os_login="li")
    with pytest.raises(PersonExists):
        add_person(by=people.security, name="乙", os_login="li")


def test_a_grant_that_is_ended_holds_no_longer(people, places, cadre, granted, home):
    ended = end_grant(by=people.security, grant=granted.pk, last_on=date(2020, 6, 30))
    assert ended.to_on == date(2020, 6, 30)
    assert on(cadre, date(2020, 6, 30)).may(Can.STAGE_IMPORT, places.town)
    assert not on(cadre, date(2020, 7, 1)).may(Can.STAGE_IMPORT, places.town)
    assert holds(home)


def test_a_grant_is_not_made_longer_by_ending_it(people, granted):
    with pytest.raises(GrantEnded):
        end_grant(by=people.security, grant=granted.pk, last_on=END)


def test_what_does_not_exist_cannot_end(people, granted):
    with pytest.raises(GrantEnded):
        end_grant(by=people.security, grant=granted.pk + 1, last_on=START)


def test_only_an_administrator_of_the_place_ends_a_grant(people, granted):
    with pytest.raises(NotPermitted):
        end_grant(by=people.clerk, grant=granted.pk, last_on=START)


def test_giving_and_ending_stand_on_the_chain_of_the_county(people, places, granted):
    end_grant(by=people.security, grant=granted.pk, last_on=START)
    actions = Event.objects.filter(county=places.county, action__startswith="grant").values_list("action", "actor_id")
    assert list(actions) == [("grant.give", people.security.person_id), ("grant.end", people.security.person_id)]
