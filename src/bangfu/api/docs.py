"""The description of the API, for programs and for people; it says nothing of any person."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from bangfu.access.policies import public
from bangfu.api.routes import ROOT, description, nothing_here, patterns


@public
@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the description to a program."""
    del request
    return JsonResponse(_described(), json_dumps_params={"ensure_ascii": False})


@public
@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """Show the description to a person."""
    return render(request, "api/docs.html", {"operations": _operations(), "root": f"/{ROOT}"})


@cache
def _described() -> dict[str, Any]:
    return description()


@cache
def _operations() -> list[dict[str, Any]]:
    return [
        {"method": method.upper(), "address": address, **{name: one.get(name) for name in _SHOWN}}
        for address, methods in _described()["paths"].items()
        for method, one in methods.items()
    ]


_SHOWN = ("description", "parameters", "requestBody", "tags")

urlpatterns = [
    path("openapi.json", openapi, name="api_openapi"),
    path("docs", docs, name="api_docs"),
    *patterns(),
    re_path("^(?P<rest>.*)$", csrf_exempt(nothing_here), name="api_nothing"),
]
