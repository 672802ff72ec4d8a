"""Rounds of adjustment (动态调整): open one on a run, see who enters and leaves and why, take the list along."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bangfu.access.policies import Request, needs
from bangfu.access.scope import scope_of
from bangfu.decisions.models import RoundKind
from bangfu.decisions.proposing import LEAVES
from bangfu.decisions.rounds import CATEGORY_NAMES, KIND_NAMES, round_seen, rounds_seen, tally_of
from bangfu.kernel.actors import Can, require
from bangfu.kernel.home import Home
from bangfu.params import load
from bangfu.places.paths import paths_of
from bangfu.snapshots.queries import run_named, runs_listed
from bangfu.web.round_page import households_shown, places_offered, round_shown
from bangfu.work.actions.start_job import start_job


@needs(Can.READ_PLACES)
@require_safe
def rounds(request: Request) -> HttpResponse:
    """List the rounds of the person's counties, with the form for another one."""
    found = rounds_seen(request.scope)
    counties = paths_of({one.county for one in found})
    runs = runs_listed()
    wanted = request.GET.get("run", "")
    offered = places_offered(request.actor, runs[0], Home.current()) if runs else []
    titles = {name: one.title for name, one in load().programmes.items()}
    shown = {
        "rounds": [
            {
                "round": one,
                "kind": KIND_NAMES[RoundKind(one.kind)],
                "county": counties[one.county][-1].name if counties.get(one.county) else one.county,
                "programme": titles.get(one.programme, one.programme),
                "tally": tally_of(one),
            }
            for one in found
        ],
        "runs": [(one, titles.get(one.programme, one.programme), one.name == wanted) for one in runs],
        "places": offered,
        "kinds": list(KIND_NAMES.items()),
    }
    return render(request, "web/rounds.html", shown)


@needs(Can.OPEN_CASES)
@require_POST
def open_round(request: Request) -> HttpResponse:
    """Ask for a round on a run, as a job."""
    run, kind = run_named(request.POST.get("run", "")), request.POST.get("kind", "")
    offered = [number for number, _ in places_offered(request.actor, run, Home.current())]
    place = next((number for number in offered if str(number) == request.POST.get("place", "")), None)
    if place is None or kind not in RoundKind.values:
        raise Http404
    require(request.actor, Can.OPEN_CASES, place)
    wanted = {"run": run.name, "place": place, "kind": kind}
    subject = f"round {kind} {run.name} {place} of person {request.actor.person_id}"
    job = start_job(by=request.actor, kind="decisions.round", request=wanted, subject=subject, place=place)
    return redirect("job", name=job.pk)


@needs(Can.READ_PLACES)
@require_safe
def round_(request: Request, number: int) -> HttpResponse:
    """Show who enters, leaves and stays, by township and village, why, and how far the cases are."""
    shown = round_shown(round_seen(number, request.scope), request.scope, Home.current(), request.GET.get("town", ""))
    reads = bool(scope_of(request.actor, Can.READ_REGISTER).roots)
    return render(request, "web/round.html", shown | {"reads": reads})


@needs(Can.READ_REGISTER)
@require_safe
def round_households(request: Request, number: int) -> HttpResponse:
    """List the households of one category of a round, with why and with their case."""
    category, page = request.GET.get("category", LEAVES), request.GET.get("page", "")
    held = round_seen(number, request.scope)
    if category not in CATEGORY_NAMES:
        raise Http404
    asked = (category, request.GET.get("place", ""), _page(page))
    shown: dict[str, Any] = households_shown(held, request.scope, Home.current(), asked)
    return render(request, "web/round_households.html", shown)


@needs(Can.READ_REGISTER)
@require_POST
def export_round(request: Request, number: int) -> HttpResponse:
    """Have the list of a round written as a workbook, as a job."""
    held = round_seen(number, request.scope)
    subject = f"list of round {held.pk} for person {request.actor.person_id}"
    wanted = {"round": held.pk}
    job = start_job(by=request.actor, kind="decisions.round_list", request=wanted, subject=subject, place=held.county)
    return redirect("job", name=job.pk)


def _page(text: str) -> int:
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < len("1000000") else 1
