"""Levels that hear one another (层级): what is said against a unit is answered one level above it."""

from typing import Final

from bangfu.access.acting import ActingPerson
from bangfu.kernel.actors import Can
from bangfu.kernel.codes import Level
from bangfu.places.models import Place
from bangfu.places.scope import COUNTRY, lineage

ABOVE: Final = {
    "household": "town",
    "village": "town",
    "town": "county",
    "county": "city",
    "city": "province",
    "province": "province",
    "country": "province",
}
_LEVELS: Final = {
    "village": Level.VILLAGE,
    "town": Level.TOWN,
    "county": Level.COUNTY,
    "city": Level.CITY,
    "province": Level.PROVINCE,
}


def hearing_roots(actor: ActingPerson, level: str) -> tuple[int, ...]:
    """Return the heads of the places in which the person hears what is answered at a level.

    A grant counts at its own level and below: who works for a town never sees what is said against that town,
    for it is answered at the county.
    """
    held = {grant.place for grant in actor.grants if Can.HEAR in grant.rights}
    if COUNTRY in held:
        return (COUNTRY,)
    ranks = dict(Place.objects.filter(number__in=held).values_list("number", "level"))
    return tuple(sorted(place for place in held if ranks.get(place, Level.VILLAGE) <= _LEVELS[level]))


def hears(actor: ActingPerson, level: str, place: int) -> bool:
    """Tell whether the person answers what is raised about a place at a level."""
    roots = hearing_roots(actor, level)
    return COUNTRY in roots or not set(roots).isdisjoint(lineage(place))
