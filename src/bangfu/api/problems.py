"""How the API says no: one short document of RFC 9457 (problem+json), which repeats nothing that was sent or kept."""

import json
import logging
from collections import defaultdict
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from bangfu.access.refusals import status_of
from bangfu.kernel.errors import BangfuError, EvidenceError
from bangfu.kernel.errors.evidence import NothingToRun
from bangfu.kernel.texts import mark
from bangfu.kernel.translation import say

CONTENT_TYPE: Final = "application/problem+json"
TITLES: Final = {
    400: mark("This request cannot be read"),
    401: mark("A valid token is needed"),
    403: mark("The right is missing"),
    404: mark("Not found"),
    405: mark("This address does not take this method"),
    422: mark("A parameter is not as it should be"),
    500: mark("The program made a mistake"),
    503: mark("The evidence cannot be read"),
}
DETAILS: Final = {
    400: mark("The body is not JSON, or the request is not whole."),
    401: mark("Send a working token in the header Authorization: Bearer. Make one with `bangfu people token`."),
    403: mark("The token's person has no grant with this right, or the token does not carry it."),
    404: mark("There is nothing at this address, or it lies outside the area of the token."),
    405: mark("See /api/v1/docs for what each address takes."),
    422: mark("The list under errors names each parameter and the rule that it breaks."),
    500: mark("Nothing was changed. Tell your system administrator when it happened."),
    503: mark("Files of a run are missing or were altered. Tell your system administrator."),
}
_LOG: Final = logging.getLogger("bangfu.api")
_UNFILLED: Final = "…"


def problem(request: HttpRequest, status: int, **more: Any) -> HttpResponse:
    """Answer with a problem, in English or in Chinese as the caller asks.

    more  further members of the document: code, detail, errors
    """
    language = _language(request)
    body = {
        "type": f"urn:bangfu:problem:{more.get('code', status)}",
        "title": say(TITLES[status], language=language),
        "status": status,
        "detail": say(DETAILS[status], language=language),
        **more,
    }
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=CONTENT_TYPE)
    answer["Content-Language"] = "en" if language == "en" else "zh-hans"
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = 'Bearer realm="bangfu"'
    return answer


def of_error(request: HttpRequest, error: BangfuError) -> HttpResponse:
    """Answer an error of the house: its code and its sentence with every fact left out."""
    status = 404 if isinstance(error, NothingToRun) else status_of(error)
    if status == HTTPStatus.NOT_FOUND:
        return problem(request, status)
    if isinstance(error, EvidenceError):
        _LOG.error("evidence cannot be read: %s", error.code)
        status = 503
    sentence = say(error.message, language=_language(request))
    return problem(request, status, code=error.code, detail=sentence % defaultdict(lambda: _UNFILLED))


def of_rules(request: HttpRequest, errors: list[dict[str, Any]]) -> HttpResponse:
    """Answer parameters that break a rule: where each stands, and the name of the rule."""
    told = [{"where": ".".join(map(str, _known(one))), "rule": one["type"]} for one in errors]
    return problem(request, 422, errors=told)


def _known(error: dict[str, Any]) -> Sequence[Any]:
    """Return where an error stands, without a name that the caller made up."""
    place: Sequence[Any] = error["loc"]
    return place[:-1] if error["type"] == "extra_forbidden" else place


def of_mistake(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer when the program itself went wrong; the log names the kind and the place, nobody sees the words."""
    match = request.resolver_match
    _LOG.error("a mistake of the program at %s", match.route if match else "", exc_info=error)
    return problem(request, 500)


def _language(request: HttpRequest) -> str:
    return "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "zh"
