"""Correct the columns of a sheet (更正列对应): which row is the header, and what each column holds."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from bangfu.access.policies import Request, needs
from bangfu.intake.actions.hand_in import stage_again
from bangfu.intake.actions.remember_columns import remember_columns
from bangfu.intake.column_form import ColumnForm, correction_of, nearest, read_header, tried
from bangfu.intake.gathering import Top
from bangfu.intake.ledgers import ledgers
from bangfu.intake.models import Batch
from bangfu.intake.paged import Pages
from bangfu.intake.preview import preview_file
from bangfu.intake.queries import batch_seen, corrections_of
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.inputs import InputError
from bangfu.kernel.home import Home
from bangfu.kernel.translation import say
from bangfu.params import load


@needs(Can.STAGE_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: Request, number: int) -> HttpResponse:
    """Show one header with a choice for each column; keep what was said, and read the files again."""
    batch = batch_seen(number, request.actor, request.scope)
    home = Home.current()
    pages = Pages.open(preview_file(home, batch.pk), home.keys)
    if pages is None or batch.maker_id != request.actor.person_id:
        raise Http404
    sheet = _sheet(pages, _number(request, "file"), _number(request, "sheet"))
    corrections = corrections_of(request.actor.person_id)
    layout = sheet["layout"]
    if layout:
        first, rows, ledger = layout["first"], layout["height"], layout["layout"]
    else:
        first, rows, ledger = nearest(sheet["top"], load(), corrections)
    place = _number(request, "row", first + 1) - 1, _number(request, "height", rows)
    form = read_header(sheet["top"], place, _asked(request).get("ledger", ledger), load(), corrections)
    wrong = ""
    if request.method == "POST":
        try:
            return _keep(request, batch, sheet, form)
        except InputError as error:
            wrong = say(error, language=get_language()).partition(" ")[2]
    return render(request, "web/columns.html", _shown(request, batch, sheet, form, wrong), status=400 if wrong else 200)


def _keep(request: Request, batch: Batch, sheet: dict[str, Any], form: ColumnForm) -> HttpResponse:
    """Try the choice on the first rows, remember it, and have the files read again."""
    chosen = {one.index: request.POST.get(f"column-{one.index}", one.field) for one in form.columns}
    layout = sheet["layout"]
    said = correction_of(form, chosen, layout["layout"] if layout else None)
    earlier = corrections_of(request.actor.person_id)
    tried(sheet["top"], sheet["file"], load(), [said, *earlier] if said.fields else earlier)
    if said.fields:
        remember_columns(by=request.actor, correction=said)
    return redirect("job", name=stage_again(by=request.actor, batch=batch, home=Home.current()).pk)


def _shown(request: Request, batch: Batch, sheet: dict[str, Any], form: ColumnForm, wrong: str) -> dict[str, Any]:
    spoken = get_language() or ""
    posted = request.POST if request.method == "POST" else {}
    options = [(field.name, field.title.say(spoken)) for field in form.fields]
    rows = [
        {
            "letter": one.letter,
            "name": f"column-{one.index}",
            "label": one.label,
            "samples": one.samples,
            "field": posted.get(f"column-{one.index}", one.field),
        }
        for one in form.columns
    ]
    return {
        "batch": batch,
        "sheets": sheet["all"],
        "sheet": sheet,
        "form": form,
        "row": form.first + 1,
        "rows": rows,
        "options": options,
        "ledgers": [(one.name, one.title) for one in ledgers().layouts],
        "tops": list(enumerate(sheet["top"].rows, start=1)),
        "wrong": wrong,
    }


def _sheet(pages: Pages, file: int, number: int) -> dict[str, Any]:
    """Return a sheet of the batch with its first rows and how it was read; raises Http404."""
    files, tops = pages.note("files"), pages.note("tops")
    every = [
        {"file": one["file"], "sheet": top["sheet"], "file_number": place, "sheet_number": turn}
        for place, (one, sheets) in enumerate(zip(files, tops, strict=True))
        for turn, top in enumerate(sheets)
    ]
    for one in every:
        if (one["file_number"], one["sheet_number"]) == (file, number):
            top = tops[one["file_number"]][one["sheet_number"]]
            read = (sheet for sheet in files[one["file_number"]]["sheets"] if sheet["sheet"] == top["sheet"])
            merges = [tuple(merge) for merge in top["merges"]]
            return {**one, "all": every, "top": Top(top["sheet"], top["rows"], merges), "layout": next(read, None)}
    raise Http404


def _asked(request: Request) -> Any:
    return request.POST if request.method == "POST" else request.GET


def _number(request: Request, name: str, otherwise: int = 0) -> int:
    text = _asked(request).get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000") else otherwise
