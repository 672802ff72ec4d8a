"""My day (我的一天): what waits for the person who acts, and the numbers of their places."""

from django.http import HttpResponse
from django.shortcuts import render

from bangfu.access.policies import Request, signed_in


@signed_in
def my_day(request: Request) -> HttpResponse:
    """Show what waits."""
    return render(request, "web/my_day.html", {})
