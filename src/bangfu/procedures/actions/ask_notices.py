"""Have the notices of a place set on paper."""

from bangfu.kernel.actors import Actor, Can, require
from bangfu.places.models import Place
from bangfu.procedures.printing import KIND
from bangfu.work.actions.start_job import start_job
from bangfu.work.models import Job


def ask_notices(*, by: Actor, place: Place, address: str) -> Job:
    """Have every notice that hangs in a place and below it set in one file, as a job (批量打印公示).

    by       needs the right to post notices at the place
    address  where anybody objects without an account; it stands on each
    Raises   NotPermitted
    """
    require(by, Can.POST_NOTICES, place.number)
    return start_job(
        by=by,
        kind=KIND,
        request={"place": place.number, "name": place.name, "address": address},
        subject=f"notices {place.number} for person {by.person_id}",
        place=place.number,
    )
