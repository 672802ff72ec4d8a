"""Places."""

from django.http import HttpResponse
from django.shortcuts import render

from bangfu.access.policies import Request, needs
from bangfu.kernel.actors import Can


@needs(Can.READ_PLACES)
def places(request: Request) -> HttpResponse:
    """Show them."""
    return render(request, "web/my_day.html", {})
