"""How many registered persons other departments' lists name: the audit of Mashan (马山), scaled to a county's size."""

from dataclasses import astuple, dataclass
from typing import Final

FULL_HOUSEHOLDS: Final = 5_000
"""Registered households of a county in which the figures stand as they were published."""


@dataclass(frozen=True, slots=True)
class Proportions:
    """Registered persons on each list, and on any of them.

    payroll     paid by the state
    owners      owners of cars; `cars` how many cars they have
    houses      bought or built a home in town
    businesses  in business
    persons     persons on any list: some stand on two
    """

    payroll: int
    owners: int
    cars: int
    houses: int
    businesses: int
    persons: int

    @property
    def doubled(self) -> int:
        """Return how many persons stand on two lists."""
        return self.payroll + self.owners + self.houses + self.businesses - self.persons

    def for_households(self, households: int) -> "Proportions":
        """Return the figures of a county of so many registered households; no list is left empty."""

        def part(number: int) -> int:
            return max(1, (2 * number * households + FULL_HOUSEHOLDS) // (2 * FULL_HOUSEHOLDS))

        payroll, owners, cars, houses, businesses, persons = map(part, astuple(self))
        singles = payroll + owners + houses + businesses
        return Proportions(
            payroll, owners, max(cars, owners), houses, businesses, min(max(persons, singles - owners, owners), singles)
        )


MASHAN_2015: Final = Proportions(payroll=343, owners=2_454, cars=2_645, houses=43, businesses=439, persons=3_119)
"""Audit office, October 2015: 3,119 persons wrongly listed, of whom 71 were kept as truly poor."""
