"""The fictional counties' trees of divisions, with 12-digit codes in region 99, which no real place has."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final

from bangfu.simulate.names import CITY, COUNTIES, PROVINCE, place_names
from bangfu.simulate.sizes import Share, Size

PROVINCE_CODE: Final = 990000000000
CITY_CODE: Final = 990100000000
_FIRST_COUNTY_CODE: Final = 990101000000
_COUNTY: Final = 1_000_000
_TOWN: Final = 1000
_FIRST_TOWN_NUMBER: Final = 100  # 镇; 200 on are 乡
_FIRST_RURAL_TOWN_NUMBER: Final = 200
_FIRST_VILLAGE_NUMBER: Final = 200
_SAME_NAMED: Final = 2
_COLUMNS: Final = ("code", "name", "level", "parent", "valid_from", "valid_to", "successor", "aliases")


@dataclass(frozen=True, slots=True)
class Place:
    """One division (区划).

    code       12 digits, e.g. 990101100200
    level      1 province, 2 city, 3 county, 4 town, 5 village
    valid_to   last day of a place that was merged away, ISO; empty while it stands
    successor  code of the place that took it in; 0 when none
    aliases    other names in use
    """

    code: int
    name: str
    level: int
    parent: int
    valid_from: str = ""
    valid_to: str = ""
    successor: int = 0
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """All places of a county, with the living towns and villages in order of their codes.

    places   what is above the county comes first, in the first county's tree only
    merged   the village that was merged into another one before the ledgers were written
    """

    county: Place
    places: tuple[Place, ...]
    towns: tuple[Place, ...]
    villages: tuple[Place, ...]
    merged: Place

    def villages_of(self, town: int) -> list[Place]:
        """Return the living villages of a town."""
        return [place for place in self.villages if place.parent == town]


def build_places(size: Size, rng: Random) -> list[Tree]:
    """Build the tree of each county for a size: towns, villages, one alias, one merged village each.

    No two towns of the place have one name, so that town and village tell the village without its county.
    """
    stems = iter(place_names(rng, size.towns + size.villages + size.counties))
    return [_county(share, list(islice(stems, share.towns + share.villages + 1))) for share in size.shares()]


def _county(share: Share, stems: list[str]) -> Tree:
    county = Place(_FIRST_COUNTY_CODE + share.number * _COUNTY, COUNTIES[share.number], 3, CITY_CODE)
    towns = _towns(county.code, stems[: share.towns])
    villages = _villages(share.villages, towns, stems[share.towns : -1])
    heir = villages[1]
    merged = Place(
        code=heir.code // _TOWN * _TOWN + _FIRST_VILLAGE_NUMBER + 99,
        name=f"{stems[-1]}村",
        level=5,
        parent=heir.parent,
        valid_from="2001-01-01",
        valid_to="2015-12-31",
        successor=heir.code,
    )
    upper = (Place(PROVINCE_CODE, PROVINCE, 1, 0), Place(CITY_CODE, CITY, 2, PROVINCE_CODE))
    places = (*(() if share.number else upper), county, *towns, *villages, merged)
    return Tree(county, places, tuple(towns), tuple(villages), merged)


def _towns(county: int, stems: list[str]) -> list[Place]:
    """Name the towns: the first two thirds are 镇, the rest 乡, each with the numbers of its kind."""
    urban = max(1, len(stems) * 2 // 3)
    return [
        Place(county + (_FIRST_TOWN_NUMBER + number) * _TOWN, f"{stem}镇", 4, county)
        if number < urban
        else Place(county + (_FIRST_RURAL_TOWN_NUMBER + number - urban) * _TOWN, f"{stem}乡", 4, county)
        for number, stem in enumerate(stems)
    ]


def _villages(count: int, towns: list[Place], stems: list[str]) -> list[Place]:
    """Spread the villages over the towns; a few names come twice, in different towns, as in life."""
    villages: list[Place] = []
    for number, town in enumerate(towns):
        mine = stems[number * count // len(towns) : (number + 1) * count // len(towns)]
        if 0 < number <= _SAME_NAMED:
            mine[-1] = stems[number - 1]
        for position, stem in enumerate(mine):
            aliases = (f"{stem}村委会",) if position == 0 else ()
            villages.append(
                Place(town.code + _FIRST_VILLAGE_NUMBER + position, f"{stem}村", 5, town.code, aliases=aliases)
            )
    return villages


def write_places(trees: Sequence[Tree], path: Path) -> None:
    """Write the tree as the table that `bangfu places load` reads; UTF-8, one place a row, parents first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for place in (place for tree in trees for place in tree.places):
            writer.writerow(
                (
                    place.code,
                    place.name,
                    place.level,
                    place.parent or "",
                    place.valid_from,
                    place.valid_to,
                    place.successor or "",
                    ";".join(place.aliases),
                )
            )
