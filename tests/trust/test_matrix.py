"""Every address as every person, compared with an oracle that knows nothing of the program (TD-01, TD-03)."""

import sys

import pytest

from bangfu.access.policies import operations_of, routes
from tests.trust.addresses import ADDRESSES
from tests.trust.oracle import LIVE, MAY
from tests.trust.walking import Walk, said, signed_in

pytestmark = pytest.mark.store


def test_every_route_has_its_line_in_the_matrix(home):
    known = {entry.name for _, entry in routes() if entry.name}
    assert sorted(known - ADDRESSES.keys()) == [], "add a line to tests/trust/addresses.py"
    assert sorted(ADDRESSES.keys() - known) == []


def test_every_operation_of_the_api_is_called(home):
    for _, entry in routes():
        methods = operations_of(entry.callback).keys()
        assert methods <= {address.method for address in ADDRESSES.get(entry.name, [])}, entry.name


@pytest.mark.parametrize("half", [0, 1], ids=["one half of the roles", "the other half"])
def test_everybody_gets_what_the_oracle_says_and_no_canary(world, capsys, half):
    walk = Walk(world, people=lambda one: [*MAY, None].index(one.role) % 2 == half)
    cells = walk.go()
    with capsys.disabled():
        sys.stdout.write(f" {len(cells)} cells, {len(walk.people)} persons, {len(world.canaries)} canaries ")
    assert walk.wrong() == []
    assert walk.leaks() == []
    assert walk.before == walk.after_refusals, "a refusal changed the register"


def test_names_stand_in_the_answers_that_may_carry_them(world):
    """What is compared above is not empty: who may read names does read them."""
    walk = Walk(world, {"api_households": ADDRESSES["api_households"][:1]}, lambda one: one.role == "inspector")
    (*others, live) = walk.go()
    own = [canary for canary in world.canaries if canary.kind == "name" and canary.where in {"own", "inside"}]
    assert any(canary.text in live.text for canary in own)
    assert not any(canary.text in cell.text for cell in others for canary in own)


def test_a_session_opens_nothing_of_the_api(world):
    person = next(one for one in world.people if one.role == "county_clerk" and one.time == LIVE)
    assert signed_in(world, person).get("/jobs/").status_code == 200
    assert signed_in(world, person).get("/api/v1/places").status_code == 401


def test_an_open_card_opens_nothing_but_the_page_of_its_household(world):
    """Whoever holds a card is a stranger at every other address."""
    from bangfu.registry.card_codes import card_code, card_number
    from bangfu.registry.models import Household

    own = Household.objects.filter(county=world.things["own"]).order_by("id").first()
    of_card = {"card_door", "card_page", "object_to_own", "leave_card"}
    others = {name: called for name, called in ADDRESSES.items() if name not in of_card}
    walk = Walk(world, others, lambda one: one.role is None)
    (stranger,) = walk.people
    phone = walk.clients[stranger]
    card = {"number": card_number(own.pk, own.household_no), "code": card_code(world.home.keys, own.pk)}
    assert phone.post("/card/", card).status_code == 302
    walk.go()
    assert walk.wrong() == []
    assert walk.leaks() == []
    shown = said(phone.get("/card/household/"))
    kinds = {(canary.kind, canary.where) for canary in world.canaries if canary.text in shown}
    assert kinds == {("name", "own")}
