"""My day (我的一天): what waits for the person who acts, and the numbers of their places."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext

from bangfu.access.acting import ActingPerson, today
from bangfu.access.policies import Request, signed_in
from bangfu.access.queries import rights_counted
from bangfu.access.scope import COUNTRY, scope_of
from bangfu.kernel.actors import Can
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text
from bangfu.places.scope import Scope
from bangfu.places.tree import Node, children_of, starts_of
from bangfu.snapshots.figures import periods
from bangfu.snapshots.models import Run
from bangfu.web.place_page import DEFAULT, Period, order
from bangfu.work.my_day import Waiting, collect

_HEADS_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits, as the page shows it; without an address it is told, not linked."""

    words: str
    address: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the way through a demonstration: what it is called, where it is, and its figure."""

    name: Text
    address: str
    figure: str = ""


@signed_in
def my_day(request: Request) -> HttpResponse:
    """Show what waits, the own household, the numbers of the own places, and in a demonstration where to look."""
    actor = request.actor
    scope = scope_of(actor, Can.READ_PLACES)
    starts = starts_of(scope)[:_HEADS_SHOWN] if scope.roots else []
    runs = periods() if starts else []
    shows: dict[str, Any] = {
        "today": today(),
        "waiting": [_item(one) for one in collect(actor)],
        "own_household": _address("own_household") if actor.own_households else "",
        "rights": rights_counted(actor, today()) if actor.may(Can.GRANT, COUNTRY) else None,
        "keeps_imports": bool(scope_of(actor, Can.STAGE_IMPORT).roots),
        "places": [_figures(start, runs, actor, scope) for start in starts] if runs else [],
        "starts": starts,
    }
    if Home.current().demo and runs:
        reads = actor.may(Can.READ_REGISTER, starts[0].number)
        tour = _tour(runs[0], Home.current(), starts[0], scope, get_language() or "", reads=reads)
        shows |= {"tour": tour, "reads": reads}
    return render(request, "web/my_day.html", shows)


def _item(waiting: Waiting) -> Item:
    spoken = get_language() or ""
    facts = {name: fact.say(spoken) if isinstance(fact, Text) else fact for name, fact in waiting.facts.items()}
    address = _address(waiting.route, **waiting.arguments)
    if address and waiting.query:
        address = f"{address}?{urlencode(waiting.query)}"
    return Item(gettext(waiting.message) % facts, address, waiting.due)


def _address(route: str, **arguments: object) -> str:
    """Return the address of a route; empty where the site has no such route."""
    try:
        return reverse(route, kwargs=arguments)
    except NoReverseMatch:
        return ""


def _figures(head: Node, runs: list[Run], actor: ActingPerson, scope: Scope) -> dict[str, Any]:
    """Return the key figures of a place in the latest period, beside the one before."""
    period = Period.of(runs[0], runs, Home.current(), scope, [head.number])
    return {"head": head, "period": period, "cards": period.cards(head, actor)}


@lru_cache(maxsize=64)
def _tour(run: Run, home: Home, start: Node, scope: Scope, spoken: str, *, reads: bool) -> tuple[Stop, ...]:
    """Return the way from a place down to where it is worst, and to the households there for who reads them.

    A run says the same for ever, so the way is found once for each start and language.
    """
    del spoken
    stops, node = [Stop(start.name, reverse("place", args=[start.code]))], start
    while below := children_of(scope, node.number, run.true_on):
        period = Period.of(run, [], home, scope, [child.number for child in below])
        chosen = period.indicators[DEFAULT]
        node = order(period, below, chosen, "-value")[0]
        stops.append(Stop(node.name, reverse("place", args=[node.code]), period.shown(node.number, chosen)))
    if reads:
        asked = urlencode({"place": node.code, "run": run.name, "outcome": "yes"})
        words = Text(zh="这里的贫困户，以及为什么", en="its poor households, and why")
        stops.append(Stop(words, f"{reverse('households')}?{asked}"))
    return tuple(stops)
