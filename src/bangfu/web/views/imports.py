"""Imports (导入): hand in ledgers, look at what they would change, approve, send back, undo."""

from typing import Any, Final

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.access.policies import Request, needs
from bangfu.access.scope import scope_of
from bangfu.intake import queries
from bangfu.intake.actions.hand_in import approve_batch, ask_undo, hand_in
from bangfu.intake.actions.return_batch import LONGEST_REASON, return_batch
from bangfu.intake.models import STATE_NAMES, BatchState
from bangfu.intake.uploads import LARGEST, MOST_FILES
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.inputs import InputError
from bangfu.kernel.home import Home
from bangfu.kernel.translation import say
from bangfu.web.batch_page import batch_shown, returned_workbooks, standing
from bangfu.web.views.jobs import handed_out

RIGHTS: Final = (Can.STAGE_IMPORT, Can.APPROVE_IMPORT, Can.UNDO_IMPORT)
_A_PAGE: Final = 30
_MEGABYTE: Final = 1 << 20


@needs(*RIGHTS)
@require_safe
def imports(request: Request) -> HttpResponse:
    """Show the batches of the area by state, the latest first."""
    state = request.GET.get("state", "")
    state = state if state in BatchState.values else ""
    page = _page(request)
    found = queries.batches_seen(request.actor, request.scope, state or None, page * _A_PAGE, _A_PAGE + 1)
    counts = queries.batch_counts(request.actor, request.scope)
    states = [
        {"value": one, "name": STATE_NAMES[BatchState(one)], "count": counts[one]} for one in counts if counts[one]
    ]
    return render(
        request,
        "web/imports.html",
        {
            "batches": [(batch, standing(batch)) for batch in found[:_A_PAGE]],
            "states": states,
            "state": state,
            "all": sum(counts.values()),
            "page": page,
            "more": len(found) > _A_PAGE,
            "may_stage": bool(scope_of(request.actor, Can.STAGE_IMPORT).roots),
            "may_read": bool(scope_of(request.actor, Can.READ_REGISTER).roots),
        },
    )


@needs(Can.STAGE_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: Request) -> HttpResponse:
    """Hand in files; they are read as a job."""
    limits = {"most": MOST_FILES, "megabytes": LARGEST // _MEGABYTE}
    if request.method != "POST":
        return render(request, "web/import_new.html", limits)
    files = request.FILES.getlist("files")
    try:
        job = hand_in(by=request.actor, files=files, home=Home.current())
    except InputError as error:
        wrong = say(error, language=get_language()).partition(" ")[2] if files else ""
        return render(request, "web/import_new.html", limits | {"wrong": wrong, "none": not files}, status=400)
    return redirect("job", name=job.pk)


@needs(*RIGHTS)
@require_safe
def batch(request: Request, number: int) -> HttpResponse:
    """Show a batch: how it was read, problems first, each changed cell, what is new; and what may be done with it."""
    found = queries.batch_seen(number, request.actor, request.scope)
    shown = batch_shown(found, request.actor, request.GET.get("show", ""), _page(request))
    return render(request, "web/batch.html", shown | {"longest_reason": LONGEST_REASON})


@needs(Can.APPROVE_IMPORT)
@require_POST
def approve(request: Request, number: int) -> HttpResponse:
    """Approve a batch as the second person; it is applied as a job."""
    queries.batch_seen(number, request.actor, request.scope)
    job = approve_batch(by=request.actor, number=number, seen=request.POST.get("seen", ""))
    return redirect("job", name=job.pk)


@needs(*RIGHTS)
@require_POST
def send_back(request: Request, number: int) -> HttpResponse:
    """Send a batch back with a reason, or take one's own back."""
    queries.batch_seen(number, request.actor, request.scope)
    return_batch(by=request.actor, number=number, reason=request.POST.get("reason", ""))
    return redirect("batch", number=number)


@needs(Can.UNDO_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: Request, number: int) -> HttpResponse:
    """Tell what would no longer count, and undo it once that is confirmed."""
    found = queries.batch_seen(number, request.actor, request.scope)
    if request.method == "POST":
        return redirect("job", name=ask_undo(by=request.actor, number=number).pk)
    if found.state != BatchState.APPLIED:
        return redirect("batch", number=number)
    rows = queries.recorded_rows(number)
    return render(request, "web/import_undo.html", {"batch": found, "counts": _sums(rows)})


@needs(Can.STAGE_IMPORT)
@require_safe
def returned_workbook(request: Request, number: int, place: int) -> FileResponse:
    """Hand the refused rows back to who handed them in, and to nobody else: they may lie outside a colleague's area."""
    found = queries.batch_seen(number, request.actor, request.scope)
    files = returned_workbooks(found)
    if found.maker_id != request.actor.person_id or place >= len(files):
        raise Http404
    return handed_out(files[place], files[place].name)


def _page(request: Request) -> int:
    text = request.GET.get("page", "")
    return min(int(text), 100_000) - 1 if text.isascii() and text.isdigit() and int(text) else 0


def _sums(rows: dict[str, int]) -> dict[str, Any]:
    """Return households and persons first recorded by the batch, and all its other rows."""
    households, persons = rows.pop("registry_household", 0), rows.pop("registry_person", 0)
    return {"households": households, "persons": persons, "facts": sum(rows.values())}
