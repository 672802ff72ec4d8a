"""What happens in a household, told on its page (家庭成员变动): a ledger of changes for a second person."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bangfu.access.acting import today
from bangfu.access.policies import Request, needs
from bangfu.access.scope import scope_required
from bangfu.intake.actions.hand_in import hand_in
from bangfu.kernel.actors import Can
from bangfu.kernel.codes import Level
from bangfu.kernel.home import Home as House
from bangfu.kernel.texts import Text
from bangfu.params import load
from bangfu.places.models import Place
from bangfu.places.queries import places_within
from bangfu.registry.corrections import LONGEST, sheet_of
from bangfu.registry.directory import home_of
from bangfu.registry.happenings import KIND_NAMES, TITLE, Home, Kind, relations_of, rows_of, write_happening
from bangfu.web.change_form import Filled, Setting, read_form, words_of

_MOST_LISTED: Final = 600


@needs(Can.STAGE_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, number: int) -> HttpResponse:
    """Choose what happened in a household, tell it, and hand it in as a batch."""
    setting = _setting(request, number)
    asked = request.POST if request.method == "POST" else request.GET
    try:
        kind = Kind(asked.get("kind", ""))
    except ValueError:
        return _choice(request, setting, status=400 if request.method == "POST" else 200)
    if request.method != "POST":
        return _form(request, setting, _blank(kind, setting))
    filled, happened = read_form(request.POST, kind, setting)
    if happened is None:
        return _form(request, setting, filled)
    with TemporaryDirectory() as folder:
        out = Path(folder) / "changes.xlsx"
        write_happening(rows_of(setting.sheet, setting.home, happened), setting.parameters, out)
        file = ContentFile(out.read_bytes(), name=f"{TITLE}-{number}.xlsx")
    return redirect("job", name=hand_in(by=request.actor, files=[file], home=House.current()).pk)


def _setting(request: Request, number: int) -> Setting:
    """Return the household, which must lie where the person reads the register and stages imports."""
    parameters = load()
    home_of(scope_required(request.actor, Can.READ_REGISTER), number)
    where = home_of(request.scope, number)
    place = Place.objects.get(number=where["village"])
    return Setting(
        sheet=sheet_of(request.scope, number, parameters),
        home=Home(place.code, place.name, where["household_no"] or ""),
        number=number,
        group=where["group_name"],
        area=request.scope,
        parameters=parameters,
        today=today(),
    )


def _blank(kind: Kind, setting: Setting) -> Filled:
    return Filled(kind, {}, [], relations_of(setting.sheet))


def _choice(request: Request, setting: Setting, *, status: int) -> HttpResponse:
    shows = {"number": setting.number, "where": setting.sheet.where(), "kinds": _kinds(setting)}
    return render(request, "web/change.html", shows, status=status)


def _kinds(setting: Setting) -> list[tuple[Kind, Text]]:
    """Return what can happen; who lives alone neither splits nor takes over from somebody."""
    alone = len(setting.sheet.rows) == 1
    return [(kind, title) for kind, title in KIND_NAMES.items() if not alone or kind not in {Kind.SPLIT, Kind.HEAD}]


def _form(request: Request, setting: Setting, filled: Filled) -> HttpResponse:
    kind = filled.kind
    words = words_of(kind, setting.parameters)
    shows: dict[str, Any] = {
        "number": setting.number,
        "where": setting.sheet.where(),
        "kind": kind.value,
        "title": KIND_NAMES[kind],
        "filled": filled.texts,
        "wrong": filled.wrong,
        "members": [
            (row, setting.sheet.name_of(row), row in filled.who, relation) for row, relation in filled.relations.items()
        ],
        "reasons": [one for one in _choices(setting, "natural_change") if one[0] in words],
        "relations": _choices(setting, "relation"),
        "sexes": _choices(setting, "sex"),
        "today": setting.today.isoformat(),
        "longest": LONGEST,
        "group": setting.group,
        "villages": _villages(setting) if kind == Kind.MOVE else [],
    }
    return render(request, "web/change.html", shows, status=400 if filled.wrong else 200)


def _choices(setting: Setting, name: str) -> list[tuple[str, Text]]:
    """Return the words of a code list as a ledger has them, each with what it is called."""
    return [(one.label.zh, one.label) for one in setting.parameters.code_lists[name].entries]


def _villages(setting: Setting) -> list[dict[str, Any]]:
    places = places_within(setting.area)
    villages = places.filter(places["level"] == Level.VILLAGE).sort("code")
    return villages.select("place", "name", "code").to_dicts() if villages.height <= _MOST_LISTED else []
