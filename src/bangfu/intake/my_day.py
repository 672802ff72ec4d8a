"""What waits of batches: those to approve as a second person, and the person's own that wait for one."""

import json
from datetime import timedelta
from typing import Final

from django.utils import timezone

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_of
from bangfu.intake.models import Batch, BatchState
from bangfu.kernel.actors import Can
from bangfu.kernel.texts import mark
from bangfu.work.my_day import Waiting

_LATELY_DAYS: Final = 14


def waiting(actor: ActingPerson) -> list[Waiting]:
    """Return the batches that the person may approve, and of the person's own those sent back and those that wait."""
    if not scope_of(actor, Can.APPROVE_IMPORT, Can.STAGE_IMPORT).roots:
        return []
    staged = Batch.objects.filter(state=BatchState.STAGED).values_list("maker_id", "heads")
    others = sum(1 for maker, heads in staged if maker != actor.person_id and _approvable(actor, heads))
    own = sum(1 for maker, _ in staged if maker == actor.person_id)
    lately = timezone.now() - timedelta(days=_LATELY_DAYS)
    back = Batch.objects.filter(state=BatchState.RETURNED, maker_id=actor.person_id, acted_at__gte=lately).count()
    told = (
        ("intake.approve", others, mark("%(count)s batches of ledgers wait for your approval")),
        ("intake.back", back, mark("%(count)s of your batches were sent back: read why, and import them again")),
        ("intake.own", own, mark("%(count)s of your batches wait for a second person")),
    )
    return [Waiting(kind, message, count, "imports", {"count": count}) for kind, count, message in told if count]


def _approvable(actor: ActingPerson, heads: str) -> bool:
    """Tell whether the person may approve in every county of a batch."""
    counties = [int(county) for county in json.loads(heads)]
    return bool(counties) and all(actor.may(Can.APPROVE_IMPORT, county) for county in counties)
