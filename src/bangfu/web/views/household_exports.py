"""Lists of households as workbooks."""

import tempfile
from pathlib import Path

from django.http import FileResponse, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from bangfu.access.policies import Request, needs
from bangfu.kernel.actors import Can
from bangfu.kernel.home import Home
from bangfu.registry.actions.export_roster import export_list
from bangfu.registry.saved_searches import search_named
from bangfu.snapshots.lists import selected
from bangfu.web.household_filters import Filters


@require_POST
@needs(Can.READ_REGISTER)
def export_households(request: Request) -> HttpResponseBase:
    """Write the persons of the listed households as a roster that can be imported again."""
    home, filters = Home.current(), Filters.of(request.POST)
    kept = search_named(request.POST.get("search", ""), request.actor, home.keys)
    frame, _ = selected(request.scope, home, filters.asked(kept.words if kept else ""))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "roster.xlsx"
        taken = export_list(by=request.actor, scope=request.scope, out=out, households=frame["household"].to_list())
        answer = FileResponse(out.open("rb"), as_attachment=True, filename=gettext("roster") + ".xlsx")
    answer.headers["X-Rows"] = str(taken.rows)
    return answer
