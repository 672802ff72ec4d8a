"""All indices of 613,000 weighted persons and of 1,439 villages, against the same indices by hand in plain Polars.

By hand means without standard errors; ours are measured both ways: as they are (with standard errors under
strata, clusters and weights) and without them. The values must be the same.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl

from bangfu.analysis.measures.columns import Table
from bangfu.analysis.measures.indices import Measured, measure
from bangfu.analysis.measures.line import Line
from bangfu.analysis.measures.sample import Design
from benchmarks.measures_by_hand import by_hand
from benchmarks.measuring import Line as Measure
from benchmarks.measuring import measured

PERSONS = 613_000
VILLAGES = 1_439
COLUMNS = {"welfare": "income", "design": Design(weight="weight", cluster="village", by="village")}
ROUNDS = 3
GOAL = 3.0


def write_people(folder: Path) -> Path:
    """Write made-up persons as Parquet: income, weight, village."""
    place = pl.int_range(PERSONS, eager=True)
    frame = pl.DataFrame({"place": place}).select(
        income=((pl.col("place").hash(1) % 1_000_003 + 1) / 1_000_004).log().mul(-4_000) + 100,
        weight=1.0 + pl.col("place").hash(2) % 5,
        village=pl.col("place").hash(3) % VILLAGES,
    )
    frame.write_parquet(folder / "people.parquet")
    return folder / "people.parquet"


def ours(path: Path) -> Measured:
    """Measure everything, with standard errors."""
    table = Table(pl.read_parquet(path))
    return measure(table, "income", COLUMNS["design"], Line(3_000.0))


def run(path: str) -> Callable[[], object]:
    """Return the project's measures of the persons in a file."""
    return lambda: ours(Path(path))


def hand(path: str) -> Callable[[], object]:
    """Return the same indices by hand."""
    return lambda: by_hand(Path(path), 3_000.0)


def check_equal(path: Path) -> None:
    """Stop unless both ways give the same indices: otherwise they do not do the same work."""
    found, expected = ours(path), by_hand(path, 3_000.0)
    for mine, theirs in ((pl.DataFrame([found.whole]), expected[0]), (found.groups, expected[1])):
        for name in theirs.columns:
            assert (mine[name] - theirs[name]).abs().max() <= 1e-9 * theirs[name].abs().max(), name


def main() -> list[Measure]:
    """Measure both, taking turns."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_people(Path(folder))
        check_equal(path)
        rounds = [
            [measured(f"measure {PERSONS:,}: {name}", f"benchmarks.measures:{work}", str(path), times=2)]
            for _ in range(ROUNDS)
            for name, work in WAYS
        ]
    plain, mine = (min((one for (one,) in rounds if name in one.name), key=lambda one: one.wall_s) for name, _ in WAYS)
    return [plain, mine.against(plain, GOAL)]


WAYS = (("plain Polars, no errors", "hand"), ("bangfu, with standard errors", "run"))
