"""What waits of batches: those to approve as a second person, and the person's own that wait for one."""

import json

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_of
from bangfu.intake.models import Batch, BatchState
from bangfu.kernel.actors import Can
from bangfu.kernel.texts import mark
from bangfu.work.my_day import Waiting


def waiting(actor: ActingPerson) -> list[Waiting]:
    """Return the staged batches that the person may approve, and those that the person staged."""
    if not scope_of(actor, Can.APPROVE_IMPORT, Can.STAGE_IMPORT).roots:
        return []
    staged = Batch.objects.filter(state=BatchState.STAGED).values_list("maker_id", "heads")
    own = sum(1 for maker, _ in staged if maker == actor.person_id)
    others = sum(1 for maker, heads in staged if maker != actor.person_id and _approvable(actor, heads))
    found = []
    if others:
        message = mark("%(count)s batches of ledgers wait for your approval")
        found.append(Waiting("intake.approve", message, others, "imports", {"count": others}))
    if own:
        message = mark("%(count)s of your batches wait for a second person")
        found.append(Waiting("intake.own", message, own, "imports", {"count": own}))
    return found


def _approvable(actor: ActingPerson, heads: str) -> bool:
    """Tell whether the person may approve in every county of a batch."""
    counties = [int(county) for county in json.loads(heads)]
    return bool(counties) and all(actor.may(Can.APPROVE_IMPORT, county) for county in counties)
