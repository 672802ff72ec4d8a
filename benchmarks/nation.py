"""The identification of a whole nation, province by province, against the same work in plain Polars at once.

Needs four gigabytes of disk and up to seventeen of memory, for the plain work; runs only when it is named:

    ./run bench nation

BANGFU_BENCH_NATION names a folder that holds a nation already or is to hold it after the run; without it the
nation is made anew and thrown away. BANGFU_BENCH_NATION_PART=20 takes the twentieth part of everything.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import astuple
from datetime import date
from itertools import count
from pathlib import Path

import polars as pl

from bangfu.analysis.parts import parts_in
from bangfu.analysis.run import Findings, evaluate_parts
from bangfu.params import load
from bangfu.simulate.nation import NATION_2014, Nation, simulate_nation
from benchmarks.identify_by_hand import identify_by_hand
from benchmarks.measuring import Line, measured

ONLY_WHEN_NAMED = True
DAY = date(2016, 12, 31)
ROUNDS = 2
GOAL, GOAL_MB = 0.25, 2_000


def identify(folder: Path, keep: Callable[[pl.DataFrame], object]) -> Findings:
    """Judge the nation in a folder province by province."""
    return evaluate_parts(parts_in(folder), load(), "cn_2014", DAY, keep=keep)


def run_of(folder: str) -> Callable[[], object]:
    """Return the project's own run, whose rows are looked at and let go."""
    return lambda: identify(Path(folder), lambda rows: rows.height)


def kept_run_of(folder: str, out: str) -> Callable[[], object]:
    """Return the project's own run, whose rows are written as Parquet, one file after the other."""
    number = count(1)
    return lambda: identify(Path(folder), lambda rows: rows.write_parquet(Path(out) / f"{next(number)}.parquet"))


def by_hand(folder: str) -> Callable[[], object]:
    """Return the same work in plain Polars, on all files at once."""
    return lambda: identify_by_hand(Path(folder))


def main() -> list[Line]:
    """Measure both ways in turns, each in a process of its own, and the largest memory of ours."""
    with tempfile.TemporaryDirectory(prefix="bangfu-bench-") as scratch:
        folder = Path(os.environ.get("BANGFU_BENCH_NATION", scratch))
        part = int(os.environ.get("BANGFU_BENCH_NATION_PART", "1"))
        nation = Nation(*(number // part for number in astuple(NATION_2014)))
        if not (folder / "places.parquet").exists():
            simulate_nation(1, folder, nation)
        title = f"identify a nation, {nation.households:,} households"
        ways = ((f"{title}: plain Polars", "by_hand"), (f"{title}: bangfu", "run_of"))
        rounds = [
            [measured(name, f"benchmarks.nation:{work}", str(folder), times=1) for name, work in ways]
            for _ in range(ROUNDS)
        ]
        plain, ours = (min(lines, key=lambda line: line.wall_s) for lines in zip(*rounds, strict=True))
        assert ours.peak_mb <= GOAL_MB, f"{ours.peak_mb:.0f} MB"
        with tempfile.TemporaryDirectory(dir=folder, prefix="rows-") as rows:
            kept = measured(
                f"{title}: bangfu, rows written", "benchmarks.nation:kept_run_of", str(folder), rows, times=1
            )
        return [plain, ours.against(plain, GOAL), kept]
