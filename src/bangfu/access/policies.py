"""Route policies (访问规则): what each address of the pages and of the API asks of who calls it.

A route says what it needs with one of three decorators, and the site does not start while one says nothing:

    @public              anybody, before signing in
    @signed_in           any person who works here, whatever the grants
    @needs(Can.X, ...)   a person with one of these rights somewhere; the view gets their places as `request.scope`

What lies outside that scope does not exist for the view's queries, so that it answers 404 as for a
thing that never was.

An address of the API takes several methods, each an operation with a policy of its own; all of them ask for
a person's token, and none for a session.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_of
from bangfu.kernel.actors import Can
from bangfu.places.scope import Scope

View = Callable[..., Any]


class Request(HttpRequest):
    """A request as views see it: who acts, and the places in which the route's rights hold."""

    actor: ActingPerson
    scope: Scope


@dataclass(frozen=True, slots=True)
class Policy:
    """What a route asks for.

    public  anybody may call it
    rights  one of these must be held somewhere; empty: being signed in is enough
    bearer  the address asks for a person's token itself, one operation at a time; a session opens nothing
    closed  a library brings the address, and nobody finds anything there
    """

    public: bool = False
    rights: tuple[Can, ...] = ()
    bearer: bool = False
    closed: bool = False


PUBLIC: Final = Policy(public=True)
SIGNED_IN: Final = Policy()
BEARER: Final = Policy(bearer=True)
CLOSED: Final = Policy(closed=True)


class UndeclaredRouteError(Exception):
    """Raised at start for a route that does not say who may call it: an error of the programmer."""


def public(view: View) -> View:
    """Let anybody call the view."""
    return _declared(view, PUBLIC)


def signed_in(view: View) -> View:
    """Let every person who works here call the view."""
    return _declared(view, SIGNED_IN)


def needs(*rights: Can) -> Callable[[View], View]:
    """Let those call the view who hold one of the rights somewhere, and give it their scope."""

    def declared(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **values: Any) -> Any:
            request.scope = granted_scope(request.actor, rights)
            return view(request, *args, **values)

        return _declared(guarded, Policy(rights=rights))

    return declared


def _declared(view: View, policy: Policy) -> View:
    vars(view)["policy"] = policy
    return view


def granted_scope(actor: ActingPerson, rights: tuple[Can, ...]) -> Scope:
    """Return the places in which the person may use one of the rights; raises PermissionDenied when there is none."""
    scope = scope_of(actor, *rights)
    if not scope.roots:
        raise PermissionDenied
    return scope


def policy_of(view: Any, route: str, foreign: Mapping[str, Policy]) -> Policy | None:
    """Return the policy of a view: its own, or for a library's view that of the longest prefix of its route.

    foreign  policies by prefix of the route
    """
    operations = operations_of(view)
    if operations:
        return None if None in operations.values() else BEARER
    own: Policy | None = getattr(view, "policy", None)
    if own is not None:
        return own
    fitting = [prefix for prefix in foreign if route.startswith(prefix)]
    return foreign[max(fitting, key=len)] if fitting else None


def operations_of(view: Any) -> Mapping[str, Policy | None]:
    """Return the policy of each method of an address of the API; empty for a page."""
    found: Mapping[str, Policy | None] = getattr(view, "operations", {})
    return found


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every route of the site with its address pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, address)
        else:
            yield address, entry


def ensure_declared(foreign: Mapping[str, Policy]) -> None:
    """Raise UndeclaredRouteError unless every route of the site has its policy."""
    silent = [address for address, entry in routes() if policy_of(entry.callback, address, foreign) is None]
    if silent:
        raise UndeclaredRouteError(f"These routes do not say who may call them: {', '.join(silent)}")
