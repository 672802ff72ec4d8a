"""What happens around every page: headers, language, signs no text holds, an idle session's end, who acts, errors."""

import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils import translation

from bangfu.access.policies import policy_of
from bangfu.kernel.asking import asking
from bangfu.kernel.errors import BangfuError
from bangfu.web.acting import acting_of, to_sign_in, unfinished
from bangfu.web.policies import FOREIGN, SIGN_IN
from bangfu.web.views.refusals import not_found, refused

Answer = Callable[[HttpRequest], HttpResponseBase]

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_SEEN, _BEGUN, _LOOK_S = "seen", "begun", 60


def headers(answer: Answer) -> Answer:
    """Let no other host serve anything to a page, and no cache keep one."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answered


def language(answer: Answer) -> Answer:
    """Speak the language chosen on the page, Chinese until one was chosen; the browser's own does not count."""
    known = dict(settings.LANGUAGES)

    def answered(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            response = answer(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
            return response

    return answered


def look_up_once(answer: Answer) -> Answer:
    """Look up once what a page needs in several places; a request that may alter something asks anew each time."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        if request.method != "GET":
            return answer(request)
        with asking():
            return answer(request)

    return answered


def without_nul(answer: Answer) -> Answer:
    """Take the sign NUL out of what addresses ask and forms bring; an address that bears it itself does not exist.

    PostgreSQL keeps it in no text, and no keyboard types it.
    """

    def answered(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info:
            return not_found(request)
        request.GET = _cleaned(request.GET)
        if request.method == "POST":
            request.POST = _cleaned(request.POST)
        return answer(request)

    return answered


def _cleaned(form: QueryDict) -> Any:
    if not any("\0" in value for _, values in form.lists() for value in values):
        return form
    clean = form.copy()
    for name, values in form.lists():
        clean.setlist(name, [value.replace("\0", "") for value in values])
    return clean


def idle_limit(answer: Answer) -> Answer:
    """End a session that nobody used for SESSION_IDLE_LIMIT_S, or that began SESSION_COOKIE_AGE ago.

    Its last use is noted once a minute; noting it puts off the end that the session's own table knows.
    """

    def answered(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get(_SEEN, now)
            age = now - request.session.setdefault(_BEGUN, now)
            if now - seen > settings.SESSION_IDLE_LIMIT_S or age > settings.SESSION_COOKIE_AGE:
                request.session.flush()
                return to_sign_in(request)
            if now - seen > _LOOK_S or _SEEN not in request.session:
                request.session[_SEEN] = now
        return answer(request)

    return answered


class WhoActs:
    """Find out who acts, ask for the route's policy, and turn the house's errors into pages.

    The view finds the person as `request.actor`; an address that is not public leads to the sign-in page
    while nobody is signed in, and to what an account still lacks: its own password, its second factor.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], values: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Stop whom the policy does not let in; a route without a policy lets nobody in."""
        del args, values
        match = request.resolver_match
        assert match is not None
        policy = policy_of(view, match.route, FOREIGN)
        if policy is not None and policy.bearer:
            return None  # the API finds out itself for whom the token speaks
        if policy is not None and policy.closed:
            return not_found(request)
        actor = acting_of(request)
        vars(request)["actor"] = actor  # see policies.Request
        if policy is not None and policy.public:
            return None
        if policy is None or actor is None:
            return to_sign_in(request)
        first = None if match.route.startswith(SIGN_IN) else unfinished(request)
        return redirect(first) if first else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Answer an error of the house with its sentence."""
        return refused(request, error) if isinstance(error, BangfuError) else None
