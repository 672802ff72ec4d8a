"""Who calls: the person for whom the token in the header speaks."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from bangfu.access.acting import ActingPerson, today
from bangfu.access.tokens import bearer_of


class Token(HttpBearer):
    """A token of a person, made with `bangfu people token`; looked up anew at every request."""

    def authenticate(self, request: HttpRequest, token: str) -> ActingPerson | None:
        """Return the person and note it on the request as its actor; None for a token that does not work."""
        actor = bearer_of(token, today())
        vars(request)["actor"] = actor  # see policies.Request
        return actor
