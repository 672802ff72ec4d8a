"""Planted faults: what the matrix and the canaries are for, broken on purpose, so that they must say so."""

import logging

import pytest
from django.urls import clear_url_caches, get_resolver, path

from bangfu.access import policies
from bangfu.access.acting import ActingPerson, HeldGrant
from bangfu.access.models import Grant
from bangfu.access.policies import UndeclaredRouteError, ensure_declared
from bangfu.access.roles import Role
from bangfu.api import households as api_households
from bangfu.api import routes as api_routes
from bangfu.audit.models import Head
from bangfu.places.scope import Scope
from bangfu.registry import directory
from bangfu.registry.models import Identity
from bangfu.site import log_lines, urls
from bangfu.snapshots import lists
from bangfu.web.policies import FOREIGN
from tests.trust.addresses import ADDRESSES
from tests.trust.oracle import LIVE
from tests.trust.walking import Listening, Walk, said, stranger

pytestmark = pytest.mark.store

LOOKED_AT = {name: ADDRESSES[name] for name in ("api_one_place", "api_households", "api_one_household", "places")}


def walk(world, roles=("county_clerk", "analyst", "import_operator")):
    found = Walk(world, LOOKED_AT, lambda one: one.role in roles)
    found.go()
    return found


def test_nothing_is_found_where_nothing_is_broken(world):
    sound = walk(world)
    assert sound.wrong() == sound.leaks() == []


def test_a_scope_that_lets_everything_through_is_found(world, monkeypatch):
    monkeypatch.setattr(Scope, "where", lambda *_: ("1 = 1", []))
    monkeypatch.setattr(directory, "_counties", lambda _: list(Head.objects.values_list("county", flat=True)))
    assert any("name of outside" in one for one in walk(world).leaks())


def test_a_scope_that_contains_every_place_is_found(world, monkeypatch):
    monkeypatch.setattr(Scope, "contains", lambda *_: True)
    found = walk(world)
    assert any("api_one_place [sibling]: 200, not 404" in one for one in found.wrong())
    assert any("[household outside]: 200, not 404" in one for one in found.wrong())
    assert any("name of outside" in one for one in found.leaks())


def test_a_policy_that_gives_everybody_the_whole_country_is_found(world, monkeypatch):
    monkeypatch.setattr(policies, "granted_scope", lambda *_: Scope.everywhere())
    broken = walk(world)
    assert any("import_operator" in one and "200, not 403" in one for one in broken.wrong())
    assert any("analyst" in one and "name of inside" in one for one in broken.leaks())


def test_grants_that_count_on_every_day_are_found(world, monkeypatch):
    def always(person, on):
        held = Grant.objects.filter(person=person).values_list("role", "place", "household")
        return ActingPerson(person.pk, person.name, tuple(HeldGrant(Role(role), *rest) for role, *rest in held))

    monkeypatch.setattr(ActingPerson, "of", always)
    found = walk(world).wrong()
    assert any("(expired)" in one for one in found)
    assert any("(future)" in one for one in found)


def test_a_lost_mask_is_found(world, monkeypatch):
    def unmasked(counties, households):
        keys = world.home.keys
        sealed = Identity.objects.filter(county__in=counties).values_list("person_id", "id_sealed")
        opened = [keys.decrypt(bytes.fromhex(text), f"identity|id_no|{one}").decode() for one, text in sealed]
        return dict.fromkeys(households, " ".join(opened))

    monkeypatch.setattr(lists, "heads_of", unmasked)
    assert any("id of inside" in one for one in walk(world).leaks())


@pytest.fixture
def failing(world, monkeypatch):
    """Every household query fails, with an identity number and a name in its words."""

    def fails(*_):
        raise ValueError(f"Key (id_no)=({world.canaries[1].text}) of {world.canaries[0].text} already exists")

    monkeypatch.setattr(api_households, "dossier", fails)
    return world


@pytest.fixture
def lines():
    """The lines that the log carries."""
    kept = []
    with Listening(kept):
        yield kept


def asked(world):
    clerk = next(one for one in world.people if one.role == "county_clerk" and one.time == LIVE)
    address = f"/api/v1/households/{world.things['household inside']}"
    return stranger().get(address, headers={"authorization": f"Bearer {world.people[clerk][1]}"})


def test_a_mistake_of_the_program_shows_no_person_to_anybody(failing, lines):
    answer = asked(failing)
    assert answer.status_code == 500
    written = "\n".join([said(answer), *lines])
    assert "ValueError at" in written
    assert not [canary.kind for canary in failing.canaries if canary.text in written]


def test_a_log_that_writes_the_words_of_an_error_is_found(failing, lines, monkeypatch):
    monkeypatch.setattr(log_lines.LineFormatter, "formatException", logging.Formatter.formatException)
    asked(failing)
    assert any(canary.text in "\n".join(lines) for canary in failing.canaries)


@pytest.mark.parametrize("kept", [True, False], ids=["token but no policy", "policy but no token"])
def test_an_operation_that_does_not_say_who_may_call_it_keeps_the_site_from_starting(home, monkeypatch, kept):
    api = api_routes.Api(auth=api_routes.Token(), openapi_url=None, urls_namespace="planted")

    def planted(request):
        return {}

    api.get("/planted", auth=api_routes.Token() if kept else None)(planted if kept else policies.signed_in(planted))
    (address,) = [
        path(f"api/v1/{at}", api_routes.view_of(view), name=name) for at, view, name in api_routes.addresses(api)
    ]
    ensure_declared(FOREIGN)
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, address])
    clear_url_caches()
    monkeypatch.setattr(get_resolver(), "url_patterns", urls.urlpatterns)
    with pytest.raises(UndeclaredRouteError, match="api/v1/planted"):
        ensure_declared(FOREIGN)
    clear_url_caches()
