"""What people read when a page cannot be had: one fixed page for each reason, without a word about the thing itself."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext

from bangfu.access.refusals import status_of
from bangfu.kernel.errors import BangfuError
from bangfu.kernel.translation import say


def refused(request: HttpRequest, error: BangfuError) -> HttpResponse:
    """Answer an error of the house: its sentence for what can be mended, a fixed page for what is not there."""
    status = status_of(error)
    if status == HTTPStatus.NOT_FOUND:
        return not_found(request)
    forbidden = status == HTTPStatus.FORBIDDEN
    title = gettext("You may not do this") if forbidden else gettext("This cannot be done")
    return _page(request, status, title, say(error, language=get_language()))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read."""
    del exception
    return _page(request, 400, gettext("This request cannot be read"), gettext("Go back and try once more."))


def not_permitted(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer who lacks the right for a page."""
    del exception
    words = gettext("Your roles do not cover this page. Ask the security administrator of your office for the right.")
    return _page(request, 403, gettext("You may not see this page"), words)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for what does not exist, or lies outside the person's area: both look the same."""
    del exception
    words = gettext("There is nothing at this address, or it lies outside your area. Search for it, or go to your day.")
    return _page(request, 404, gettext("Not found"), words)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when the program itself went wrong; nothing of the cause is shown, and nothing is asked of the program."""
    del request
    words = gettext("The program made a mistake, and nothing was changed. Please tell your system administrator when.")
    page = render_to_string("web/broken.html", {"title": gettext("Something went wrong"), "words": words})
    return HttpResponse(page, status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was sent without its token."""
    del reason
    words = gettext("The page was open for too long. Load it again; what you typed has not been saved.")
    return _page(request, 403, gettext("This form has expired"), words)


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any) -> HttpResponse:
    """Answer who typed a wrong password too often."""
    del credentials, args
    words = gettext("Too many wrong passwords. Try again in 15 minutes, or ask the security administrator.")
    return _page(request, 429, gettext("Locked for a while"), words)


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    return render(request, "web/refused.html", {"title": title, "words": words}, status=status)
