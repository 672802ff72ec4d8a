"""Places (区划): the tree with its figures, a map and a table at each place, down to the village."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from bangfu.access.policies import Request, needs
from bangfu.kernel.actors import Can
from bangfu.kernel.codes import Level
from bangfu.kernel.home import Home
from bangfu.kernel.texts import mark
from bangfu.params import Indicator, load
from bangfu.places.scope import chain_of
from bangfu.places.tree import Node, children_of, line_to, node_at, outlines_of, starts_of
from bangfu.registry.villages import village_facts
from bangfu.snapshots.figures import periods, village_findings
from bangfu.snapshots.models import Run
from bangfu.web.figures import PER_CENT, shown, unit_of
from bangfu.web.maps import draw, shade
from bangfu.web.place_exit_page import exit_seen
from bangfu.web.place_page import DEFAULT, Choice, Heading, Period, Row, columns_of, order, sorts_of

LEVEL_NAMES: Final = {
    Level.PROVINCE: mark("province"),
    Level.CITY: mark("prefecture"),
    Level.COUNTY: mark("county"),
    Level.TOWN: mark("township"),
    Level.VILLAGE: mark("village"),
}


@needs(Can.READ_PLACES)
def places(request: Request) -> HttpResponse:
    """Lead to where the person's places begin, or list them when there are several."""
    starts = starts_of(request.scope)
    if len(starts) == 1:
        return redirect("place", code=starts[0].code)
    listed = [(start, gettext(LEVEL_NAMES[start.level])) for start in starts]
    return render(request, "web/places.html", {"places": listed})


@needs(Can.READ_PLACES)
def place(request: Request, code: str) -> HttpResponse:
    """Show a place: key figures, map and table of the places below it, or what is known of a village."""
    home, runs = Home.current(), periods()
    node = node_at(request.scope, code)
    run = next((one for one in runs if one.name == request.GET.get("run")), runs[0] if runs else None)
    below = children_of(request.scope, node.number, run.true_on if run else None)
    shows: dict[str, Any] = {
        "place": node,
        "level": gettext(LEVEL_NAMES[node.level]),
        "line": line_to(request.scope, node.number)[:-1],
        "has_below": bool(below),
        "run": run,
    }
    if run is None:
        shows["below"] = below
        return render(request, "web/place.html", shows)
    period = Period.of(run, runs, home, request.scope, [node.number, *(child.number for child in below)])
    shows |= {"period": period, "cards": period.cards(node, request.actor), "periods": _choices(runs, run)}
    shows |= _below(request, period, node, below)
    if node.level is Level.VILLAGE:
        shows |= _village(request, period, node)
    shows["exit"] = exit_seen(request.actor, run, node, home)
    return render(request, "web/place.html", shows)


def _choices(runs: Sequence[Run], chosen: Run) -> list[tuple[Any, list[tuple[Run, bool]]]]:
    """Return the periods to choose from, by programme; the run is the chosen one or not."""
    programmes = load().programmes
    found: dict[str, list[tuple[Run, bool]]] = {}
    for run in runs:
        found.setdefault(run.programme, []).append((run, run.name == chosen.name))
    return [(programmes[name].title if name in programmes else name, some) for name, some in found.items()]


def _below(request: Request, period: Period, node: Node, below: Sequence[Node]) -> dict[str, Any]:
    """Return the map and the table of the places below, both of the chosen indicator and in one order."""
    told = period.now.get(node.number, {})
    indicators = [one for name, one in period.indicators.items() if name in told]
    chosen = next((one for one in indicators if one.name == request.GET.get("indicator")), None)
    chosen = chosen or period.indicators[DEFAULT]
    sort = request.GET.get("sort", "")
    if sort.removeprefix("-") not in sorts_of(period, chosen):
        sort = "value" if chosen.direction == "up" else "-value"
    asked = {name: request.GET[name] for name in ("indicator", "sort", "run") if name in request.GET}
    choice = Choice(asked.get("indicator", ""), asked.get("sort", ""), asked.get("run", ""))
    columns = columns_of(period, chosen)
    onward = choice.query(sort="")
    rows = [
        _row(period, one, columns, reverse("place", args=[one.code]) + (onward if len(onward) > 1 else ""))
        for one in order(period, below, chosen, sort)
    ]
    return {
        "indicators": indicators,
        "chosen": chosen,
        "unit": unit_of(chosen),
        "headings": _headings(period, columns, choice, sort),
        "rows": rows,
        "whole": _row(period, node, columns, ""),
        "map": _map(period, rows, chosen),
    }


def _row(period: Period, node: Node, columns: Sequence[Indicator], address: str) -> Row:
    cells = tuple(shown(one, period.number(node.number, one)) for one in columns)
    return Row(node, address, cells, period.changed(node.number, columns[0], bare=True))


def _headings(period: Period, columns: Sequence[Indicator], choice: Choice, sort: str) -> list[Heading]:
    titles: dict[str, Any] = {"place": gettext("Place"), "value": columns[0].title}
    if period.before:
        points = columns[0].unit == PER_CENT
        titles["change"] = gettext("Rise or fall (points)") if points else gettext("Rise or fall")
    titles |= {one.name: one.title for one in columns[1:]}
    key, down = sort.removeprefix("-"), sort.startswith("-")
    headings = []
    for name, title in titles.items():
        turned = f"-{name}" if (name == key and not down) or (name not in {key, "place"}) else name
        state = ("descending" if down else "ascending") if name == key else ""
        headings.append(Heading(title, choice.query(sort=turned), state))
    return headings


def _map(period: Period, rows: Sequence[Row], chosen: Indicator) -> dict[str, Any] | None:
    """Return the drawing of the places of a table, each with its shade; None while no outline is known."""
    drawing = draw(outlines_of(row.place.number for row in rows))
    if drawing is None:
        return None
    shades, steps = shade({row.place.number: period.number(row.place.number, chosen) for row in rows})
    shapes = drawing.shapes
    drawn = [(row, shapes[row.place.number], shades[row.place.number]) for row in rows if row.place.number in shapes]
    legend = [(step.shade, shown(chosen, step.low), shown(chosen, step.high), step.count) for step in steps]
    return {
        "drawing": drawing,
        "shapes": drawn,
        "legend": legend,
        "unknown": sum(1 for _, _, tone in drawn if tone is None),
    }


def _village(request: Request, period: Period, node: Node) -> dict[str, Any]:
    """Return what is known of a village: recorded facts, and what the criteria of villages found."""
    county = chain_of(node.number)
    return {
        "facts": village_facts(request.scope, node.number, period.run.true_on),
        "findings": village_findings(period.run, period.home, request.scope, node.number, county),
    }
