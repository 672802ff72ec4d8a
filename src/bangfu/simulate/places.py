"""The fictional county's tree of divisions, with 12-digit codes in region 99, which no real place has."""

import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from bangfu.simulate.names import CITY, COUNTY, PROVINCE, place_names
from bangfu.simulate.sizes import Size

PROVINCE_CODE: Final = 990000000000
CITY_CODE: Final = 990100000000
COUNTY_CODE: Final = 990101000000
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
    """All places, with the living towns and villages in order of their codes.

    merged   the village that was merged into another one before the ledgers were written
    """

    places: tuple[Place, ...]
    towns: tuple[Place, ...]
    villages: tuple[Place, ...]
    merged: Place

    def villages_of(self, town: int) -> list[Place]:
        """Return the living villages of a town."""
        return [place for place in self.villages if place.parent == town]


def build_places(size: Size, rng: Random) -> Tree:
    """Build the county's tree for a size: towns, villages, one alias, one merged village."""
    stems = place_names(rng, size.towns + size.villages + 1)
    towns = _towns(size, stems[: size.towns])
    villages = _villages(size, towns, stems[size.towns : -1])
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
    upper = (
        Place(PROVINCE_CODE, PROVINCE, 1, 0),
        Place(CITY_CODE, CITY, 2, PROVINCE_CODE),
        Place(COUNTY_CODE, COUNTY, 3, CITY_CODE),
    )
    return Tree((*upper, *towns, *villages, merged), tuple(towns), tuple(villages), merged)


def _towns(size: Size, stems: list[str]) -> list[Place]:
    """Name the towns: the first two thirds are 镇, the rest 乡, each with the numbers of its kind."""
    urban = max(1, size.towns * 2 // 3)
    return [
        Place(COUNTY_CODE + (_FIRST_TOWN_NUMBER + number) * _TOWN, f"{stem}镇", 4, COUNTY_CODE)
        if number < urban
        else Place(COUNTY_CODE + (_FIRST_RURAL_TOWN_NUMBER + number - urban) * _TOWN, f"{stem}乡", 4, COUNTY_CODE)
        for number, stem in enumerate(stems)
    ]


def _villages(size: Size, towns: list[Place], stems: list[str]) -> list[Place]:
    """Spread the villages over the towns; a few names come twice, in different towns, as in life."""
    villages: list[Place] = []
    for number, town in enumerate(towns):
        mine = stems[number * size.villages // size.towns : (number + 1) * size.villages // size.towns]
        if 0 < number <= _SAME_NAMED:
            mine[-1] = stems[number - 1]
        for position, stem in enumerate(mine):
            aliases = (f"{stem}村委会",) if position == 0 else ()
            villages.append(
                Place(town.code + _FIRST_VILLAGE_NUMBER + position, f"{stem}村", 5, town.code, aliases=aliases)
            )
    return villages


def write_places(tree: Tree, path: Path) -> None:
    """Write the tree as the table that `bangfu places load` reads; UTF-8, one place a row, parents first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for place in tree.places:
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
