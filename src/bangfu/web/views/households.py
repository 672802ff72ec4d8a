"""Lists of households: filters in the address, searches under an opaque number, both to be kept and shared."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST
from django_htmx.http import push_url

from bangfu.access.policies import Request, needs
from bangfu.kernel.actors import Can
from bangfu.kernel.asking import asking
from bangfu.kernel.codes import Level
from bangfu.kernel.home import Home
from bangfu.kernel.status import STATUS_NAMES
from bangfu.kernel.texts import Text
from bangfu.params import Parameters, load
from bangfu.places.paths import Step, paths_of
from bangfu.places.queries import resolve
from bangfu.places.scope import Scope
from bangfu.registry.actions.keep_search import forget_search, keep_search
from bangfu.registry.masking import words
from bangfu.registry.saved_searches import Kept, search_named, searches_of
from bangfu.snapshots.lists import REGISTERED, Listing, listing
from bangfu.snapshots.queries import runs_listed
from bangfu.web.household_filters import COLUMNS, Filters, page_of

LONGEST_SEARCH: Final = 100
_NEAR: Final = 2
_TITLES: Final = {
    "members": gettext_lazy("Members"),
    "income": gettext_lazy("Income per head (yuan)"),
    "outcome": gettext_lazy("Outcome"),
    "status": gettext_lazy("Status"),
}
_SORTS: Final = {
    "number": gettext_lazy("Household number"),
    "income": gettext_lazy("Income per head, lowest first"),
    "members": gettext_lazy("Members, most first"),
}
_STATUSES: Final[dict[int | str, Text]] = {
    REGISTERED: Text(zh="未脱贫的建档立卡贫困户", en="registered as poor, not exited"),
    **{kind.value: title for kind, title in STATUS_NAMES.items()},
}
_OUTCOMES: Final = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no"), "unknown": gettext_lazy("unknown")}


@needs(Can.READ_REGISTER)
def households(request: Request) -> HttpResponse:
    """Show the households of the reader's area that the filters of the address leave."""
    return _list(request, Filters.of(request.GET))


@needs(Can.READ_REGISTER)
def kept_households(request: Request, number: str) -> HttpResponse:
    """Show what a kept search finds in the reader's own area."""
    kept = search_named(number, request.actor, Home.current().keys)
    if kept is None:
        raise Http404
    given = Filters.of(request.GET)
    return _list(request, given if request.GET.keys() - {"page"} else Filters.stored(kept.filters), kept)


@require_POST
@needs(Can.READ_REGISTER)
def search_households(request: Request) -> HttpResponse:
    """Keep what was typed under an opaque number and show what it finds: no personal word stands in an address."""
    return _keep(request, name="")


@require_POST
@needs(Can.READ_REGISTER)
def keep_households(request: Request) -> HttpResponse:
    """Keep the search and filters under the name that the reader gave."""
    name = request.POST.get("name", "").strip()
    if not name:
        messages.error(request, gettext("Give the search a name to keep it."))
    return _keep(request, name)


@require_POST
@needs(Can.READ_REGISTER)
def forget_households(request: Request, number: str) -> HttpResponse:
    """Delete a search of the reader's own."""
    if not forget_search(by=request.actor, number=number):
        raise Http404
    messages.success(request, gettext("The saved search was deleted."))
    return redirect("households")


def _keep(request: Request, name: str) -> HttpResponse:
    keys, filters = Home.current().keys, Filters.of(request.POST)
    typed = request.POST.get("q")
    earlier = search_named(request.POST.get("search", ""), request.actor, keys)
    sought = (earlier.words if earlier else "") if typed is None else typed.strip()[:LONGEST_SEARCH]
    if not sought and not name:
        return redirect(f"/households/?{filters.address()}")
    number = keep_search(by=request.actor, words=sought, filters=filters.plain(), name=name, keys=keys)
    if name or "HX-Request" not in request.headers:
        return redirect("kept_households", number=number)
    here = reverse("kept_households", args=[number])  # with script, one way to the server and back is enough
    with asking():
        return push_url(_list(request, filters, search_named(number, request.actor, keys), here), here)


def _list(request: Request, filters: Filters, kept: Kept | None = None, here: str = "") -> HttpResponse:
    home = Home.current()
    found = listing(request.scope, home, filters.asked(kept.words if kept else ""), page_of(request.GET))
    parameters = load()
    context = {
        "here": here,
        "filters": filters,
        "kept": kept,
        "found": found,
        "place_path": _path(request.scope, filters.place),
        "rows": [_cells(row, filters, parameters) for row in found.rows],
        "titles": [(name, _title(name, parameters)) for name in filters.columns],
        "choices": _choices(filters, found, parameters),
        "searches": searches_of(request.actor, home.keys),
        "earlier": filters.address() + f"&page={found.page - 1}" if found.page > 1 else None,
        "later": filters.address() + f"&page={found.page + 1}" if found.page < found.pages else None,
    }
    return render(request, "web/households.html", context)


def _path(scope: Scope, code: str) -> tuple[Step, ...]:
    if not code:
        return ()
    number = resolve(scope, code).number
    return paths_of([number])[number]


def _choices(filters: Filters, found: Listing, parameters: Parameters) -> dict[str, Any]:
    """Return what each filter can be, with what is chosen."""
    return {
        "run": [(run.name, run, run == found.run) for run in runs_listed()],
        "outcome": [(name, title, name == filters.outcome) for name, title in _OUTCOMES.items()],
        "gap": [(name, title, name == filters.gap) for name, title in found.criteria.items()],
        "status": [(value, title, value == filters.status) for value, title in _STATUSES.items()],
        "sort": [(name, title, name == filters.sort) for name, title in _SORTS.items()],
        "column": [(name, _title(name, parameters), name in filters.columns) for name in COLUMNS],
    }


def _title(name: str, parameters: Parameters) -> Any:
    return str(_TITLES[name]) if name in _TITLES else parameters.fields["household"][name].title


def _cells(row: dict[str, Any], filters: Filters, parameters: Parameters) -> dict[str, Any]:
    """Return a row with its town and village and its chosen cells, each a pair of what it is and its value."""
    values = {
        "members": row.get("persons"),
        "income": row.get("income_pc_fen"),
        "outcome": row.get("outcome") if row.get("judged") else "none",
        "status": [STATUS_NAMES[kind] for kind in (row["status"], row["monitoring"]) if kind is not None],
    }
    fields = parameters.fields["household"]
    for name, value in row["facts"].items():
        values[name] = None if value is None else words(fields[name], value, parameters)
    near = [step for step in row["path"][-_NEAR:] if step.level > Level.COUNTY]
    address = reverse("household", args=[row["household"]]) + (
        f"?{urlencode({'run': filters.run})}" if filters.run else ""
    )
    cells = [(name, values.get(name)) for name in filters.columns]
    return {**row, "address": address, "near": near, "cells": cells}
