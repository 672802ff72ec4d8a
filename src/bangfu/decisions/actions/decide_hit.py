"""Decide a hit: keep, propose removal, or dismiss the doubt."""

from typing import Final

from django.db import transaction

from bangfu.access.acting import ActingPerson, today
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_number
from bangfu.decisions.models import Disposition, Hearing, Hit
from bangfu.decisions.queries.hits import hit_seen
from bangfu.decisions.words import checked_words
from bangfu.kernel.actors import Can, require
from bangfu.kernel.errors.access import OwnWork
from bangfu.kernel.errors.comparisons import HitDecided, HouseholdNotHeard
from bangfu.kernel.home import Home
from bangfu.work.actions.settle_lead import settle_lead
from bangfu.work.models import Lead

_COLUMNS: Final = ("id", "county", "hit_id", "outcome", "decided_on", "reason", "maker_id", "person_id")


@transaction.atomic
def decide_hit(*, by: ActingPerson, hit: int, outcome: Disposition.Outcome, reason: str) -> Disposition:
    """Record what a person decides about a hit, and settle its lead (处理比对疑点). No status changes.

    From `remove_proposed` a case may be opened, which goes its own way through the steps; the household goes on
    being helped until that is decided. Somebody who may lack help cannot be proposed for removal.

    by       needs the right to decide hits in the county, and is not who handed the list in
    reason   why, in words, without numbers of persons
    Raises   NotPermitted, HitUnknown, OwnWork, HitDecided, WordsMissing; HouseholdNotHeard when removal is proposed
             and the household was not heard
    """
    found = hit_seen(by, hit, Can.DECIDE_HIT)
    row = found.hit
    require(by, Can.DECIDE_HIT, found.place)
    why = checked_words(reason)
    maker = row.comparison.person_id
    if by.person_id == maker:
        raise OwnWork(actor=by.name, subject=f"hit {hit}")
    lock_chain(row.county)
    if Disposition.objects.filter(hit_id=hit).exists():
        raise HitDecided(hit=hit)
    removal = outcome == Disposition.Outcome.REMOVE_PROPOSED
    if removal and (row.severity == Hit.Severity.HELP or not Hearing.objects.filter(hit_id=hit).exists()):
        raise HouseholdNotHeard(hit=hit)
    keys = Home.current().keys
    values = (next_number(Disposition), row.county, hit, outcome.value, today(), why, maker, by.person_id)
    event = append_event(
        by=by,
        county=row.county,
        action="hit.decide",
        subject=f"hit {hit}",
        body={
            "outcome": outcome.value,
            "tables": {Disposition._meta.db_table: commit_rows(keys, _COLUMNS, [values])},
        },
    )
    made = Disposition.objects.create(**dict(zip(_COLUMNS, values, strict=True)), event=event)
    state = Lead.State.DISMISSED if outcome == Disposition.Outcome.DISMISSED else Lead.State.CONFIRMED
    settle_lead(by=by, number=row.lead_id, state=state, outcome=outcome.value)
    return made
