"""Who acts at the command line."""

from datetime import date

from django.db import transaction

from bangfu.access.acting import ActingPerson, acting
from bangfu.access.actions.add_person import record_person
from bangfu.access.actions.ensure_demo_people import ensure_demo_people
from bangfu.access.actions.grant_role import record_grant
from bangfu.access.founding import Founder
from bangfu.access.models import Person
from bangfu.access.roles import Role
from bangfu.kernel.home import Home
from bangfu.places.scope import COUNTRY

_SINCE = date(2000, 1, 1)
_ROLES = {"clerk": (Role.COUNTY_CLERK, Role.IMPORT_OPERATOR), "approver": (Role.COUNTY_APPROVER,)}


def person(name: str | None, part: str = "clerk") -> ActingPerson:
    """Return who acts: in an office home the system account, in a demonstration home whoever is named.

    A demonstration plays with made-up people, so a name that it has not met joins in the part asked for.

    name  a person, or one of the parts clerk, approver, analyst, inspector, auditor
    part  whose part is played when nobody is named
    """
    if not Home.current().demo:
        return acting(name)
    known = ensure_demo_people()
    wanted = name or part
    if wanted in known:
        return known[wanted]
    with transaction.atomic():
        found = Person.objects.filter(name=wanted).first()
        if found is None:
            found = record_person(by=Founder(), name=wanted, os_login=None)
            for role in _ROLES[part]:
                record_grant(by=Founder(), person=found, role=role, place=COUNTRY, days=(_SINCE, None))
    return acting(wanted)
