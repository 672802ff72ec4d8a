"""Sizes of the fictional place: how many towns, villages and registered households it has."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Size:
    """One size of the fictional place.

    towns       towns (乡镇) of the county
    villages    villages (行政村) of all towns together
    households  registered households (建档立卡户)
    plants      how many households carry each planted problem
    per_village one roster for each village instead of one for each town
    """

    name: str
    towns: int
    villages: int
    households: int
    plants: int
    per_village: bool


SIZES: Final = {
    "hamlet": Size("hamlet", towns=1, villages=3, households=66, plants=1, per_village=True),
    "county": Size("county", towns=14, villages=200, households=5000, plants=3, per_village=False),
}
