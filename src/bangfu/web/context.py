"""What every page shows around its own content."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from bangfu.access.acting import ActingPerson
from bangfu.access.queries import demo_people
from bangfu.access.roles import ROLE_NAMES
from bangfu.kernel.home import Home
from bangfu.web.navigation import entries_for, public_entries


def layout(request: HttpRequest) -> dict[str, Any]:
    """Return who acts and what they may open; nothing for who is not signed in."""
    actor: ActingPerson | None = getattr(request, "actor", None)
    if actor is None:
        return {"actor": None, "navigation": public_entries(request.path), "demo": False}
    spoken = get_language() or ""
    roles = list(dict.fromkeys(ROLE_NAMES[grant.role].say(spoken) for grant in actor.grants))
    demo = Home.current().demo
    return {
        "actor": actor,
        "actor_roles": roles,
        "navigation": entries_for(actor, request.path),
        "demo": demo,
        "demo_day": Home.current().today() if demo else None,
        "demo_people": demo_people() if demo else [],
    }
