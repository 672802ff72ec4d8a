"""Close an account."""

from django.db import transaction

from bangfu.access.actions.open_account import COLUMNS
from bangfu.access.models import Account
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import canonical_row, commit_rows, replaced_rows
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.errors.access import AccountUnknown
from bangfu.kernel.home import Home
from bangfu.places.scope import COUNTRY


@transaction.atomic
def close_account(*, by: Actor, login: str) -> Account:
    """Close an account for good (注销账号): its sessions and its person's tokens end with the next request.

    by      needs the right to give grants
    Raises  NotPermitted, AccountUnknown when no open account has this login
    """
    require(by, Can.GRANT, COUNTRY)
    lock_chain(COUNTRY)
    account = open_account_of(login)
    keys, table = Home.current().keys, Account._meta.db_table
    before = replaced_rows(keys, [account.event_id], [account.pk], [canonical_row(_values(account))])
    account.is_active = False
    account.event = append_event(
        by=by,
        county=COUNTRY,
        action="account.close",
        subject=f"person {account.person_id}",
        body={"tables": {table: commit_rows(keys, COLUMNS, [_values(account)])}, "replaced": {table: before}},
    )
    account.save(update_fields=["is_active", "event"])
    return account


def open_account_of(login: str) -> Account:
    """Return the open account of this login, held until the transaction ends; raises AccountUnknown."""
    account = Account.objects.select_for_update().filter(login=login, is_active=True).first()
    if account is None:
        raise AccountUnknown(login=login)
    return account


def _values(account: Account) -> tuple[object, ...]:
    return tuple(getattr(account, column) for column in COLUMNS)
