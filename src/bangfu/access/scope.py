"""The scope that a person's grants give for one right."""

from bangfu.access.acting import ActingPerson
from bangfu.kernel.actors import Can, require
from bangfu.places.scope import COUNTRY, Scope

__all__ = ["COUNTRY", "Scope", "scope_of", "scope_required"]


def scope_of(actor: ActingPerson, *permissions: Can) -> Scope:
    """Return the places in which the person may use one of the rights (数据范围), from live grants alone."""
    return Scope(tuple(sorted({grant.place for grant in actor.grants if not grant.rights.isdisjoint(permissions)})))


def scope_required(actor: ActingPerson, *permissions: Can) -> Scope:
    """Return the places in which the person may use one of the rights; raises NotPermitted when there is none."""
    scope = scope_of(actor, *permissions)
    if not scope.roots:
        require(actor, permissions[0], COUNTRY)
    return scope
