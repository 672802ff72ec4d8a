"""Open the words of an objection, and note who did."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from bangfu.access.acting import ActingPerson
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.models import Event
from bangfu.procedures.hearing import Heard, objection_heard

ACTION: Final = "objection.read"


@transaction.atomic
def read_objection(*, by: ActingPerson, objection: int) -> Heard:
    """Open what somebody raised, for a person who answers it (查阅异议); noted in the audit chain once a day.

    Words and complainant are of the highest class: nobody else reads them, and who reads them is known.

    Raises  ObjectionUnknown
    """
    heard = objection_heard(by, objection)
    county, subject = heard.objection.county, f"objection {objection}"
    begun = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    lock_chain(county)
    mine = Event.objects.filter(action=ACTION, actor_id=by.person_id, subject=subject, at__gte=begun)
    if not mine.exists():
        append_event(by=by, county=county, action=ACTION, subject=subject, body={"who": heard.who is not None})
    return heard
