"""Open an account with which a person signs in to the pages."""

import secrets

from django.contrib.auth.hashers import make_password
from django.db import transaction

from bangfu.access.models import Account, Person
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_number
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.errors.access import AccountExists
from bangfu.kernel.home import Home
from bangfu.places.scope import COUNTRY

COLUMNS = ("id", "login", "person_id", "is_active")
_FIRST_PASSWORD_BYTES = 15


@transaction.atomic
def open_account(*, by: Actor, person: Person, login: str) -> str:
    """Open an account for the person and return its first password (开通账号), which is shown once and never again.

    The person changes it at the first sign-in and sets up a second factor; rights come from grants alone.

    by      needs the right to give grants
    login   the name typed at the sign-in page, one login one account
    Raises  NotPermitted, AccountExists
    """
    require(by, Can.GRANT, COUNTRY)
    lock_chain(COUNTRY)
    if Account.objects.filter(login=login).exists() or Account.objects.filter(person=person).exists():
        raise AccountExists(login=login)
    row = (next_number(Account), login, person.pk, True)
    event = append_event(
        by=by,
        county=COUNTRY,
        action="account.open",
        subject=f"person {person.pk}",
        body={"tables": {Account._meta.db_table: commit_rows(Home.current().keys, COLUMNS, [row])}},
    )
    password = first_password()
    Account.objects.create(**dict(zip(COLUMNS, row, strict=True)), password=make_password(password), event=event)
    return password


def first_password() -> str:
    """Return a password that nobody had before."""
    return secrets.token_urlsafe(_FIRST_PASSWORD_BYTES)
