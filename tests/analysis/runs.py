"""Runs for tests of parity: every programme with a day on which it is in force, and when two runs are equal."""

from datetime import date

from bangfu.analysis.run import evaluate
from bangfu.params import load

ON = date(2016, 12, 31)
PROGRAMMES = [
    ("cn_2014", ON),
    ("gd_2016", ON),
    ("cn_2020m", date(2020, 6, 30)),
    ("cn_2021", date(2023, 6, 30)),
]


def run(frames, programme="cn_2014", on=ON):
    """Return the run of a programme over an area."""
    return evaluate(frames, load(), programme, on)


def equal(left, right):
    """Tell whether two runs are the same to the last whole number and word."""
    tables = ("rows", "indicators", "places")
    same = all(getattr(left, name).equals(getattr(right, name)) for name in tables)
    return same and left.manifest == right.manifest
