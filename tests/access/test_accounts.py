"""Accounts: opened with a first password, closed for good, given a new password; each act on record."""

import pytest

from bangfu.access.actions.add_person import add_person
from bangfu.access.actions.close_account import close_account
from bangfu.access.actions.open_account import open_account
from bangfu.access.actions.reset_password import reset_password
from bangfu.access.models import Account
from bangfu.audit.models import Event
from bangfu.audit.verifier import verify
from bangfu.kernel.errors.access import AccountExists, AccountUnknown, NotPermitted

pytestmark = pytest.mark.store


@pytest.fixture
def cadre(people):
    """A person without account."""
    return add_person(by=people.security, name="何干部")


@pytest.fixture
def password(people, cadre):
    """The first password of the person's account."""
    return open_account(by=people.security, person=cadre, login="he")


def holds(home):
    return not verify(home.database_url or str(home.database_file), home.key_file).faults


def test_the_first_password_opens_the_account_and_stands_nowhere(password, home):
    account = Account.objects.get(login="he")
    assert account.check_password(password)
    assert account.first_password
    assert password not in account.password
    assert not Event.objects.filter(body__contains=password).exists()
    assert holds(home)


def test_a_login_and_a_person_have_one_account(people, cadre, password):
    other = add_person(by=people.security, name="另一人")
    with pytest.raises(AccountExists):
        open_account(by=people.security, person=cadre, login="he2")
    with pytest.raises(AccountExists):
        open_account(by=people.security, person=other, login="he")


def test_a_closed_account_is_closed_for_good_and_on_record(people, password, home):
    close_account(by=people.security, login="he")
    assert not Account.objects.get(login="he").is_active
    with pytest.raises(AccountUnknown):
        close_account(by=people.security, login="he")
    with pytest.raises(AccountUnknown):
        reset_password(by=people.security, login="he")
    assert Event.objects.filter(action="account.close").count() == 1
    assert holds(home)


def test_a_new_password_takes_the_place_of_the_old_one_and_must_be_changed(people, password, home):
    Account.objects.update(first_password=False)
    again = reset_password(by=people.security, login="he")
    account = Account.objects.get(login="he")
    assert account.check_password(again)
    assert not account.check_password(password)
    assert account.first_password
    assert Event.objects.filter(action="account.password").count() == 1
    assert holds(home)


@pytest.mark.parametrize("part", ["clerk", "approver", "analyst", "inspector", "auditor"])
def test_only_a_security_administrator_rules_over_accounts(people, cadre, password, part):
    actor = getattr(people, part)
    with pytest.raises(NotPermitted):
        open_account(by=actor, person=cadre, login="x")
    with pytest.raises(NotPermitted):
        close_account(by=actor, login="he")
    with pytest.raises(NotPermitted):
        reset_password(by=actor, login="he")
    assert Account.objects.get(login="he").is_active
