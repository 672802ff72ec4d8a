"""Cases (办理事项): what waits for whom, the work sheet of a place at a step, one case and its path."""

from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.access.acting import today
from bangfu.access.policies import Request, needs
from bangfu.access.scope import scope_of
from bangfu.decisions.offers import unpublished
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.procedures import ProcedureError
from bangfu.kernel.translation import say
from bangfu.params import Step
from bangfu.procedures.actions.undo_acts import undo_acts
from bangfu.procedures.course import RIGHTS, Course
from bangfu.procedures.queues import queues_of, stands_of, waiting_in
from bangfu.web.case_acts import Outcome, carry_out, done_already, twice_said
from bangfu.web.case_form import Typed
from bangfu.web.case_page import case_seen
from bangfu.web.case_queues import queue_shown
from bangfu.web.case_sheet import Asked, Sheet, address_of_sheet
from bangfu.web.sheet_page import sheet_shown

SEES: Final = (Can.READ_REGISTER, *RIGHTS)
"""Who sees where cases stand: who reads the register, and who takes a step of any."""


@needs(*SEES)
@require_safe
def cases(request: Request) -> HttpResponse:
    """Show what waits for the person by procedure and step, and where all cases of their places stand."""
    on = today()
    shown = {
        "today": on,
        "queues": [queue_shown(request.actor, queue, on) for queue in queues_of(request.actor, on)],
        "stands": [(course, _strip(course, counts)) for course, counts in stands_of(waiting_in(request.scope))],
        "may_open": bool(scope_of(request.actor, Can.OPEN_CASES).roots),
        "unpublished": unpublished(),
        "sees_rounds": bool(scope_of(request.actor, Can.READ_PLACES).roots),
    }
    return render(request, "web/cases.html", shown)


@needs(*SEES)
@require_http_methods(["GET", "HEAD", "POST"])
def case_sheet(request: Request) -> HttpResponse:
    """Show the cases of a place that wait for a step, and take it, send them back or end them."""
    asked = Asked.of(request.GET, request.scope)
    if request.method != "POST":
        return _sheet(request, asked)
    typed = Typed.of(request.POST)
    sheet = Sheet(request.actor, request.scope, asked, today(), typed)
    if not sheet.may:
        raise PermissionDenied
    outcome = carry_out(sheet, typed, request.scope)
    if outcome.wrong:
        return _sheet(request, asked, typed, outcome)
    return _on(request, outcome, asked.address())


@needs(*SEES)
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: Request, number: int) -> HttpResponse:
    """Show one case: its path through the law's steps, what comes next, and the form for it."""
    seen = case_seen(request.actor, request.scope, number, today())
    if request.method != "POST":
        return render(request, "web/case.html", seen.shown())
    typed = Typed.of(request.POST)
    sheet = seen.sheet(typed)
    if sheet is None:
        if done_already(request.actor, typed):
            messages.success(request, twice_said())
        else:
            messages.error(request, gettext("This case has ended; nothing more is done in it."))
        return redirect("case", number=number)
    if not sheet.may:
        raise PermissionDenied
    outcome = carry_out(sheet, typed, request.scope)
    if outcome.wrong:
        return render(request, "web/case.html", seen.shown(typed, outcome), status=outcome.status)
    return _on(request, outcome, reverse("case", args=[number]))


@needs(*RIGHTS)
@require_POST
def undo(request: Request) -> HttpResponse:
    """Take back what the person did in one go, with a reason."""
    county, event = (_number(request.POST.get(name, "")) for name in ("county", "event"))
    try:
        count = undo_acts(by=request.actor, county=county, event=event, reason=request.POST.get("reason", ""))
    except ProcedureError as error:
        messages.error(request, say(error, language=get_language()))
    else:
        messages.success(request, gettext("Taken back: %(count)s cases stand where they stood.") % {"count": count})
    return redirect(_back(request))


def _sheet(request: Request, asked: Asked, typed: Typed | None = None, outcome: Outcome | None = None) -> HttpResponse:
    sheet = Sheet(request.actor, request.scope, asked, today(), typed)
    status = outcome.status if outcome else HTTPStatus.OK
    return render(request, "web/case_sheet.html", sheet_shown(sheet, outcome), status=status)


def _on(request: Request, outcome: Outcome, address: str) -> HttpResponse:
    if outcome.job:
        return redirect("job", name=outcome.job)
    messages.success(request, outcome.told)
    return redirect(address)


def _strip(course: Course, counts: dict[int, int]) -> list[tuple[Step, int, str, bool]]:
    return [(step, counts[step.order], address_of_sheet(course, step, ""), False) for step in course.steps]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(1 << 60)) else -1


def _back(request: Request) -> str:
    wanted = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if inside and wanted.startswith("/") else reverse("cases")
