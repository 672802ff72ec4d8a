"""Households: who lives there, what they live on, what was decided and why (class D2, within the area)."""

from typing import Any, Final

from ninja import Query, Router

from bangfu.access.acting import today
from bangfu.access.policies import Request, needs
from bangfu.analysis.findings import outcome_of_number
from bangfu.api.household_schemas import FoundPage, HouseholdCard, HouseholdRow, HouseholdsWanted, Search
from bangfu.api.schemas import Number, Page, Paging, RunName, said
from bangfu.kernel.actors import Can
from bangfu.kernel.days import age_on
from bangfu.kernel.errors.evidence import HouseholdNotInRun, NothingToRun
from bangfu.kernel.home import Home
from bangfu.params import Parameters, load
from bangfu.registry.dossier import Facts, dossier
from bangfu.snapshots.lists import Asked, Selection, rows_told, selected
from bangfu.snapshots.queries import run_named
from bangfu.snapshots.reasons import reasons

router = Router(tags=["households"])

MEMBER_FIELDS: Final = ("relation", "sex", "education_level", "enrolment", "labour_capacity")
"""Coded facts of a member that helping the household needs (class D2)."""


@router.get("/households", response=Page[HouseholdRow])
@needs(Can.READ_REGISTER)
def households(request: Request, wanted: Query[HouseholdsWanted]) -> dict[str, Any]:
    """List the households of your area with what a run, or the latest one, found."""
    home = Home.current()
    asked = Asked(
        place="" if wanted.place is None else wanted.place, run=wanted.run, outcome=wanted.outcome or "", sort="number"
    )
    chosen = selected(request.scope, home, asked)
    if chosen.run is None:
        raise NothingToRun
    return _page(chosen, wanted, home)


@router.post("/households/search", response=FoundPage)
@needs(Can.READ_REGISTER)
def search(request: Request, asked: Search, wanted: Query[Paging]) -> dict[str, Any]:
    """Search households of your area; what is searched travels in the body and stands in no address."""
    home = Home.current()
    chosen = selected(request.scope, home, Asked(words=asked.term))
    return {**_page(chosen, wanted, home), "cut": chosen.cut}


@router.get("/households/{household}", response=HouseholdCard)
@needs(Can.READ_REGISTER)
def one_household(request: Request, household: Number, run: RunName | None = None) -> dict[str, Any]:
    """Show a household of your area: its members, its income by item, what a run decided and why."""
    found = dossier(request.scope, household)
    parameters = load()
    fields = parameters.fields["household"]
    _, income = found.income
    return {
        "household": found.household,
        "household_no": found.household_no,
        "village": found.village,
        "members": [_member(person, facts, parameters) for person, facts in found.members],
        "income": [
            {"item": item, "fen": fen, "title": said(fields[item].title)} for item, fen in sorted(income.items())
        ],
        "decision": _decision(request, household, run),
    }


def _page(chosen: Selection, wanted: Paging, home: Home) -> dict[str, Any]:
    """Return the wanted households with the names of heads and what the run found."""
    rows = rows_told(chosen.rows(min(wanted.offset, chosen.frame.height), wanted.limit), chosen.run, home)
    items = [
        {**row, "outcome": outcome_of_number(row.get("outcome")), "decided": bool(row.get("judged"))} for row in rows
    ]
    return {"count": chosen.frame.height, "limit": wanted.limit, "offset": wanted.offset, "items": items}


def _member(person: int, facts: Facts, parameters: Parameters) -> dict[str, Any]:
    coded: dict[str, Any] = {}
    for name in MEMBER_FIELDS:
        number: Any = facts.get(name)
        known = parameters.code_lists[str(parameters.fields["person"][name].codes)]
        coded[name] = {"number": number, "label": said(known.label(number))} if number in known.numbers else None
    return {"person": person, "name": facts.get("name"), "age": age_on(facts.get("born_on"), today()), **coded}


def _decision(request: Request, household: int, run: str | None) -> dict[str, Any] | None:
    try:
        made = reasons(run_named(run), Home.current(), request.scope, household)
    except (NothingToRun, HouseholdNotInRun):
        return None
    told = made.told
    criteria = [
        {
            "name": one.name,
            "title": said(one.title),
            "outcome": one.outcome,
            "decides": one.decides,
            "value": one.value,
            "threshold": one.threshold,
            "operator": one.operator,
            "sentence": said(one.sentence),
            "sources": list(dict.fromkeys(source["title"] for source in one.sources)),
        }
        for one in told.findings
    ]
    return {
        "run": made.run.name,
        "programme": said(told.programme),
        "on": told.on,
        "outcome": told.outcome,
        "reason": said(told.reason),
        "income": said(told.income),
        "criteria": criteria,
    }
