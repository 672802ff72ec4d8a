"""Everything that reads people and grants."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from bangfu.access.models import Account, Grant, Person
from bangfu.access.roles import ROLE_NAMES, Role
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.errors.access import PersonUnknown
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text
from bangfu.places.scope import COUNTRY

_SOON_DAYS = 30


def person_named(name: str) -> Person:
    """Return the person of this name; raises PersonUnknown."""
    found = Person.objects.filter(name=name).first()
    if found is None:
        raise PersonUnknown(person=name)
    return found


def people_with_grants(by: Actor, on: date) -> list[dict[str, Any]]:
    """Return every person with the grants live on the day: name, login, grants of role and place.

    by      needs the right to give grants in the whole country
    Raises  NotPermitted
    """
    require(by, Can.GRANT, COUNTRY)
    live = Grant.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), from_on__lte=on).order_by("id")
    held: dict[int, list[dict[str, Any]]] = {}
    for person_id, role, place in live.values_list("person_id", "role", "place"):
        held.setdefault(person_id, []).append({"role": role, "place": place})
    people = Person.objects.order_by("id").values_list("id", "name", "os_login")
    return [{"name": name, "login": login, "grants": held.get(number, [])} for number, name, login in people]


@dataclass(frozen=True, slots=True)
class Rights:
    """How many people work here, have an account, and hold a live grant; `ending` grants end within 30 days."""

    people: int
    accounts: int
    grants: int
    ending: int


def rights_counted(by: Actor, on: date) -> Rights:
    """Return how many people, accounts and grants there are on the day; raises NotPermitted.

    by  needs the right to give grants in the whole country
    """
    require(by, Can.GRANT, COUNTRY)
    live = Grant.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), from_on__lte=on)
    ending = live.filter(to_on__lte=on + timedelta(days=_SOON_DAYS))
    accounts = Account.objects.filter(is_active=True)
    return Rights(Person.objects.count(), accounts.count(), live.count(), ending.count())


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One of the made-up people of a demonstration, with the name of the first role."""

    name: str
    role: Text


def demo_people() -> list[DemoPerson]:
    """Return the people of a demonstration, those of the village first; an office has none to choose from."""
    if not Home.current().demo:
        return []
    held: dict[str, Role] = {}
    for name, role in Grant.objects.order_by("id").values_list("person__name", "role"):
        held.setdefault(name, Role(role))
    turn = {role: number for number, role in enumerate(ROLE_NAMES)}
    return [DemoPerson(name, ROLE_NAMES[role]) for name, role in sorted(held.items(), key=lambda one: turn[one[1]])]
