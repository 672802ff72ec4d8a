"""Who calls: the person for whom the token in the header speaks."""

from django.http import HttpRequest
from ninja.errors import ValidationError
from ninja.security import HttpBearer

from bangfu.access.acting import ActingPerson, today
from bangfu.access.tokens import bearer_of


class Token(HttpBearer):
    """A token of a person, made with `bangfu people token`; looked up anew at every request."""

    def authenticate(self, request: HttpRequest, token: str) -> ActingPerson | None:
        """Return the person and note it on the request as its actor; None for a token that does not work."""
        actor = bearer_of(token, today())
        vars(request)["actor"] = actor  # see policies.Request
        if actor is not None:
            _no_unknown_parameter(request)
        return actor


def _no_unknown_parameter(request: HttpRequest) -> None:
    """Refuse a parameter that the operation does not take: a misspelt filter would seem to find everything."""
    match = request.resolver_match
    taken = getattr(match.func, "parameters", {}) if match else {}
    if request.GET.keys() - taken.get(request.method, frozenset()):
        raise ValidationError([{"loc": ("query",), "type": "unknown_parameter"}])
