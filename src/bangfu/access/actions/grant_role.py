"""Give a person a role in an area, between two days."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from bangfu.access.models import Grant, Person
from bangfu.access.roles import ADMINISTRATORS, Role
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_number
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.errors.access import OwnGrant, RolesApart, RoleUnknown
from bangfu.kernel.errors.register import PlaceUnknown
from bangfu.kernel.home import Home
from bangfu.places.scope import COUNTRY, chain_of, lineage

COLUMNS = ("id", "person_id", "role", "place", "household", "from_on", "to_on")


@transaction.atomic
def grant_role(*, by: Actor, person: Person, role: str, place: int, from_on: date, to_on: date | None = None) -> Grant:
    """Give the person a role in the subtree of a place (授权).

    A security administrator gives rights inside their own area only, never to themselves, and nobody
    holds an administrator's role beside another one.

    place   number of the place; 0 the whole country
    to_on   last day, None until somebody ends it
    Raises  NotPermitted, RoleUnknown, PlaceUnknown, OwnGrant, RolesApart
    """
    require(by, Can.GRANT, place)
    if by.person_id == person.pk:
        raise OwnGrant(actor=by.name)
    return record_grant(by=by, person=person, role=known_role(role), place=place, days=(from_on, to_on))


def known_role(role: str) -> Role:
    """Return the role of this word; raises RoleUnknown."""
    try:
        return Role(role)
    except ValueError:
        raise RoleUnknown(role=role, roles=", ".join(Role)) from None


def record_grant(
    *,
    by: Actor,
    person: Person,
    role: Role,
    place: int,
    days: tuple[date, date | None],
    household: int | None = None,
) -> Grant:
    """Write the grant and its event, inside the caller's transaction; asks no permission.

    household  the one household that a grant to its member is about
    """
    if place != COUNTRY and not lineage(place):
        raise PlaceUnknown(place=place)
    lock_chain(county := chain_of(place))
    Person.objects.select_for_update().get(pk=person.pk)
    number, (from_on, to_on) = next_number(Grant), days
    _keep_apart(person, role, from_on)
    row = (number, person.pk, role.value, place, household, from_on, to_on)
    event = append_event(
        by=by,
        county=county,
        action="grant.give",
        subject=f"person {person.pk}",
        body={"tables": {Grant._meta.db_table: commit_rows(Home.current().keys, COLUMNS, [row])}},
    )
    return Grant.objects.create(**dict(zip(COLUMNS, row, strict=True)), event=event)


def _keep_apart(person: Person, role: Role, from_on: date) -> None:
    running = Grant.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=from_on), person=person)
    for held in running.values_list("role", flat=True):
        if held != role and ADMINISTRATORS & {Role(held), role}:
            raise RolesApart(person=person.name, role=role.value, held=held)
