"""The check that keeps the site from starting while a route has no policy; its imports need Django started."""

from bangfu.access.policies import ensure_declared
from bangfu.web.policies import FOREIGN


def ensure() -> None:
    """Raise UndeclaredRouteError unless every route of the site says who may call it."""
    ensure_declared(FOREIGN)
