"""One household: its page with the reason for the decision, the card, the handbook, and masked values opened."""

from dataclasses import replace
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangfu.access.acting import today
from bangfu.access.field_classes import sights_of
from bangfu.access.policies import Request, needs
from bangfu.intake.queries import Source, sources_of
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.evidence import HouseholdNotInRun, NothingToRun
from bangfu.kernel.home import Home
from bangfu.params import load
from bangfu.places.paths import Step, paths_of
from bangfu.places.scope import Scope
from bangfu.registry.actions.reveal_identity import REASONS, Subject, reveal, reveals_today
from bangfu.registry.card_codes import card_code, card_number
from bangfu.registry.directory import home_of, numbers_of
from bangfu.registry.dossier import Dossier, dossier
from bangfu.snapshots.queries import run_named, runs_listed
from bangfu.snapshots.reasons import Reasons, reasons
from bangfu.web.case_page import paths_about
from bangfu.web.case_plain import plain_case
from bangfu.web.household_acts import acts_of
from bangfu.web.household_page import Portrait, changes_seen, conditions, income_of
from bangfu.web.timeline import Reader, timeline

_NEAR: Final = 2
"""How many places of a path stand for the household's own: village and town."""


@needs(Can.READ_REGISTER)
def household(request: Request, number: int) -> HttpResponse:
    """Show a household of the reader's area."""
    return render(request, "web/household.html", _page(request, request.scope, number))


@needs(Can.READ_REGISTER)
def card(request: Request, number: int) -> HttpResponse:
    """Show the household card (明白卡), to be printed and hung up: no digit of a number of anybody."""
    return render(request, "web/card.html", _carded(request, number))


@needs(Can.READ_REGISTER)
def handbook(request: Request, number: int) -> HttpResponse:
    """Show the page of the handbook (扶贫手册) that stays with the household."""
    return render(request, "web/handbook.html", _carded(request, number))


@needs(Can.READ_REGISTER)
def changes(request: Request, number: int) -> HttpResponse:
    """Show which recorded facts would change the result: judged after the page, which need not wait for it."""
    return _changes(request, number)


@needs(Can.READ_OWN)
def own_changes(request: Request) -> HttpResponse:
    """Show members of a household which recorded facts would change their own result."""
    return _changes(request, _own(request))


@needs(Can.READ_OWN)
def own_household(request: Request) -> HttpResponse:
    """Show members of a household their own page, with everything that is recorded of them."""
    return render(request, "web/household.html", _page(request, request.scope, _own(request)) | {"own": True})


@needs(Can.READ_OWN)
def own_card(request: Request) -> HttpResponse:
    """Show members of a household their own card."""
    return render(request, "web/card.html", _carded(request, _own(request)) | {"own": True})


@needs(Can.READ_OWN)
def own_handbook(request: Request) -> HttpResponse:
    """Show members of a household their own page of the handbook."""
    return render(request, "web/handbook.html", _carded(request, _own(request)) | {"own": True})


@require_POST
@needs(Can.READ_REGISTER)
def reveal_values(request: Request, number: int) -> HttpResponse:
    """Open the masked values of a member or the household, show them once, and note it in the audit chain."""
    member, reason = request.POST.get("person", ""), request.POST.get("reason", "")
    subject = Subject("person", int(member)) if member.isdecimal() else Subject("household", number)
    code = int(reason) if reason.isascii() and reason.isdigit() else -1
    values = reveal(by=request.actor, scope=request.scope, household=number, subject=subject, reason=code)
    fields = load().fields["person" if subject.kind == "person" else "household"]
    shown = [(fields[name].title, value) for name, value in values.items()]
    return render(
        request,
        "web/household.html",
        _page(request, request.scope, number)
        | {
            "opened": {"person": subject.number if subject.kind == "person" else None, "values": shown},
        },
    )


def _own(request: Request) -> int:
    """Return the household that the person belongs to, whatever the address says."""
    own = sorted(request.actor.own_households)
    if not own:
        raise Http404
    return own[0]


def _carded(request: Request, number: int) -> dict[str, Any]:
    """Return what stands on card and handbook: for who hands them out, and for the household, with the card's code."""
    context = _told(request, request.scope, number)
    found = context["household"].of
    keeps = request.actor.may(Can.STAGE_IMPORT, found.village)
    if keeps or number in request.actor.own_households:
        context["code"] = card_code(Home.current().keys, number)
        context["card_number"] = card_number(number, found.household_no)
        context["door"] = request.build_absolute_uri(reverse("card_door"))
    return context | {"may_renew": keeps}


def _told(request: Request, scope: Scope, number: int) -> dict[str, Any]:
    home, parameters = Home.current(), load()
    found = dossier(scope, number)
    sights = sights_of(request.actor, found.village, number)
    portrait = Portrait(found, sights, parameters, home.keys, today())
    why = _why(request.GET.get("run"), home, scope, number)
    context: dict[str, Any] = {
        "household": portrait,
        "path": paths_of([found.village]).get(found.village, ()),
        "why": why,
        "cause": portrait.fact("main_cause"),
        "measures": portrait.fact("measures"),
        "today": today(),
    }
    if why is not None:
        context |= {"income": income_of(why, parameters), "conditions": conditions(why)}
    return context


def _page(request: Request, scope: Scope, number: int) -> dict[str, Any]:
    """Return what the page shows beside what stands on paper: history and sources."""
    context = _told(request, scope, number)
    portrait: Portrait = context["household"]
    found, sights, parameters = portrait.of, portrait.sights, portrait.parameters
    context |= {
        "history": timeline(Reader(found, sights, parameters, portrait.on, numbers_of(scope, found.others))),
        "sources": _sources(found, context["path"], own=number in request.actor.own_households),
        "reveals_left": max(sights.reveals - reveals_today(request.actor), 0) if sights.reveals else None,
        "reveal_reasons": parameters.code_lists[REASONS].entries,
        "runs": runs_listed(),
        "ended": not portrait.members and any(entry.topic == "membership" for entry in found.entries),
        "may_correct": request.actor.may(Can.STAGE_IMPORT, found.village),
        "cases": [plain_case(one, today()) for one in paths_about(scope, found.county, number, today())],
    }
    if number not in request.actor.own_households:
        context |= acts_of(request.actor, number, found.village)
    return context


def _changes(request: Request, number: int) -> HttpResponse:
    village = home_of(request.scope, number)["village"]
    why = _why(request.GET.get("run"), Home.current(), request.scope, number)
    if why is None:
        raise Http404
    seen, unseen = changes_seen(why, sights_of(request.actor, village, number), load())
    shows = {"changes": seen, "changes_unseen": unseen, "missing": why.firm.missing}
    return render(request, "web/household_changes.html", shows)


def _sources(found: Dossier, path: tuple[Step, ...], *, own: bool) -> list[Source]:
    """Return the batches behind the dossier, of their files those of the household's town or village by name.

    A file of another place is nobody's business here, and a household learns of batches only.
    """
    near = [step.name.zh for step in path[-_NEAR:]]
    sources = sources_of(act.subject for act in found.acts.values())
    return [
        replace(one, files=() if own else tuple(file for file in one.files if any(name in file for name in near)))
        for one in sources
    ]


def _why(name: str | None, home: Home, scope: Scope, number: int) -> Reasons | None:
    """Return the reasons of the run asked for, else of the latest; None where no run has the household."""
    try:
        return reasons(run_named(name or None), home, scope, number)
    except (NothingToRun, HouseholdNotInRun):
        return None
