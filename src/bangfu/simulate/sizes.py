"""Sizes of the fictional place: how many counties, towns, villages and registered households it has."""

from dataclasses import dataclass
from typing import Final

_WEIGHTS: Final = (10, 9, 9, 8, 8, 8, 8, 7, 7, 7, 7, 6, 6)
"""How large the counties are beside one another."""


@dataclass(frozen=True, slots=True)
class Size:
    """One size of the fictional place.

    counties    counties (县) of the city
    towns       towns (乡镇) of all counties together
    villages    villages (行政村) of all towns together
    households  registered households (建档立卡户)
    plants      how many households of each county carry each planted problem
    per_village one roster for each village instead of one for each town
    persons     registered persons; None: as many as the households happen to have
    """

    name: str
    towns: int
    villages: int
    households: int
    plants: int
    per_village: bool
    counties: int = 1
    persons: int | None = None

    def share(self, number: int) -> "Share":
        """Return what county `number` (0 first) has of it; the shares of all counties add up to the size."""
        weights = _WEIGHTS[: self.counties]
        low, high, whole = sum(weights[:number]), sum(weights[: number + 1]), sum(weights)

        def part(total: int) -> int:
            return total * high // whole - total * low // whole

        persons = None if self.persons is None else part(self.persons)
        return Share(self, number, part(self.towns), part(self.villages), part(self.households), persons)

    def shares(self) -> list["Share"]:
        """Return the shares of all counties, the first one first."""
        return [self.share(number) for number in range(self.counties)]


@dataclass(frozen=True, slots=True)
class Share:
    """One county's part of a size; the fields are those of Size.

    number  position of the county, 0 first
    """

    size: Size
    number: int
    towns: int
    villages: int
    households: int
    persons: int | None

    @property
    def alone(self) -> bool:
        """Tell whether the place has no other county."""
        return self.size.counties == 1


SIZES: Final = {
    "hamlet": Size("hamlet", towns=1, villages=3, households=66, plants=1, per_village=True),
    "county": Size("county", towns=14, villages=200, households=5000, plants=3, per_village=False),
    "city": Size(
        "city", towns=148, villages=1439, households=225_000, plants=10, per_village=False, counties=13, persons=613_000
    ),
}
"""The city has the published figures of Lüliang (吕梁): villages, households and persons in the register."""
