"""Objecting (提出异议): to a line of a notice or about anything of a village; by anybody, or by a clerk for others."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from bangfu.access.acting import today
from bangfu.access.actions.count_attempt import count_attempts, forget_attempts
from bangfu.access.founding import Visitor
from bangfu.access.policies import Request, needs, public
from bangfu.access.refusals import status_of
from bangfu.kernel.actors import Actor, Can
from bangfu.kernel.codes import Level
from bangfu.kernel.errors import BangfuError
from bangfu.kernel.errors.procedures import NoticeUnknown, ObjectionUnknown
from bangfu.kernel.texts import mark
from bangfu.kernel.translation import say
from bangfu.places.scope import Scope
from bangfu.procedures.actions.raise_objection import LONGEST, LONGEST_NAME, Complaint, appeal, raise_objection
from bangfu.procedures.answering import programme_answering
from bangfu.procedures.boards import Hung, hung_notice, notices_of, told_all
from bangfu.procedures.models import Channel, Objection
from bangfu.procedures.receipts import asked, office_of, spaced, typed_receipt
from bangfu.web.doors import RECEIPT_FROM, address_of, count_words, new_sheet, sheet_of
from bangfu.web.views.notices import EVERYWHERE, chosen_place, way_down

ABOUT: Final = {
    "village": mark("the village: its committee or team"),
    "town": mark("the township"),
    "county": mark("the county"),
}
"""Whom a complaint may be about; it is answered one level above."""
_MOST_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class Desk:
    """Where something is raised: by whom, by which way, and the places that exist there."""

    by: Actor
    channel: Channel
    scope: Scope
    route: str


@public
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: Request) -> HttpResponse:
    """Let anybody object to a line of a hanging notice, or complain about anything of a village."""
    return _desk(request, Desk(Visitor(), Channel.PUBLIC, EVERYWHERE, "object_to"))


@needs(Can.OPEN_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def new_objection(request: Request) -> HttpResponse:
    """Let a clerk take down what somebody says who came to the office."""
    return _desk(request, Desk(request.actor, Channel.CLERK, request.scope, "new_objection"))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: Request) -> HttpResponse:
    """Tell who holds a receipt where it stands; nothing of it is in an address."""
    typed = request.POST.get("receipt", "")
    if request.method != "POST":
        return render(request, "web/receipt.html", {"sheet": new_sheet()})
    if not typed_receipt(typed):
        return render(request, "web/receipt.html", {"wrong": True}, status=400)
    return _asked(request, typed)


@public
@require_POST
def appeal_answer(request: Request) -> HttpResponse:
    """Take an answer to the next level, for who holds the receipt."""
    typed, words = request.POST.get("receipt", ""), request.POST.get("words", "")
    if not typed_receipt(typed):
        return render(request, "web/receipt.html", {"wrong": True}, status=400)
    try:
        tries = count_attempts({RECEIPT_FROM: address_of(request)})
        first = typed_receipt(typed)
        found = asked(first, today())
        forget_attempts(tries)
        programme = programme_answering(found.place, found.case, today())
        made = appeal(by=Visitor(), receipt=first, words=words, programme=programme)
    except ObjectionUnknown:
        return render(request, "web/receipt.html", {"wrong": True, "typed": typed}, status=400)
    except BangfuError as error:
        shows = {"problem": in_words(error), "typed": typed, "words": words}
        return render(request, "web/receipt.html", shows, status=status_of(error))
    return given(request, made)


def given(request: Request, made: Objection) -> HttpResponse:
    """Show the receipt of what was raised: to be written down, photographed or printed."""
    shows = {"made": made, "receipt": spaced(made.receipt), "office": office_of(made.place, made.level)}
    return render(request, "web/receipt_given.html", shows)


def in_words(error: BangfuError) -> str:
    """Return an error as a villager reads it: its sentence without its code."""
    return say(error.message, error.facts, get_language())


def _asked(request: Request, typed: str) -> HttpResponse:
    try:
        tries = count_attempts({RECEIPT_FROM: address_of(request)})
        found = asked(typed, today())
    except ObjectionUnknown:
        return render(request, "web/receipt.html", {"wrong": True, "typed": typed}, status=400)
    except BangfuError as error:
        problem = {"problem": in_words(error), "typed": typed}
        return render(request, "web/receipt.html", problem, status=status_of(error))
    forget_attempts(tries)
    return render(request, "web/receipt.html", {"asked": found, "typed": found.receipt})


def _desk(request: Request, desk: Desk) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    if sent.get("notice"):
        hung = _hanging(sent["notice"], desk)
        shows: dict[str, Any] = {
            "hung": hung,
            "line": sent.get("line", ""),
            "village": office_of(hung.notice.place, "village"),
        }
        place = hung.notice.place
    else:
        node = chosen_place(sent.get("place", ""), desk.scope)
        shows = way_down(node, desk.scope)
        if node is None or node.level != Level.VILLAGE:
            return render(request, "web/object.html", shows | {"desk": desk}, status=_status(request))
        hanging, _ = notices_of(node.number, today(), None)
        shows |= {"hanging": told_all(hanging, hangs=True), "about": _about(sent.get("about", ""))}
        place = node.number
    shows |= {"desk": desk, "sheet": sheet_of(request) or new_sheet(), "longest": LONGEST, "longest_name": LONGEST_NAME}
    if request.method != "POST":
        return render(request, "web/object.html", shows)
    return _raised(request, desk, place, shows)


def _raised(request: Request, desk: Desk, place: int, shows: dict[str, Any]) -> HttpResponse:
    words, who = request.POST.get("words", ""), request.POST.get("who", "")
    shows |= {"words": words[:LONGEST], "who": who[:LONGEST_NAME]}
    case, status = _case_of(shows, request.POST.get("line", "")), 400
    if "hung" in shows and case is None:
        return render(request, "web/object.html", shows | {"no_line": True}, status=status)
    if not words.strip():
        return render(request, "web/object.html", shows | {"no_words": True}, status=status)
    about = request.POST.get("about", "")
    complaint = Complaint(
        place=place,
        words=words,
        who=who,
        case=case,
        about=about if about in ABOUT else "village",
        channel=desk.channel,
        sheet=sheet_of(request),
    )
    try:
        if desk.channel == Channel.PUBLIC:
            count_words(request, place)
        programme = programme_answering(place, case, today())
        made = raise_objection(by=desk.by, complaint=complaint, programme=programme)
    except BangfuError as error:
        problem = in_words(error)
        return render(request, "web/object.html", shows | {"problem": problem}, status=status_of(error))
    return given(request, made)


def _hanging(number: str, desk: Desk) -> Hung:
    """Return a notice that hangs now, in a place that exists for the desk; raises NoticeUnknown."""
    whole = int(number) if number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS else 0
    hung = hung_notice(whole, today(), None)
    if not desk.scope.contains(hung.notice.place):
        raise NoticeUnknown(notice=whole)
    return hung


def _case_of(shows: dict[str, Any], line: str) -> int | None:
    """Return the case behind the line that was chosen; the page never says its number."""
    if "hung" not in shows:
        return None
    return next((one.case for one in shows["hung"].lines if str(one.number) == line), None)


def _about(chosen: str) -> list[tuple[str, str, bool]]:
    return [(name, words, name == (chosen or "village")) for name, words in ABOUT.items()]


def _status(request: Request) -> int:
    return 400 if request.method == "POST" else 200
