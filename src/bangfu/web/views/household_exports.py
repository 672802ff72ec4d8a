"""Lists of households as workbooks."""

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from bangfu.access.policies import Request, needs
from bangfu.kernel.actors import Can
from bangfu.web.household_filters import Filters
from bangfu.work.actions.start_job import start_job


@needs(Can.READ_REGISTER)
@require_POST
def export_households(request: Request) -> HttpResponse:
    """Have the persons of the listed households written as a roster that can be imported again, as a job."""
    wanted = {"asked": asdict(Filters.of(request.POST).asked()), "search": request.POST.get("search", "")[:40]}
    job = start_job(by=request.actor, kind="register.list", request=wanted)
    return redirect("job", name=job.pk)
