"""The security administrator's page: people, roles and accounts."""

import re
from datetime import timedelta

import pytest

from bangfu.access.acting import ActingPerson, today
from bangfu.access.models import Account, Grant, Person
from bangfu.audit.models import Event

pytestmark = pytest.mark.store


@pytest.fixture
def administrator(client_of):
    """A client of the pages who acts as the security administrator."""
    return client_of("周管理")


@pytest.fixture
def newcomer(administrator):
    """A person without any role."""
    administrator.post("/people/", {"name": "新来的"})
    return Person.objects.get(name="新来的")


def test_a_person_is_added_and_may_do_nothing_yet(administrator, newcomer):
    assert not ActingPerson.of(newcomer, today()).grants
    assert "新来的" in administrator.get("/people/").content.decode()


@pytest.mark.parametrize("name", ["", "x" * 101, "李文员"], ids=["empty", "too long", "taken"])
def test_a_name_that_cannot_be_is_refused_in_words(administrator, name):
    before = Person.objects.count()
    page = administrator.post("/people/", {"name": name}).content.decode()
    assert 'class="errorlist"' in page
    assert Person.objects.count() == before


def test_a_role_is_given_and_ended(administrator, newcomer):
    place = Grant.objects.get(person__name="郑乡镇").place
    form = {"role": "town_clerk", "place": str(place), "from_on": today().isoformat()}
    assert administrator.post(f"/people/{newcomer.pk}/grant/", form).status_code == 302
    held = Grant.objects.get(person=newcomer)
    assert (held.role, held.place, held.to_on) == ("town_clerk", place, None)
    administrator.post(f"/people/{newcomer.pk}/grants/{held.pk}/end/")
    held.refresh_from_db()
    assert not ActingPerson.of(newcomer, today() + timedelta(days=1)).grants
    assert list(Event.objects.order_by("-id").values_list("action", flat=True)[:2]) == ["grant.end", "grant.give"]


@pytest.mark.parametrize(
    "form",
    [
        {"role": "town_clerk", "place": "123456", "from_on": "2016-01-01"},
        {"role": "emperor", "place": "", "from_on": "2016-01-01"},
        {"role": "household", "place": "", "from_on": "2016-01-01"},
        {"role": "town_clerk", "place": "", "from_on": "2016-13-01"},
        {"role": "town_clerk", "place": "", "from_on": "2016-02-01", "to_on": "2016-01-01"},
        {"role": "security_admin", "place": "' OR 1=1 --", "from_on": "2016-01-01"},
    ],
)
def test_a_role_that_cannot_be_is_refused_in_words(administrator, newcomer, form):
    page = administrator.post(f"/people/{newcomer.pk}/grant/", form).content.decode()
    assert 'class="errorlist' in page
    assert not Grant.objects.filter(person=newcomer).exists()


def test_the_first_password_is_shown_once(administrator, newcomer):
    page = administrator.post(f"/people/{newcomer.pk}/account/", {"login": "newcomer"}).content.decode()
    password = re.search(r'class="figure">([^<]+)<', page)[1]
    account = Account.objects.get(login="newcomer")
    assert account.check_password(password)
    assert account.first_password
    assert password not in administrator.get(f"/people/{newcomer.pk}/").content.decode()
    assert password not in "".join(Event.objects.values_list("body", flat=True))


@pytest.mark.parametrize("login", ["", "a", "Ab c", "x" * 70, "a'b"])
def test_a_login_that_cannot_be_is_refused_in_words(administrator, newcomer, login):
    page = administrator.post(f"/people/{newcomer.pk}/account/", {"login": login}).content.decode()
    assert 'class="errorlist"' in page
    assert not Account.objects.exists()


@pytest.mark.parametrize("name", ["李文员", "陈审计", "吴信息", "贫困户代表"])
def test_who_gives_no_rights_does_not_see_who_has_them(client_of, name):
    assert client_of(name).get("/people/").status_code == 403


def test_nobody_gives_rights_to_themselves(administrator):
    own = Person.objects.get(name="周管理")
    form = {"role": "county_clerk", "place": "", "from_on": today().isoformat()}
    assert "BF405" in administrator.post(f"/people/{own.pk}/grant/", form).content.decode()


def test_a_person_who_does_not_exist_is_not_found(administrator):
    assert administrator.get("/people/999999/").status_code == 404
    assert administrator.post("/people/999999/grant/", {}).status_code == 404
