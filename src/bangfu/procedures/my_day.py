"""What waits of cases: the steps that are a person's to take, and the objections that they answer."""

from typing import Final

from bangfu.access.acting import ActingPerson, today
from bangfu.kernel.actors import Can
from bangfu.kernel.texts import mark
from bangfu.places.scope import COUNTRY
from bangfu.procedures.hearing import objections_unheard, objections_waiting
from bangfu.procedures.queries import waiting_for
from bangfu.work.my_day import Waiting

_UNHEARD: Final = {
    "town": mark("%(count)s objections wait for a town where nobody may hear them: give somebody its role"),
    "county": mark("%(count)s objections wait for a county where nobody may hear them: give somebody its role"),
    "city": mark("%(count)s objections wait for the city, where nobody may hear them: give somebody its role"),
    "province": mark("%(count)s objections wait for the province, where nobody may hear them: give somebody its role"),
}


def waiting(actor: ActingPerson) -> list[Waiting]:
    """Return one entry for each step that waits for the person, and one for the objections to answer."""
    found = [
        Waiting(
            kind=f"procedures.{one.course.version.procedure}.{one.step.order}",
            message=mark("%(procedure)s: %(step)s of %(count)s cases in %(places)s places"),
            count=one.count,
            route="cases",
            facts={
                "procedure": one.course.title,
                "step": one.step.title,
                "count": one.count,
                "places": one.places,
            },
            due=one.until,
        )
        for one in waiting_for(actor)
    ]
    count, due = objections_waiting(actor)
    if count:
        message = mark("%(count)s objections wait for your answer")
        found.append(Waiting("procedures.objections", message, count, "objections", {"count": count}, due=due))
    return found + _unheard(actor)


def _unheard(actor: ActingPerson) -> list[Waiting]:
    """Return an entry for each level at which objections wait that nobody may hear, for who gives roles everywhere."""
    counts = objections_unheard(today()) if actor.may(Can.GRANT, COUNTRY) else {}
    return [
        Waiting(f"procedures.unheard.{level}", _UNHEARD[level], count, "people", {"count": count})
        for level, count in sorted(counts.items())
    ]
