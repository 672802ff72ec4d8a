"""Levels that hear one another (层级): what is said against a unit is answered one level above it."""

from collections.abc import Set as AbstractSet
from typing import Final

from bangfu.access.acting import ActingPerson
from bangfu.kernel.actors import Can
from bangfu.kernel.codes import Level
from bangfu.places.scope import COUNTRY, levels_of, lineage

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
    for it is answered at the county. Who hears without reading the register, the offices of city and province, hears
    what was raised to their own level alone.
    """
    return roots_heard({(one.place, one.rights) for one in actor.grants}, level)


def roots_heard(grants: AbstractSet[tuple[int, frozenset[Can]]], level: str) -> tuple[int, ...]:
    """Return the heads of the places in which somebody with one of these grants hears what is answered at a level.

    grants  place and rights of each
    """
    held = {(place, Can.READ_REGISTER in rights) for place, rights in grants if Can.HEAR in rights}
    ranks = levels_of(frozenset(place for place, _ in held))
    heard = set()
    for place, reads in held:
        rank = Level.COUNTRY if place == COUNTRY else ranks.get(place, Level.VILLAGE)
        if rank <= _LEVELS[level] if reads else max(rank, Level.PROVINCE) == _LEVELS[level]:
            heard.add(place)
    return (COUNTRY,) if COUNTRY in heard else tuple(sorted(heard))


def hears(actor: ActingPerson, level: str, place: int) -> bool:
    """Tell whether the person answers what is raised about a place at a level."""
    roots = hearing_roots(actor, level)
    return COUNTRY in roots or not set(roots).isdisjoint(lineage(place))
