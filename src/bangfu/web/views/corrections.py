"""Correcting a household on its page (更正): its cells as a form, handed in as a batch for a second person."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.core import signing
from django.core.files.base import ContentFile
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bangfu.access.policies import Request, needs
from bangfu.access.scope import scope_required
from bangfu.intake.actions.hand_in import hand_in
from bangfu.kernel.actors import Can
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text
from bangfu.params import Parameters, load
from bangfu.registry.corrections import (
    HOUSEHOLD,
    LONGEST,
    TITLE,
    Cells,
    Changed,
    Column,
    Sheet,
    changed_since,
    corrections,
    sheet_of,
    write_corrections,
)
from bangfu.registry.directory import home_of
from bangfu.registry.masking import unit_of

_SALT: Final = "bangfu.corrections"
_YUAN: Final = Text(zh="元", en="yuan")
_YES_NO: Final = ("是", "否")

Typed = dict[tuple[str, str], str]


@needs(Can.STAGE_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Request, number: int) -> HttpResponse:
    """Show a household's cells as a form, and hand the changed ones in as a batch."""
    parameters, home = load(), Home.current()
    home_of(scope_required(request.actor, Can.READ_REGISTER), number)
    sheet = sheet_of(request.scope, number, parameters)
    if request.method != "POST":
        return _form(request, number, sheet)
    shown = _shown(request, number, sheet)
    typed = _typed(request.POST, sheet, shown)
    changed = changed_since(sheet, shown, typed)
    if changed:
        mine = {key: text for key, text in typed.items() if text != shown[key]}
        return _form(request, number, sheet, mine, changed)
    written = corrections(sheet, typed)
    if not written:
        return _form(request, number, sheet, typed, nothing=True)
    with TemporaryDirectory() as folder:
        out = Path(folder) / "corrections.xlsx"
        write_corrections(sheet, written, out)
        file = ContentFile(out.read_bytes(), name=f"{TITLE}-{number}.xlsx")
    return redirect("job", name=hand_in(by=request.actor, files=[file], home=home).pk)


def _typed(form: QueryDict, sheet: Sheet, shown: Cells) -> Typed:
    """Return the cells that came back; a cell that did not is as it was."""
    labels = {column.field.name: column.label for column in (*sheet.own, *sheet.persons)}
    found = {}
    for name in form:
        row, _, field = name.partition(".")
        if field in labels and (row, labels[field]) in shown:
            found[row, labels[field]] = str(form[name])[:LONGEST]
    return found


def _shown(request: Request, number: int, sheet: Sheet) -> Typed:
    """Return the cells that the form was opened with; those of now where it does not say."""
    try:
        told = signing.loads(request.POST.get("shown", ""), salt=_salt(request, number))
    except signing.BadSignature:
        return _texts(sheet)
    return {(row, label): text for row, label, text in told}


def _texts(sheet: Sheet) -> Typed:
    return {key: text for key, (_, text) in sheet.cells().items()}


def _salt(request: Request, number: int) -> str:
    return f"{_SALT}.{request.actor.person_id}.{number}"


def _form(
    request: Request,
    number: int,
    sheet: Sheet,
    typed: Typed | None = None,
    changed: Sequence[Changed] = (),
    *,
    nothing: bool = False,
) -> HttpResponse:
    parameters = load()
    told: dict[str, list[dict[str, Any]]] = {}
    for (row, label), (column, text) in sheet.cells().items():
        told.setdefault(row, []).append(_cell(row, column, (typed or {}).get((row, label), text), parameters))
    own = told.pop(HOUSEHOLD, [])
    shows = {
        "number": number,
        "where": sheet.where(),
        "own": own,
        "members": [(sheet.name_of(row), cells) for row, cells in told.items()],
        "changed": [(one, sheet.title_of(one.label), sheet.name_of(one.row)) for one in changed],
        "nothing": nothing,
        "shown": signing.dumps([(*key, text) for key, text in _texts(sheet).items()], salt=_salt(request, number)),
        "longest": LONGEST,
    }
    return render(request, "web/correct.html", shows, status=409 if changed else 400 if nothing else 200)


def _cell(row: str, column: Column, text: str, parameters: Parameters) -> dict[str, Any]:
    """Return what the form needs of one cell; `choices` where only some words can stand there."""
    field = column.field
    choices: list[str] = []
    if field.type == "bool":
        choices = list(_YES_NO)
    elif field.type == "code":
        choices = [entry.label.zh for entry in parameters.code_lists[str(field.codes)].entries]
    if text and choices and text not in choices:
        choices = [text, *choices]
    return {
        "name": f"{row}.{field.name}",
        "title": field.title,
        "unit": _YUAN if field.type == "fen" else unit_of(field),
        "text": text,
        "choices": choices,
        "listed": field.type == "flags",
    }
