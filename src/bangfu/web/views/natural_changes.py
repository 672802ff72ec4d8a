"""Natural change of the places of a person in a period (自然增减台账): who came, who went, and that it adds up."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bangfu.access.acting import today
from bangfu.access.policies import Request, needs
from bangfu.kernel.actors import Can
from bangfu.kernel.codes import Level
from bangfu.kernel.texts import Text
from bangfu.places.queries import resolve
from bangfu.places.scope import Scope
from bangfu.places.tree import line_to, starts_of
from bangfu.registry.actions.export_changes import ask_changes
from bangfu.registry.changes import CAME, WENT, account, account_below, changes_between, named_changes, spans_in
from bangfu.registry.directory import numbers_of

_MOST_LISTED: Final = 200
_EARLIEST: Final = date(1949, 10, 1)
_SIDES: Final = (("came", CAME), ("went", WENT))


@needs(Can.READ_REGISTER)
def natural_changes(request: Request) -> HttpResponse:
    """Show how many members each place had before a period and after it, and who came and went in between."""
    first, last, wrong = _period(request.GET)
    code = request.GET.get("place", "")[:12]
    starts = starts_of(request.scope)
    place = resolve(request.scope, code or (starts[0].number if starts else ""))
    scope = Scope((place.number,))
    counted = spans_in(scope)
    rows = account_below(account(counted, first, last), place)
    events = changes_between(counted, first, last)
    came, went = ([(code, text) for code, text in of.items() if rows[f"{side}_{code}"].sum()] for side, of in _SIDES)
    listed = named_changes(scope, events.tail(_MOST_LISTED).reverse()).to_dicts()
    open_homes = numbers_of(request.scope, [row["household"] for row in listed])
    shows: dict[str, Any] = {
        "place": place,
        "line": line_to(request.scope, place.number)[:-1],
        "starts": starts,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "wrong": wrong,
        "came": [text for _, text in came],
        "went": [text for _, text in went],
        "rows": [_row(row, came, went) for row in rows.iter_rows(named=True)],
        "total": _row(dict(zip(rows.columns, rows.sum().row(0), strict=True)), came, went),
        "events": [row | {"what": _what(row), "open": row["household"] in open_homes} for row in listed],
        "more": max(events.height - _MOST_LISTED, 0),
        "is_village": place.level >= Level.VILLAGE,
    }
    return render(request, "web/natural_changes.html", shows)


@needs(Can.READ_REGISTER)
@require_POST
def export_natural_changes(request: Request) -> HttpResponse:
    """Have the account of a place and a period written for Excel, as a job."""
    first, last, _ = _period(request.POST)
    job = ask_changes(by=request.actor, place=request.POST.get("place", "")[:12], first=first, last=last)
    return redirect("job", name=job.pk)


def _period(asked: Mapping[str, str]) -> tuple[date, date, bool]:
    """Return the period asked for, and whether it was none: this year up to today then."""
    now = today()
    usual = date(now.year, 1, 1), now
    if not asked.get("from") and not asked.get("to"):
        return *usual, False
    try:
        first, last = (date.fromisoformat(asked.get(name, "")) for name in ("from", "to"))
    except ValueError:
        return *usual, True
    if not _EARLIEST <= first <= last <= now:
        return *usual, True
    return first, last, False


Reasons = Sequence[tuple[int, Text]]


def _row(row: Mapping[str, Any], came: Reasons, went: Reasons) -> dict[str, Any]:
    """Return one line of the account: what stood before, each reason that occurs, the sums, what stands after."""
    return {
        **{name: row[name] for name in ("code", "name", "start", "end")},
        "came": [row[f"came_{code}"] for code, _ in came],
        "went": [row[f"went_{code}"] for code, _ in went],
        "came_all": sum(row[f"came_{code}"] for code in CAME),
        "went_all": sum(row[f"went_{code}"] for code in WENT),
    }


def _what(row: Mapping[str, Any]) -> Text:
    return CAME[row["came"]] if row["came"] is not None else WENT[row["went"]]
