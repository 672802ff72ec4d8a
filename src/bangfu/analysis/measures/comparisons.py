"""Growth against growth: three comparisons, each strict and for itself (三个高于).

    margin       growth - reference, in percentage points; higher where above zero
    probability  Phi(margin / sqrt(se^2 + reference_se^2)), when standard errors are known
    holm         p-values of one-sided tests that an area is higher, corrected for looking at many (Holm 1979)

Nominal growth is compared with nominal, real with real; which it is, the table's owner knows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Growth:
    """A growth rate (增速).

    percent  per cent a year
    se       its standard error in points, None where it is no estimate
    """

    percent: float
    se: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One area against one reference.

    higher       whether it is strictly higher
    margin       by how many percentage points
    probability  that it truly is higher, None without a standard error
    holm         corrected p-value of the test that it is, None without a standard error
    """

    higher: bool
    margin: float
    probability: float | None
    holm: float | None = None


def compare_growth(areas: Mapping[str, Growth], references: Mapping[str, Growth]) -> dict[str, dict[str, Comparison]]:
    """Compare the growth of areas with every reference.

    areas       growth by name of the area
    references  growth of the city, the province, the nation's poor areas
    Returns     by area, then by reference; Holm's correction is taken over the areas, for each reference apart
    """
    told = {
        area: {name: _compare(growth, other) for name, other in references.items()} for area, growth in areas.items()
    }
    for name in references:
        tested = [area for area in told if told[area][name].probability is not None]
        corrected = holm([1 - (told[area][name].probability or 0.0) for area in tested])
        for area, value in zip(tested, corrected, strict=True):
            found = told[area][name]
            told[area][name] = Comparison(found.higher, found.margin, found.probability, value)
    return told


def _compare(growth: Growth, other: Growth) -> Comparison:
    margin = growth.percent - other.percent
    spread = hypot(growth.se or 0.0, other.se or 0.0)
    probability = NormalDist().cdf(margin / spread) if spread else None
    return Comparison(margin > 0, margin, probability)


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values corrected for their number, step by step from the smallest (Holm-Bonferroni)."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    corrected = [0.0] * len(p_values)
    reached = 0.0
    for step, place in enumerate(order):
        reached = max(reached, min(1.0, p_values[place] * (len(p_values) - step)))
        corrected[place] = reached
    return corrected
