"""Identification of a county and of a city against the same work written by hand in plain Polars.

Both read the same Parquet files, judge every household by the same programme on the same day, and must give
the same rows and counts. They take turns, each in a process of its own.
"""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

from bangfu.analysis.frames import Frames
from bangfu.analysis.run import evaluate
from bangfu.params import load
from benchmarks.identify_area import write_area
from benchmarks.identify_by_hand import identify_by_hand
from benchmarks.measuring import Line, measured

DAY = date(2016, 12, 31)
SIZES = {"county": (200, 5_000, 60, 1.3), "city": (1_439, 225_000, 3, 1.0)}
"""Villages, households, repetitions and largest ratio of each size; a county is dear by what a run costs at least."""

ROUNDS = 3


def identify(folder: Path) -> tuple[pl.DataFrame, ...]:
    """Judge the area in a folder; return the rows, the indicators and the places."""
    tables = (pl.scan_parquet(folder / f"{name}.parquet") for name in ("households", "persons", "villages", "places"))
    result = evaluate(Frames(*tables), load(), "cn_2014", DAY)
    return result.rows, result.indicators, result.places


def run_of(folder: str) -> Callable[[], object]:
    """Return the project's own run over the area in a folder."""
    return lambda: identify(Path(folder))


def by_hand(folder: str) -> Callable[[], object]:
    """Return the same work in plain Polars."""
    return lambda: identify_by_hand(Path(folder))


def main() -> list[Line]:
    """Measure both sizes."""
    lines = []
    for size, (villages, households, times, goal) in SIZES.items():
        with tempfile.TemporaryDirectory() as folder:
            write_area(Path(folder), villages, households)
            check_equal(Path(folder))
            title = f"identify a {size}, {households:,} households"
            plain, ours = taking_turns(title, folder, times)
            lines += [plain, ours.against(plain, goal)]
    return lines


def check_equal(folder: Path) -> None:
    """Stop unless both ways give the same rows and counts: otherwise they do not do the same work."""
    for ours, theirs in zip(identify(folder), identify_by_hand(Path(folder)), strict=True):
        assert ours.equals(theirs)


def taking_turns(title: str, folder: str, times: int) -> tuple[Line, Line]:
    """Return the fastest line of the plain work and of ours over several rounds."""
    rounds = [
        [measured(f"{title}: {name}", f"benchmarks.identify:{work}", folder, times=times) for name, work in WAYS]
        for _ in range(ROUNDS)
    ]
    plain, ours = (min(lines, key=lambda line: line.wall_s) for lines in zip(*rounds, strict=True))
    return plain, ours


WAYS = (("plain Polars", "by_hand"), ("bangfu", "run_of"))
