"""End a grant on a day."""

import json
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from bangfu.access.actions.grant_role import COLUMNS
from bangfu.access.models import Grant
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import canonical_row, commit_rows, replaced_rows
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.errors.access import GrantEnded
from bangfu.kernel.home import Home
from bangfu.places.scope import chain_of


@transaction.atomic
def end_grant(*, by: Actor, grant: int, last_on: date) -> Grant:
    """Let a grant end with a day (收回授权): the cadre moved, the tour is over.

    grant    number of the grant
    last_on  the last day on which it holds
    Raises   NotPermitted, GrantEnded when there is no such grant or it ends no later than that already
    """
    held = Grant.objects.filter(pk=grant).first()
    if held is None:
        raise GrantEnded(grant=grant)
    require(by, Can.GRANT, held.place)
    lock_chain(county := chain_of(held.place))
    held = Grant.objects.select_for_update().get(pk=grant)
    if held.to_on is not None and held.to_on <= last_on:
        raise GrantEnded(grant=grant)
    keys, table = Home.current().keys, Grant._meta.db_table
    promised = json.loads(held.event.body)["tables"][table]["columns"]  # a grant of an earlier version knew fewer
    before = replaced_rows(keys, [held.event_id], [held.pk], [canonical_row(_values(held, promised))])
    held.to_on = max(last_on, held.from_on)
    held.event = append_event(
        by=by,
        county=county,
        action="grant.end",
        subject=f"person {held.person_id}",
        body={"tables": {table: commit_rows(keys, COLUMNS, [_values(held, COLUMNS)])}, "replaced": {table: before}},
    )
    held.save(update_fields=["to_on", "event"])
    return held


def _values(grant: Grant, columns: Sequence[str]) -> tuple[object, ...]:
    return tuple(getattr(grant, column) for column in columns)
