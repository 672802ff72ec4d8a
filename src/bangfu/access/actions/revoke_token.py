"""Take a token back."""

from django.db import transaction

from bangfu.access.acting import today
from bangfu.access.actions.create_token import COLUMNS, committed
from bangfu.access.models import Token
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import canonical_row, commit_rows, replaced_rows
from bangfu.kernel.actors import Actor, Can
from bangfu.kernel.errors.access import TokenUnknown
from bangfu.kernel.home import Home
from bangfu.places.scope import COUNTRY


@transaction.atomic
def revoke_token(*, by: Actor, number: int) -> Token:
    """Take a token back at once (吊销接口令牌): one's own, or as security administrator anybody's.

    Raises  TokenUnknown when there is none, it was taken back already, or it is somebody else's
    """
    lock_chain(COUNTRY)
    token = Token.objects.select_for_update().filter(pk=number, revoked_on__isnull=True).first()
    if token is None or (token.person_id != by.person_id and not by.may(Can.GRANT, COUNTRY)):
        raise TokenUnknown(token=number)
    keys, table = Home.current().keys, Token._meta.db_table
    before = replaced_rows(keys, [token.event_id], [token.pk], [canonical_row(committed(token))])
    token.revoked_on = today()
    token.event = append_event(
        by=by,
        county=COUNTRY,
        action="token.revoke",
        subject=f"person {token.person_id}",
        body={"tables": {table: commit_rows(keys, COLUMNS, [committed(token)])}, "replaced": {table: before}},
    )
    token.save(update_fields=["revoked_on", "event"])
    return token
