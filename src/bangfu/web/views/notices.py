"""Notices (公示公告): what hangs on the board of a village, for anybody; taken down by itself after its last day."""

import hashlib
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from bangfu.access.acting import ActingPerson, today
from bangfu.access.actions.count_attempt import count_attempts
from bangfu.access.policies import Request, needs, public
from bangfu.documents.paper import notice_pdf
from bangfu.kernel.actors import Can
from bangfu.kernel.codes import Level
from bangfu.kernel.errors.register import PlaceUnknown
from bangfu.places.paths import paths_of
from bangfu.places.queries import resolve
from bangfu.places.scope import Scope
from bangfu.places.tree import Node, children_of, line_to, node_at, starts_of
from bangfu.procedures.actions.ask_notices import ask_notices
from bangfu.procedures.boards import Hung, Line, hanging_counts, hung_notice, notices_of, told_all
from bangfu.procedures.levels import ABOVE
from bangfu.procedures.printing import paper_of
from bangfu.procedures.receipts import office_of
from bangfu.web.doors import PAPERS_FROM, address_of

_PAIR: Final = 50
"""How many lines stand on one printed page, in two blocks across."""
_LONGEST_CODE: Final = 20
_PAPER_KEPT_S: Final = 3600
_KEY_SIGNS: Final = 16
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
        shows |= {"hanging": told_all(hanging, hangs=True), "taken_down": told_all(taken_down, hangs=False)}
    else:
        counts = hanging_counts([below.number for below in shows["below"]], today())
        shows["below"] = [(below, counts[below.number]) for below in shows["below"]]
    reader: ActingPerson | None = request.actor
    shows["may_print"] = bool(node and reader and reader.may(Can.POST_NOTICES, node.number))
    return render(request, "web/notices.html", shows)


@public
@require_safe
def notice(request: Request, number: int) -> HttpResponse:
    """Show one notice as it hangs, on the screen and on paper."""
    hung = hung_notice(number, today(), request.actor)
    return render(request, "web/notice.html", told_notice(request, hung))


@public
@require_safe
def pdf(request: Request, number: int) -> HttpResponse:
    """Give one notice as it is printed; set once in a while and kept, for setting costs more than reading."""
    hung = hung_notice(number, today(), request.actor)
    language = "en" if (get_language() or "").startswith("en") else "zh"
    address = _objecting_at(request)
    lines = hashlib.sha256(repr([line.number for line in hung.lines]).encode()).hexdigest()[:_KEY_SIGNS]
    key = f"paper:{number}:{hung.notice.head}:{lines}:{language}:{address}"
    paper: bytes | None = cache.get(key)
    if paper is None:
        count_attempts({PAPERS_FROM: address_of(request)})
        paper = notice_pdf(paper_of(hung, address, language))
        cache.set(key, paper, _PAPER_KEPT_S)
    shown = {"Content-Disposition": f'inline; filename="notice-{number}.pdf"'}
    return HttpResponse(paper, content_type="application/pdf", headers=shown)


@needs(Can.POST_NOTICES)
@require_POST
def print_all(request: Request) -> HttpResponse:
    """Have every notice that hangs in a place set in one file, as a job."""
    node = chosen_place(request.POST.get("place", ""), request.scope)
    if node is None:
        raise PlaceUnknown(place="")
    place = resolve(request.scope, node.number)
    made = ask_notices(by=request.actor, place=place, address=_objecting_at(request))
    return redirect("job", name=made.pk)


def _objecting_at(request: Request) -> str:
    return request.build_absolute_uri(reverse("object_to"))


def told_notice(request: Request, hung: Hung) -> dict[str, Any]:
    """Return what the page of a notice shows."""
    place = hung.notice.place
    path = paths_of([place]).get(place, ())
    return {
        "hung": hung,
        "early": not hung.hangs and today() <= hung.notice.until,
        "path": path,
        "village": path[-1] if path else None,
        "pairs": pairs_of(hung.lines),
        "address": _objecting_at(request),
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
