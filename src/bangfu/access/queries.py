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
    """Return every person with the grants that hold on the day or begin later.

    by       needs the right to give grants in the whole country
    Returns  id, name, login (the system's account), account (login at the pages, None without), account_open,
             grants (id, role, place, from_on, to_on; `live` tells whether it holds on the day)
    Raises   NotPermitted
    """
    require(by, Can.GRANT, COUNTRY)
    standing = Grant.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on)).order_by("id")
    held: dict[int, list[dict[str, Any]]] = {}
    shown = ("id", "role", "place", "from_on", "to_on")
    for grant in standing:
        told = {name: getattr(grant, name) for name in shown}
        held.setdefault(grant.person_id, []).append({**told, "live": grant.from_on <= on})
    people = Person.objects.order_by("id").values("id", "name", "os_login", "account__login", "account__is_active")
    return [
        {
            "id": one["id"],
            "name": one["name"],
            "login": one["os_login"],
            "account": one["account__login"],
            "account_open": one["account__is_active"],
            "grants": held.get(one["id"], []),
        }
        for one in people
    ]


def known_person(number: int) -> Person:
    """Return the person with this number; raises PersonUnknown."""
    found = Person.objects.filter(pk=number).first()
    if found is None:
        raise PersonUnknown(person=f"no. {number}")
    return found


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
