"""Add a person who works with the system."""

from django.db import transaction

from bangfu.access.models import Person
from bangfu.audit.actions import append_event
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_number
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.errors.access import PersonExists
from bangfu.kernel.home import Home
from bangfu.places.scope import COUNTRY

COLUMNS = ("id", "name", "os_login")


@transaction.atomic
def add_person(*, by: Actor, name: str, os_login: str | None = None) -> Person:
    """Add a person, who may do nothing until a grant says so (登记工作人员).

    name      how messages and the audit log call the person, one person one name
    os_login  the account of the operating system that speaks for the person in an office home
    Raises    NotPermitted, PersonExists
    """
    require(by, Can.GRANT, COUNTRY)
    return record_person(by=by, name=name.strip(), os_login=os_login)


def record_person(*, by: Actor, name: str, os_login: str | None) -> Person:
    """Write the person and the event, inside the caller's transaction; asks no permission."""
    number = next_number(Person)
    taken = Person.objects.filter(name=name)
    if taken.exists() or (os_login and Person.objects.filter(os_login=os_login).exists()):
        raise PersonExists(person=name)
    promise = commit_rows(Home.current().keys, COLUMNS, [(number, name, os_login)])
    event = append_event(
        by=by,
        county=COUNTRY,
        action="person.add",
        subject=f"person {number}",
        body={"tables": {Person._meta.db_table: promise}},
    )
    return Person.objects.create(id=number, name=name, os_login=os_login, event=event)
