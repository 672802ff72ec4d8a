"""The scope that a person's grants give for one right."""

from bangfu.access.acting import ActingPerson
from bangfu.kernel.actors import Can
from bangfu.places.scope import COUNTRY, Scope

__all__ = ["COUNTRY", "Scope", "scope_of"]


def scope_of(actor: ActingPerson, permission: Can) -> Scope:
    """Return the places in which the person may use the right (数据范围), from live grants alone."""
    return Scope(tuple(sorted({grant.place for grant in actor.grants if permission in grant.rights})))
