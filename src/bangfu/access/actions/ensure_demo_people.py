"""The people of a demonstration home."""

from datetime import date
from typing import Final

from django.db import transaction

from bangfu.access.acting import DEMO_CLERK, ActingPerson, login, today
from bangfu.access.actions.add_person import COLUMNS as PERSON_COLUMNS
from bangfu.access.actions.grant_role import COLUMNS as GRANT_COLUMNS
from bangfu.access.founding import Founder
from bangfu.access.models import Grant, Person
from bangfu.access.roles import Role
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_numbers
from bangfu.kernel.errors.access import NotYourName
from bangfu.kernel.home import Home
from bangfu.places.scope import COUNTRY

_SINCE: Final = date(2000, 1, 1)
_PEOPLE: Final[dict[str, tuple[str, tuple[Role, ...]]]] = {
    "clerk": (DEMO_CLERK, (Role.COUNTY_CLERK, Role.IMPORT_OPERATOR)),
    "approver": ("王审核", (Role.COUNTY_APPROVER,)),
    "analyst": ("赵分析", (Role.ANALYST,)),
    "inspector": ("孙督查", (Role.INSPECTOR,)),
    "auditor": ("陈审计", (Role.AUDITOR,)),
    "security": ("周管理", (Role.SECURITY_ADMIN,)),
    "second": ("宋审定", (Role.COUNTY_APPROVER,)),
    "town": ("马镇办", (Role.TOWN_CLERK,)),
    "village": ("刘村办", (Role.VILLAGE_CLERK,)),
}


def ensure_demo_people() -> dict[str, ActingPerson]:
    """Create the made-up people of a demonstration home where they are missing (演示人员).

    They hold their roles everywhere, so that one person at a keyboard can play both sides. Calling it
    again, or in two processes at once, changes nothing.

    Returns  the people by their part: clerk, approver, analyst, inspector, auditor, security, second (another
             approver), town and village (who keep the records of every town and village)
    Raises   NotYourName in an office home, which has real people only
    """
    if not Home.current().demo:
        raise NotYourName(login=login())
    if _missing():
        with transaction.atomic():
            lock_chain(COUNTRY)
            _create(_missing())
    by_name = {person.name: person for person in Person.objects.filter(name__in=_names())}
    return {part: ActingPerson.of(by_name[name], today()) for part, (name, _) in _PEOPLE.items()}


def _names() -> list[str]:
    return [name for name, _ in _PEOPLE.values()]


def _missing() -> dict[str, tuple[Role, ...]]:
    present = set(Person.objects.filter(name__in=_names()).values_list("name", flat=True))
    return {name: roles for name, roles in _PEOPLE.values() if name not in present}


def _create(missing: dict[str, tuple[Role, ...]]) -> None:
    """Write people and grants under one event, inside the caller's transaction."""
    if not missing:
        return
    numbers = dict(zip(missing, next_numbers(Person, len(missing)), strict=True))
    held = [(numbers[name], role) for name, roles in missing.items() for role in roles]
    people = [(number, name, None) for name, number in numbers.items()]
    grants = [
        (number, person, role.value, COUNTRY, None, _SINCE, None)
        for number, (person, role) in zip(next_numbers(Grant, len(held)), held, strict=True)
    ]
    keys = Home.current().keys
    tables = {
        Person._meta.db_table: commit_rows(keys, PERSON_COLUMNS, people),
        Grant._meta.db_table: commit_rows(keys, GRANT_COLUMNS, grants),
    }
    event = append_event(
        by=Founder(),
        county=COUNTRY,
        action="person.add_demo",
        subject=f"people {len(people)}",
        body={"tables": tables},
    )
    Person.objects.bulk_create(Person(**dict(zip(PERSON_COLUMNS, row, strict=True)), event=event) for row in people)
    Grant.objects.bulk_create(Grant(**dict(zip(GRANT_COLUMNS, row, strict=True)), event=event) for row in grants)
