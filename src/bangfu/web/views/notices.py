"""Notices (公示公告): what hangs on the board of a village, for anybody; taken down by itself after its last day."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bangfu.access.acting import today
from bangfu.access.policies import Request, public
from bangfu.kernel.codes import Level
from bangfu.kernel.errors.register import PlaceUnknown
from bangfu.places.paths import paths_of
from bangfu.places.scope import Scope
from bangfu.places.tree import Node, children_of, line_to, node_at, starts_of
from bangfu.procedures.boards import Hung, Line, hanging_counts, hung_notice, notices_of, told
from bangfu.procedures.levels import ABOVE
from bangfu.procedures.receipts import office_of

_PAIR: Final = 50
"""How many lines stand on one printed page, in two blocks across."""
_LONGEST_CODE: Final = 20
EVERYWHERE: Final = Scope.everywhere()
"""Places and their names are public."""


@public
@require_safe
def notices(request: Request) -> HttpResponse:
    """Choose a village, and show what hangs there."""
    node = chosen_place(request.GET.get("place", ""))
    shows = way_down(node)
    if node is not None and node.level == Level.VILLAGE:
        hanging, taken_down = notices_of(node.number, today(), request.actor)
        shows |= {
            "hanging": [told(one, hangs=True) for one in hanging],
            "taken_down": [told(one, hangs=False) for one in taken_down],
        }
    else:
        counts = hanging_counts([below.number for below in shows["below"]], today())
        shows["below"] = [(below, counts[below.number]) for below in shows["below"]]
    return render(request, "web/notices.html", shows)


@public
@require_safe
def notice(request: Request, number: int) -> HttpResponse:
    """Show one notice as it hangs, on the screen and on paper."""
    hung = hung_notice(number, today(), request.actor)
    return render(request, "web/notice.html", told_notice(request, hung))


def told_notice(request: Request, hung: Hung) -> dict[str, Any]:
    """Return what the page of a notice shows."""
    place = hung.notice.place
    path = paths_of([place]).get(place, ())
    return {
        "hung": hung,
        "path": path,
        "village": path[-1] if path else None,
        "pairs": pairs_of(hung.lines),
        "address": request.build_absolute_uri(reverse("object_to")),
        "office": office_of(place, ABOVE[hung.step.level]),
    }


def pairs_of(lines: tuple[Line, ...]) -> list[tuple[tuple[Line, ...], ...]]:
    """Return the lines page by page, each page as its left and its right block."""
    pages = [lines[start : start + _PAIR] for start in range(0, len(lines), _PAIR)]
    halves = [(page[: (len(page) + 1) // 2], page[(len(page) + 1) // 2 :]) for page in pages]
    return [tuple(half for half in pair if half) for pair in halves]


def chosen_place(code: str, scope: Scope = EVERYWHERE) -> Node | None:
    """Return the place that an address names, else where the tree begins; None where it begins in several places.

    Raises  PlaceUnknown
    """
    if code:
        if len(code) > _LONGEST_CODE or not code.isascii() or not code.isalnum():
            raise PlaceUnknown(place="")
        return node_at(scope, code)
    starts = starts_of(scope)
    return starts[0] if len(starts) == 1 else None


def way_down(node: Node | None, scope: Scope = EVERYWHERE) -> dict[str, Any]:
    """Return what leads down to a village: the place, those above it, those below it."""
    if node is None:
        return {"place": None, "line": [], "below": starts_of(scope)}
    return {"place": node, "line": line_to(scope, node.number)[:-1], "below": children_of(scope, node.number)}
