"""A what-if over a city: from the snapshot in memory to who comes in and drops out, by place, with the money."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from bangfu.analysis.frames import Frames, lazy
from bangfu.analysis.plan import make_plan
from bangfu.analysis.reform import Reform
from bangfu.analysis.rows import judge
from bangfu.analysis.transfers import Transfer, cost_of
from bangfu.analysis.what_if import by_place, compare, totals
from bangfu.params import load
from benchmarks.identify_area import write_area
from benchmarks.measuring import Line, measured

DAY = date(2016, 12, 31)
CITY = (1_439, 225_000)
LIMIT_S = 1.0


def asked(folder: str) -> Callable[[], object]:
    """Hold the city's snapshot and run in memory; return the question."""
    names = ("households", "persons", "villages", "places")
    frames = Frames(*(pl.read_parquet(Path(folder) / f"{name}.parquet") for name in names))
    plan = make_plan(load(), "cn_2014", DAY, frames.villages["county"].unique().to_list())
    rows = judge(frames, plan)

    def ask() -> object:
        found = compare(frames, rows, plan, Reform({"poverty_line": 400_000}, also=("housing_unsafe",)))
        return totals(found), by_place(found, lazy(frames.places)), cost_of(found.after, Transfer(budget_fen=10**10))

    return ask


def main() -> list[Line]:
    """Measure one question."""
    with tempfile.TemporaryDirectory() as folder:
        write_area(Path(folder), *CITY)
        found = measured("what-if over a city, from memory", "benchmarks.what_if:asked", folder, times=3)
        return [replace(found, goal=LIMIT_S, goal_is_seconds=True)]
