"""The door: the language of the pages, and in a demonstration the person who acts."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from bangfu.access.policies import public
from bangfu.access.queries import person_named
from bangfu.kernel.home import Home
from bangfu.web.acting import CHOSEN

_STEPS: Final = {"1": 1, "7": 7}
"""How many days a demonstration goes on at once."""
_A_YEAR_S = 365 * 24 * 3600


@public
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen, and go back to the page."""
    answer = redirect(_back(request))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=_A_YEAR_S,
            secure=settings.SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


@public
@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """Go on as another of the made-up people of a demonstration; an office has no such address."""
    if not Home.current().demo:
        raise Http404
    request.session[CHOSEN] = person_named(request.POST.get("person", "")).name
    return redirect("my_day")


@public
@require_POST
def move_day(request: HttpRequest) -> HttpResponse:
    """Let a demonstration live some days later, so that a notice can be watched; an office has no such address."""
    home = Home.current()
    if not home.demo:
        raise Http404
    days = _STEPS.get(request.POST.get("days", ""))
    if days is not None:
        home.move_day(home.today() + timedelta(days=days))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "/")
    inside = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if inside else "/"
