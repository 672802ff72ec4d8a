"""What waits of cases: the steps that are a person's to take, and the objections that they answer."""

from bangfu.access.acting import ActingPerson
from bangfu.kernel.texts import mark
from bangfu.procedures.hearing import objections_waiting
from bangfu.procedures.queries import waiting_for
from bangfu.work.my_day import Waiting


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
    return found
