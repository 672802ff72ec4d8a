"""Settle a doubt: a person has looked into it."""

from typing import Final

from django.db import connection

from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import canonical_row, commit_rows, replaced_rows
from bangfu.kernel.actors import Actor
from bangfu.kernel.errors.comparisons import LeadSettled
from bangfu.kernel.home import Home
from bangfu.work.actions.open_leads import COLUMNS
from bangfu.work.models import Lead

LONGEST_OUTCOME: Final = 200


def settle_lead(*, by: Actor, number: int, state: Lead.State, outcome: str) -> Lead:
    """Note what became of a lead (疑点销号), inside the caller's transaction and under its permission.

    state    CONFIRMED or DISMISSED
    outcome  in a few words, without names or numbers of persons
    Raises   LeadSettled when it is not open any more
    """
    assert connection.in_atomic_block
    assert state != Lead.State.OPEN
    assert 0 < len(outcome) <= LONGEST_OUTCOME
    lock_chain(Lead.objects.values_list("county", flat=True).get(pk=number))
    lead = Lead.objects.select_for_update().get(pk=number)
    if lead.state != Lead.State.OPEN:
        raise LeadSettled(lead=number)
    keys, table = Home.current().keys, Lead._meta.db_table
    before = replaced_rows(keys, [lead.event_id], [lead.pk], [canonical_row(_values(lead))])
    lead.state, lead.outcome = state.value, outcome
    lead.event = append_event(
        by=by,
        county=lead.county,
        action="lead.settle",
        subject=f"lead {lead.pk}",
        body={"tables": {table: commit_rows(keys, COLUMNS, [_values(lead)])}, "replaced": {table: before}},
    )
    lead.save(update_fields=["state", "outcome", "event"])
    return lead


def _values(lead: Lead) -> tuple[object, ...]:
    return tuple(str(value) if isinstance(value, str) else value for value in (getattr(lead, name) for name in COLUMNS))
