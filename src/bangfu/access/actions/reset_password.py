"""Give an account a new first password."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction

from bangfu.access.actions.close_account import open_account_of
from bangfu.access.actions.open_account import first_password
from bangfu.audit.actions import append_event, lock_chain
from bangfu.kernel.actors import Actor, Can, require
from bangfu.places.scope import COUNTRY


@transaction.atomic
def reset_password(*, by: Actor, login: str, second_factor: bool = False) -> str:
    """Return a new first password, shown once, for who forgot theirs (重置密码); every session of the account ends.

    by             needs the right to give grants
    second_factor  drop the second factor as well, for who lost the device; a new one is set up at sign-in
    Raises         NotPermitted, AccountUnknown
    """
    require(by, Can.GRANT, COUNTRY)
    lock_chain(COUNTRY)
    account = open_account_of(login)
    append_event(
        by=by,
        county=COUNTRY,
        action="account.password",
        subject=f"person {account.person_id}",
        body={"second_factor": second_factor},
    )
    password = first_password()
    account.password, account.first_password = make_password(password), True
    account.save(update_fields=["password", "first_password"])
    if second_factor:
        Authenticator.objects.filter(user_id=account.pk).delete()
    return password
