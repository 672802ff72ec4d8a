"""Take back what was done in one go: the acts of one entry of the chain, all of them or none."""

from django.db import transaction

from bangfu.access.acting import ActingPerson
from bangfu.kernel.errors.procedures import ActStands
from bangfu.procedures.actions.undo_act import undo_act
from bangfu.procedures.models import Act


@transaction.atomic
def undo_acts(*, by: ActingPerson, county: int, event: int, reason: str) -> int:
    """Put the cases of a person's acts of one entry back to where they stood (撤销办理).

    by      the person who did them
    county  on whose chain the entry stands
    event   the number of the entry
    Returns how many cases stand again where they stood
    Raises  ActStands, NotPermitted, ReasonNeeded, CaseOpenAlready
    """
    mine = Act.objects.filter(county=county, person_id=by.person_id, event_id=event).order_by("id")
    acts = list(mine.values_list("pk", flat=True))
    if not acts:
        raise ActStands
    return sum(undo_act(by=by, act=act, reason=reason).standings.count() for act in acts)
