"""Rosters (名册): the persons of a place as an Excel list that can be imported again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bangfu.access.policies import Request, needs
from bangfu.kernel.actors import Can
from bangfu.kernel.codes import Level
from bangfu.kernel.errors.register import PlaceUnknown
from bangfu.places.queries import places_within
from bangfu.registry.actions.export_roster import ask_roster

_MOST_LISTED = 600


@needs(Can.READ_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: Request) -> HttpResponse:
    """Choose a place, and have its roster written as a job."""
    if request.method != "POST":
        return render(request, "web/roster.html", _choices(request))
    code, listed = request.POST.get("code", "").strip()[:20], request.POST.get("place", "")[:20]
    try:
        place: str | int = code or int(listed)
        made = ask_roster(by=request.actor, place=place)
    except (PlaceUnknown, ValueError):
        return render(request, "web/roster.html", _choices(request) | {"wrong": True}, status=400)
    return redirect("job", name=made.pk)


def _choices(request: Request) -> dict[str, Any]:
    """Return the places of the scope to choose from, towns before their villages; of a large area not the villages."""
    places = places_within(request.scope)
    listed = places.filter(places["level"] >= Level.COUNTY)
    if listed.height > _MOST_LISTED:
        listed = listed.filter(listed["level"] < Level.VILLAGE)
    rows = listed.sort("code").select("place", "name", "level").to_dicts()
    return {"places": [{**row, "indent": "　" * (row["level"] - Level.COUNTY)} for row in rows]}
