"""Set up the first person of an office home."""

from datetime import date

from django.db import transaction

from bangfu.access.actions.add_person import record_person
from bangfu.access.actions.grant_role import record_grant
from bangfu.access.founding import Founder
from bangfu.access.models import Person
from bangfu.access.roles import Role
from bangfu.audit.actions import lock_chain
from bangfu.kernel.errors.access import AlreadyFounded, FoundingRefused
from bangfu.kernel.home import Home
from bangfu.places.scope import COUNTRY


@transaction.atomic
def found_office(*, name: str, os_login: str, on: date) -> Person:
    """Make one person security administrator of a new office home (首任安全管理员), once and on record.

    The administrator adds the others and gives them their roles; no right on the register comes with it.

    name      how messages and the audit log call the person
    os_login  the account of the operating system that speaks for the person
    on        first day of the grant
    Raises    FoundingRefused in a demonstration home, AlreadyFounded when the home has people
    """
    if Home.current().demo:
        raise FoundingRefused
    lock_chain(COUNTRY)
    if Person.objects.exists():
        raise AlreadyFounded
    person = record_person(by=Founder(), name=name, os_login=os_login)
    record_grant(by=Founder(), person=person, role=Role.SECURITY_ADMIN, place=COUNTRY, days=(on, None))
    return person
