"""Who acts: in a demonstration whoever is named, in an office whoever is logged in."""

import os
import pwd
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from bangfu.access.acting import ActingPerson, acting
from bangfu.access.actions.add_person import add_person
from bangfu.access.actions.ensure_demo_people import ensure_demo_people
from bangfu.access.actions.found_office import found_office
from bangfu.access.models import Person
from bangfu.audit.models import Event
from bangfu.audit.verifier import verify
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.access import AlreadyFounded, FoundingRefused, NotYourName, PersonUnknown

pytestmark = pytest.mark.store

LOGIN = pwd.getpwuid(os.getuid()).pw_name


@pytest.fixture
def office(home):
    """The same home as an office: its card says so."""
    card = home.path / "home.json"
    card.write_text(card.read_text().replace("true", "false"))
    return home


def test_a_demonstration_acts_as_its_clerk(people):
    assert acting() == people.clerk


def test_a_demonstration_acts_as_whoever_is_named(people):
    assert acting("王审核") == people.approver


def test_a_name_that_nobody_bears_is_refused(people):
    with pytest.raises(PersonUnknown, match="无此人"):
        acting("无此人")


def test_the_people_of_a_demonstration_are_created_once(people, home):
    count = Event.objects.count()
    assert ensure_demo_people() == vars(people)
    assert Event.objects.count() == count
    assert not verify(home.database_url or str(home.database_file), home.key_file).faults


def test_two_processes_create_the_people_of_a_demonstration_once(home):
    def ensure(_):
        try:
            return ensure_demo_people()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(ensure, range(2))
    assert first == second
    assert Person.objects.count() == len(first)


def test_clerk_and_approver_of_a_demonstration_are_two_persons_with_different_rights(people):
    assert people.clerk.person_id != people.approver.person_id
    assert not people.clerk.may(Can.APPROVE_IMPORT, 0)
    assert not people.approver.may(Can.STAGE_IMPORT, 0)


def test_an_office_has_no_made_up_people(office):
    with pytest.raises(NotYourName, match=LOGIN):
        ensure_demo_people()


def test_the_first_person_of_an_office_rules_over_rights_and_nothing_else(office):
    founder = found_office(name="首任", os_login=LOGIN, on=date(2020, 1, 1))
    actor = acting()
    assert actor.person_id == founder.pk
    assert {right for right in Can if actor.may(right, 0)} == {Can.GRANT}
    assert not verify(office.database_url or str(office.database_file), office.key_file).faults


def test_founding_stands_in_the_audit_log(office):
    found_office(name="首任", os_login=LOGIN, on=date(2020, 1, 1))
    assert list(Event.objects.values_list("action", "actor_name")) == [
        ("person.add", "installation"),
        ("grant.give", "installation"),
    ]


def test_an_office_is_founded_once(office):
    found_office(name="首任", os_login=LOGIN, on=date(2020, 1, 1))
    with pytest.raises(AlreadyFounded):
        found_office(name="次任", os_login="other", on=date(2020, 1, 1))


def test_a_demonstration_is_no_office(home):
    with pytest.raises(FoundingRefused):
        found_office(name="首任", os_login=LOGIN, on=date(2020, 1, 1))


def test_nobody_acts_under_a_name_in_an_office(office):
    found_office(name="首任", os_login=LOGIN, on=date(2020, 1, 1))
    with pytest.raises(NotYourName, match=LOGIN):
        acting("首任")


def test_an_account_that_nobody_added_does_not_act_in_an_office(office):
    found_office(name="首任", os_login="somebody-else", on=date(2020, 1, 1))
    with pytest.raises(PersonUnknown, match=LOGIN):
        acting()


def test_the_environment_does_not_say_who_acts(office, monkeypatch):
    found_office(name="首任", os_login="somebody-else", on=date(2020, 1, 1))
    for name in ("LOGNAME", "USER", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")
    with pytest.raises(PersonUnknown):
        acting()


def test_the_grants_of_another_day_can_be_asked_for(office):
    found_office(name="首任", os_login=LOGIN, on=date(2020, 1, 1))
    assert acting(on=date(2019, 12, 31)).grants == ()
    assert len(acting(on=date(2020, 1, 1)).grants) == 1


def test_a_person_added_to_an_office_acts_under_their_account(office):
    found_office(name="首任", os_login="admin", on=date(2020, 1, 1))
    founder = Person.objects.get(name="首任")
    add_person(by=ActingPerson.of(founder, date(2020, 1, 1)), name="何干部", os_login=LOGIN)
    assert acting().name == "何干部"
