"""Every address of the API, each operation with its policy, and the description that programs read (OpenAPI)."""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import PathView
from ninja.renderers import JSONRenderer

from bangfu import __version__
from bangfu.access.policies import Policy, public
from bangfu.api import households, imports, places, problems
from bangfu.api.bearer import Token
from bangfu.api.schemas import Problem
from bangfu.kernel.errors import BangfuError

ROOT: Final = "api/v1/"
_REFUSALS: Final = (401, 403, 404, 422)


class _Json(JSONRenderer):
    def __init__(self) -> None:
        self.json_dumps_params = {"ensure_ascii": False}


class Api(NinjaAPI):
    """An API that shows its operations, so that each can be asked for its policy."""

    def views(self) -> Iterator[tuple[str, PathView]]:
        """Yield every address with its operations."""
        for bound in self._get_bound_routers():
            yield from bound.path_operations.items()


api = Api(
    title="bangfu",
    version=__version__,
    description="The register of a targeted anti-poverty programme, as far as the grants of the token's person go.",
    auth=Token(),
    renderer=_Json(),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
for each in (places, households, imports):
    api.add_router("", each.router)


@api.exception_handler(BangfuError)
def _error(request: HttpRequest, error: BangfuError) -> HttpResponse:
    return problems.of_error(request, error)


@api.exception_handler(ValidationError)
def _rules(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems.of_rules(request, error.errors)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problems.problem(request, error.status_code)


@api.exception_handler(Http404)
def _nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    del error
    return problems.problem(request, 404)


@api.exception_handler(PermissionDenied)
def _forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    del error
    return problems.problem(request, 403)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    del error
    return problems.problem(request, 401)


@api.exception_handler(Exception)
def _mistake(request: HttpRequest, error: Exception) -> HttpResponse:
    return problems.of_mistake(request, error)


def patterns() -> list[URLPattern]:
    """Return the addresses of the API; one whose operations do not all say who may call them says nothing itself."""
    return [path(address, view_of(view), name=name) for address, view, name in addresses(api)]


def addresses(of: Api) -> Iterator[tuple[str, PathView, str]]:
    """Yield every address of an API below its root, with its operations and the name of the route."""
    for address, view in of.views():
        name = "api_" + "_".join(operation.view_func.__name__ for operation in view.operations)
        yield address.strip("/").replace("{", "<").replace("}", ">"), view, name


def view_of(view: PathView) -> Callable[..., Any]:
    """Return what Django calls for an address, with the policy of each operation."""
    inner = view.get_view()

    def answered(request: HttpRequest, *args: Any, **values: Any) -> Any:
        answer = inner(request, *args, **values)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return answer
        told = problems.problem(request, 405)
        told["Allow"] = answer["Allow"]
        return told

    vars(answered).update(csrf_exempt=True)  # a token is no cookie: nothing rides on it
    vars(answered).update(operations=_policies(view), parameters=_parameters(view))
    return answered


def _parameters(view: PathView) -> dict[str, frozenset[str]]:
    """Return the names that each method takes behind the question mark."""
    found = {}
    for operation in view.operations:
        queries = [model for model in operation.models if model.__ninja_param_source__ == "query"]
        names = frozenset(name for model in queries for name in model.__ninja_flatten_map__)
        found.update(dict.fromkeys(operation.methods, names))
    return found


def _policies(view: PathView) -> dict[str, Policy | None]:
    """Return the policy of each method; none for an operation that asks for no token and is not public."""
    found: dict[str, Policy | None] = {}
    for operation in view.operations:
        policy: Policy | None = getattr(operation.view_func, "policy", None)
        kept = policy if policy and (operation.auth_callbacks or policy.public) else None
        found.update(dict.fromkeys(operation.methods, kept))
    return found


def description() -> dict[str, Any]:
    """Return the OpenAPI 3.1 description; every operation may also answer with a problem."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix=f"/{ROOT}")
    schema = {name: part for name, part in schema.items() if part}
    reference = {"$ref": "#/components/schemas/Problem"}
    whole = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["components"]["schemas"].update(whole.pop("$defs"), Problem=whole)
    for methods in schema["paths"].values():
        for method, operation in methods.items():
            refusals = (400, *_REFUSALS) if method == "post" else _REFUSALS
            for status in refusals:
                content = {problems.CONTENT_TYPE: {"schema": reference}}
                operation["responses"][status] = {"description": problems.TITLES[status], "content": content}
            operation["responses"] = {str(status): said for status, said in operation["responses"].items()}
    return schema


@public
def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer for every address below the API that is none."""
    del rest
    return problems.problem(request, 404)
