"""What may be done about a household from its page: doubts, the consent to look it up, cases that may be opened."""

from typing import Any

from bangfu.access.acting import ActingPerson, today
from bangfu.decisions.offers import CLUES, offers_for, unpublished
from bangfu.decisions.queries.authorisations import signed_since
from bangfu.decisions.queries.leads import leads_of_household
from bangfu.kernel.actors import Can
from bangfu.params import load
from bangfu.places.scope import chain_of
from bangfu.web.lead_words import kind_said, severity_said


def acts_of(actor: ActingPerson, household: int, village: int) -> dict[str, Any]:
    """Return the open doubts and the consent of a household for who may read it, and what else the person may do."""
    if not actor.may(Can.READ_REGISTER, village):
        return {}
    lines = leads_of_household(household, chain_of(village))
    shown: dict[str, Any] = {
        "doubts": [{"of": one, "kind": kind_said(one.kind), "severity": severity_said(one.severity)} for one in lines],
        "sees_doubts": True,
        "signed_since": signed_since(household),
        "acts_on": today(),
    }
    if actor.may(Can.HEAR_HOUSEHOLD, village):
        shown |= {"may_authorise": True, "signers": load().code_lists["relation"].entries}
    if not actor.may(Can.OPEN_CASES, village):
        return shown
    offered = offers_for(household)
    return shown | {
        "may_open": True,
        "offers": offered,
        "clues": CLUES,
        "monitors": any(one.proposal == "monitored" for one in offered),
        "classes": load().code_lists["monitored_class"].chosen_on(today()),
        "unpublished": unpublished(),
    }
