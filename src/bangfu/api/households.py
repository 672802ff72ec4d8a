"""Households: who lives there, what they live on, what was decided and why (class D2, within the area)."""

from typing import Any

from django.http import Http404
from ninja import Query, Router

from bangfu.access.acting import today
from bangfu.access.policies import Request, needs
from bangfu.analysis.explanation import explain
from bangfu.analysis.findings import outcome_of_number
from bangfu.api.household_schemas import Found, HouseholdCard, HouseholdRow, HouseholdsWanted, Search
from bangfu.api.schemas import Number, Page, Paging, RunName, page, said
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.evidence import NothingToRun
from bangfu.kernel.home import Home
from bangfu.params import Parameters, load
from bangfu.places.queries import resolve
from bangfu.registry import cards
from bangfu.snapshots import tables
from bangfu.snapshots.laws import parameters_of
from bangfu.snapshots.queries import run_manifest, run_named

router = Router(tags=["households"])


@router.get("/households", response=Page[HouseholdRow])
@needs(Can.READ_REGISTER)
def households(request: Request, wanted: Query[HouseholdsWanted]) -> dict[str, Any]:
    """List the households of your area in a run, or in the latest one."""
    if wanted.place is not None:
        resolve(request.scope, wanted.place)
    made, home = run_named(wanted.run), Home.current()
    found = page(tables.households(made, home, request.scope, place=wanted.place, outcome=wanted.outcome), wanted)
    shown = {row["household"]: row for row in found["items"]}
    named = cards.headings(request.scope, list(shown))
    names = {row["household"]: row for row in named.select("household", "household_no", "head").to_dicts()}
    unnamed = {"household_no": None, "head": None}
    for number, row in shown.items():
        row.update(names.get(number, unnamed), outcome=outcome_of_number(row["outcome"]))
    return found


@router.post("/households/search", response=Page[Found])
@needs(Can.READ_REGISTER)
def search(request: Request, asked: Search, wanted: Query[Paging]) -> dict[str, Any]:
    """Search households of your area; what is searched travels in the body and stands in no address."""
    found = page(cards.search(request.scope, asked.term), wanted)
    return {**found, "items": cards.headings(request.scope, found["items"]).to_dicts()}


@router.get("/households/{household}", response=HouseholdCard)
@needs(Can.READ_REGISTER)
def one_household(request: Request, household: Number, run: RunName | None = None) -> dict[str, Any]:
    """Show a household of your area: its members, its income by item, what a run decided and why."""
    card = cards.card(request.scope, household, today())
    if card is None:
        raise Http404
    parameters = load()
    fields = parameters.fields["household"]
    return {
        "household": card.household,
        "household_no": card.household_no,
        "village": card.village,
        "members": [_member(member, parameters) for member in card.members],
        "income": [{**row, "title": said(fields[row["item"]].title)} for row in card.income],
        "decision": _decision(request, household, run),
    }


def _member(member: dict[str, Any], parameters: Parameters) -> dict[str, Any]:
    coded = {}
    for name in cards.MEMBER_FIELDS:
        number, codes = member[name], parameters.fields["person"][name].codes
        known = number is not None and number in parameters.code_lists[str(codes)].numbers
        label = parameters.code_lists[str(codes)].label(number) if known else None
        coded[name] = {"number": number, "label": said(label)} if label else None
    return {**member, **coded}


def _decision(request: Request, household: int, run: str | None) -> dict[str, Any] | None:
    home = Home.current()
    try:
        made = run_named(run)
    except NothingToRun:
        return None
    row = tables.household_row(made, home, request.scope, household)
    if row is None:
        return None
    manifest = run_manifest(made, home)
    told = explain(row, manifest["findings"], parameters_of(home, manifest["parameters_sha256"]))
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
        "run": made.name,
        "programme": said(told.programme),
        "on": told.on,
        "outcome": told.outcome,
        "reason": said(told.reason),
        "income": said(told.income),
        "criteria": criteria,
    }
