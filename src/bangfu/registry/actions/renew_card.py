"""Issue a household's card anew."""

from typing import Final

from django.db import transaction

from bangfu.access.acting import today
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_number
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.home import Home
from bangfu.places.scope import Scope, chain_of
from bangfu.registry.card_codes import issue_of
from bangfu.registry.directory import home_of
from bangfu.registry.models import CardIssue

_COLUMNS: Final = ("id", "county", "household_id", "issue", "issued_on")


@transaction.atomic
def renew_card(*, by: Actor, scope: Scope, household: int) -> CardIssue:
    """Let the codes of all earlier cards of a household open nothing any more (换发明白卡), because one was lost.

    by      needs the right to keep the register in the household's village
    scope   where the person reads the register
    Raises  HouseholdUnknown, NotPermitted
    """
    village = home_of(scope, household)["village"]
    require(by, Can.STAGE_IMPORT, village)
    county = chain_of(village)
    lock_chain(county)
    row = (next_number(CardIssue), county, household, issue_of(household) + 1, today())
    event = append_event(
        by=by,
        county=county,
        action="card.renew",
        subject=f"household {household}",
        body={"tables": {CardIssue._meta.db_table: commit_rows(Home.current().keys, _COLUMNS, [row])}},
    )
    return CardIssue.objects.create(**dict(zip(_COLUMNS, row, strict=True)), event=event)
