"""The person who acts: who it is, and what the grants of the day allow."""

import os
import pwd
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from bangfu.access.models import Grant, Person
from bangfu.access.roles import RIGHTS, Role
from bangfu.kernel.actors import Can
from bangfu.kernel.asking import asked_once
from bangfu.kernel.errors.access import NotYourName, PersonUnknown
from bangfu.kernel.home import Home
from bangfu.places.scope import COUNTRY, lineage

DEMO_CLERK = "李文员"
"""Who acts in a demonstration home when nobody is named."""


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A live grant: role, the place at the head of its subtree, and the household where it is about one alone.

    only  a token carries these of its rights alone; None: all
    """

    role: Role
    place: int
    household: int | None = None
    only: frozenset[Can] | None = None

    @property
    def rights(self) -> frozenset[Can]:
        """The rights of the role, as far as they are carried."""
        return RIGHTS[self.role] if self.only is None else RIGHTS[self.role] & self.only

    def below(self, place: int) -> "HeldGrant | None":
        """Return the grant as far as it holds in the subtree of a place; None where the two do not meet."""
        if place in (COUNTRY, self.place) or place in lineage(self.place):
            return self
        return replace(self, place=place) if self.place == COUNTRY or self.place in lineage(place) else None


@dataclass(frozen=True, slots=True)
class ActingPerson:
    """A person with the grants that are live on a day (操作人); serves as `kernel.actors.Actor`."""

    person_id: int
    name: str
    grants: tuple[HeldGrant, ...]

    @classmethod
    def of(cls, person: Person, on: date) -> "ActingPerson":
        """Load the person's grants that are live on the day, once."""
        live = Grant.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), person=person, from_on__lte=on)
        held = live.order_by("id").values_list("role", "place", "household")
        return cls(person.pk, person.name, tuple(HeldGrant(Role(role), place, about) for role, place, about in held))

    @property
    def own_households(self) -> frozenset[int]:
        """The households that the person is a member of (本户)."""
        return frozenset(grant.household for grant in self.grants if grant.household is not None)

    def narrowed(self, *, place: int, rights: frozenset[Can] | None) -> "ActingPerson":
        """Return the same person with no more than these rights below this place; never with more than before."""
        met = (grant.below(place) for grant in self.grants)
        carried = (replace(grant, only=rights) for grant in met if grant is not None)
        return replace(self, grants=tuple(grant for grant in carried if grant.rights))

    def may(self, permission: Can, place: int) -> bool:
        """Tell whether a live grant allows the right in the place with this number."""
        heads = {grant.place for grant in self.grants if permission in grant.rights}
        if COUNTRY in heads or place in heads:
            return True
        return bool(heads) and not heads.isdisjoint(lineage(place))


def acting(name: str | None = None, *, on: date | None = None) -> ActingPerson:
    """Return the person who acts here and now.

    In an office home that is whoever is logged in to the operating system; nobody else can be named.
    In a demonstration home it is the person named, or its clerk.

    name    whom a demonstration home should take; None for the usual one
    on      the day of the grants, today when None
    Raises  NotYourName, PersonUnknown
    """
    day = on or today()
    if Home.current().demo:
        wanted = name or DEMO_CLERK
        person = Person.objects.filter(name=wanted).first()
    else:
        wanted = login()
        if name is not None:
            raise NotYourName(login=wanted)
        person = Person.objects.filter(os_login=wanted).first()
    if person is None:
        raise PersonUnknown(person=wanted)
    return ActingPerson.of(person, day)


def login() -> str:
    """Return the operating system's account under which this process runs; the environment has no say in it."""
    return pwd.getpwuid(os.getuid()).pw_name


@asked_once
def today() -> date:
    """Return the day on which people act here: today in Beijing time, or the day of a demonstration."""
    return Home.current().today()
