"""Tokens: a program acts for one person, with no more than that person may, until it is told to stop."""

from datetime import date, timedelta

import pytest

from bangfu.access.acting import ActingPerson, today
from bangfu.access.actions.add_person import add_person
from bangfu.access.actions.close_account import close_account
from bangfu.access.actions.create_token import create_token
from bangfu.access.actions.end_grant import end_grant
from bangfu.access.actions.grant_role import grant_role
from bangfu.access.actions.open_account import open_account
from bangfu.access.actions.revoke_token import revoke_token
from bangfu.access.models import Person, Token
from bangfu.access.scope import scope_of
from bangfu.access.tokens import bearer_of, tokens_of
from bangfu.audit.models import Event
from bangfu.audit.verifier import verify
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.access import TokenUnknown, TokenUnusable
from bangfu.kernel.errors.register import PlaceUnknown

pytestmark = pytest.mark.store


@pytest.fixture
def cadre(people, places):
    """A clerk of one town."""
    person = add_person(by=people.security, name="何干部")
    grant_role(by=people.security, person=person, role="town_clerk", place=places.town, from_on=date(2020, 1, 1))
    return ActingPerson.of(person, today())


def holds(home):
    return not verify(home.database_url or str(home.database_file), home.key_file).faults


def test_a_token_speaks_for_its_person(cadre):
    _, text = create_token(by=cadre, label="报表")
    assert bearer_of(text, today()) == cadre


def test_a_token_stands_nowhere_in_the_register(cadre, home):
    token, text = create_token(by=cadre, label="报表")
    assert len(text) > 43
    assert text not in repr(vars(token))
    assert not Event.objects.filter(body__contains=text).exists()
    assert holds(home)


@pytest.mark.parametrize("text", ["", "bangfu_", "x" * 10_000, "\ud800", "锁"])
def test_what_is_no_token_speaks_for_nobody(cadre, text):
    create_token(by=cadre, label="报表")
    assert bearer_of(text, today()) is None


def test_a_token_ends_with_its_last_day(cadre):
    _, text = create_token(by=cadre, label="报表", days=10)
    assert bearer_of(text, today() + timedelta(days=10)) is not None
    assert bearer_of(text, today() + timedelta(days=11)) is None
    assert bearer_of(text, today() - timedelta(days=1)) is None


@pytest.mark.parametrize(("label", "days"), [("报表", 366), ("报表", 0), (" ", 10), ("x" * 101, 10)])
def test_a_token_without_label_or_for_too_long_is_not_made(cadre, label, days):
    with pytest.raises(TokenUnusable):
        create_token(by=cadre, label=label, days=days)


def test_a_token_that_was_taken_back_stops_at_once(cadre, home):
    token, text = create_token(by=cadre, label="报表")
    revoke_token(by=cadre, number=token.pk)
    assert bearer_of(text, today()) is None
    with pytest.raises(TokenUnknown):
        revoke_token(by=cadre, number=token.pk)
    assert holds(home)


def test_only_its_person_and_the_security_administrator_take_a_token_back(cadre, people):
    token, text = create_token(by=cadre, label="报表")
    with pytest.raises(TokenUnknown):
        revoke_token(by=people.clerk, number=token.pk)
    assert bearer_of(text, today()) is not None
    assert revoke_token(by=people.security, number=token.pk).revoked_on == today()


def test_a_token_stops_with_the_account_of_its_person(cadre, people):
    _, text = create_token(by=cadre, label="报表")
    open_account(by=people.security, person=Person.objects.get(pk=cadre.person_id), login="he")
    assert bearer_of(text, today()) is not None
    close_account(by=people.security, login="he")
    assert bearer_of(text, today()) is None


def test_a_token_loses_what_its_person_loses(cadre, people):
    _, text = create_token(by=cadre, label="报表")
    grant = Person.objects.get(pk=cadre.person_id).grants.get()
    end_grant(by=people.security, grant=grant.pk, last_on=today() - timedelta(days=1))
    assert bearer_of(text, today()).grants == ()


@pytest.mark.parametrize(
    ("narrowed", "roots"),
    [
        pytest.param("village", ("village",), id="a part of the area"),
        pytest.param("town", ("town",), id="the area"),
        pytest.param("county", ("town",), id="more than the area"),
        pytest.param("other_town", (), id="beside the area"),
    ],
)
def test_a_token_reaches_no_further_than_its_place_and_its_person(cadre, places, narrowed, roots):
    _, text = create_token(by=cadre, label="报表", place=getattr(places, narrowed))
    scope = scope_of(bearer_of(text, today()), Can.READ_REGISTER)
    assert scope.roots == tuple(getattr(places, root) for root in roots)


def test_a_token_of_the_whole_country_may_be_kept_to_one_village(people, places):
    _, text = create_token(by=people.clerk, label="报表", place=places.village)
    bearer = bearer_of(text, today())
    assert bearer.may(Can.READ_REGISTER, places.village)
    assert not bearer.may(Can.READ_REGISTER, places.sibling)


def test_a_token_carries_only_its_rights_and_only_those_of_its_person(cadre, places):
    _, text = create_token(by=cadre, label="报表", rights=[Can.READ_PLACES, Can.GRANT])
    bearer = bearer_of(text, today())
    assert {right for right in Can if bearer.may(right, places.town)} == {Can.READ_PLACES}


def test_a_token_needs_a_place_that_exists(cadre):
    with pytest.raises(PlaceUnknown):
        create_token(by=cadre, label="报表", place=1)


def test_the_last_day_of_use_is_noted_and_nothing_secret_is_listed(cadre):
    token, text = create_token(by=cadre, label="报表")
    bearer_of(text, today())
    (listed,) = tokens_of(cadre)
    assert listed["last_used_on"] == today()
    assert Token.objects.get(pk=token.pk).digest not in repr(listed)
