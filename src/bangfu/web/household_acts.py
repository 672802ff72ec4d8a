"""What may be done about a household from its page: its open doubts, and the cases that may be opened."""

from typing import Any

from bangfu.access.acting import ActingPerson, today
from bangfu.decisions.offers import CLUES, offers_for
from bangfu.decisions.queries.leads import leads_of_household
from bangfu.kernel.actors import Can
from bangfu.params import load
from bangfu.places.scope import chain_of
from bangfu.web.lead_words import kind_said, severity_said


def acts_of(actor: ActingPerson, household: int, village: int) -> dict[str, Any]:
    """Return the open doubts about a household for who may read it, and what may be opened for who may open cases."""
    if not actor.may(Can.READ_REGISTER, village):
        return {}
    lines = leads_of_household(household, chain_of(village))
    shown = [{"of": one, "kind": kind_said(one.kind), "severity": severity_said(one.severity)} for one in lines]
    if not actor.may(Can.OPEN_CASES, village):
        return {"doubts": shown, "sees_doubts": True}
    offered = offers_for(household)
    return {
        "doubts": shown,
        "sees_doubts": True,
        "may_open": True,
        "offers": offered,
        "clues": CLUES,
        "monitors": any(one.proposal == "monitored" for one in offered),
        "classes": load().code_lists["monitored_class"].entries,
        "acts_on": today(),
    }
