"""One county of the simulated city, 15,750 households: the measurements of `city`, in a few minutes."""

from benchmarks.city import lines_of
from benchmarks.measuring import Line

COUNTY = 7


def main() -> list[Line]:
    """Measure the county."""
    return lines_of([COUNTY])
