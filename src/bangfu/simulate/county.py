"""Builds one fictional county and writes everything about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from bangfu.simulate.departments import write_departments
from bangfu.simulate.faults.facts import certificate_marks, natural_marks
from bangfu.simulate.faults.kinds import Mark
from bangfu.simulate.faults.planting import plant
from bangfu.simulate.ledgers.books import Written, write_household_ledger, write_roster
from bangfu.simulate.ledgers.lists import write_assisted, write_exited, write_monitored, write_villages
from bangfu.simulate.monitoring import monitored_rows
from bangfu.simulate.places import Tree, build_places, write_places
from bangfu.simulate.population import build_population
from bangfu.simulate.records import Record, Unit, build_records, build_units
from bangfu.simulate.sheets import Row
from bangfu.simulate.sizes import SIZES, Size
from bangfu.simulate.truth import write_counts, write_hits, write_households, write_planted, write_villages_truth
from bangfu.simulate.villages import village_rows

ABOUT: Final = """# 虚构的县 · A fictional county

这里的地名、人名、证件号码和电话都是生成的，与真实的地方和人无关。
证件号码的前两位 99 不对应任何省份。
Every place, person, number and phone in this folder is made up; no province has the region 99 of the numbers.

- places.csv: 区划 the tree of divisions, with a merged village and an alias
- ledgers/: 台账 the ledgers of towns and county, with planted problems
- departments/: 部门名单 lists of other departments
- truth/households.csv: 各户真实与预期结果 true outcomes, and what the ledgers allow to say
- truth/planted.csv: 埋设的问题 every planted problem by file, sheet, row and column
- truth/counts.csv: 行数 data rows of each ledger, and rows that cannot be taken
- truth/villages.csv: 各村人口 population of each village
- truth/hits.csv: 比对命中 departments' rows on registered persons, and whether the doubt holds up
"""
Progress = Callable[[str, int, int], None]
Streams = Callable[[str], Random]
_EXITED_EVERY: Final = 7  # one office in so many also sends the roster of those who left poverty


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written.

    out       the folder
    outcomes  households by expected outcome of cn_2014 on 2016-12-31: yes, no, unknown
    planted   planted problems and true hardships by kind
    files     the ledgers, relative to `out`
    """

    size: str
    seed: int
    out: Path
    villages: int
    households: int
    persons: int
    outcomes: dict[str, int]
    planted: dict[str, int]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class County:
    """The county before it is written: places, offices, households as the ledgers show them, planted problems."""

    tree: Tree
    units: list[Unit]
    records: list[Record]
    monitored: Mapping[str, Row]
    marks: list[Mark]


def simulate(size: str, seed: int, out: Path, on_progress: Progress | None = None) -> Summary:
    """Write a fictional county whose truth is known: places.csv, ledgers/, departments/ and truth/.

    size         a key of SIZES
    seed         the same seed gives the same bytes, another seed another county
    out          folder to write to; made when missing, files of the same name are replaced
    on_progress  told step, done and total after each file
    Raises       KeyError for a size that does not exist
    """

    def streams(purpose: str) -> Random:
        return Random(f"bangfu/{size}/{seed}/{purpose}")

    for folder in ("ledgers", "departments", "truth"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    county = _build(SIZES[size], streams)
    write_places(county.tree, out / "places.csv")
    written = _write_ledgers(county, out, streams, on_progress or _silent)
    outcomes, planted = _write_truth(county, out, written)
    _, hits = write_departments(out, county.records, streams("departments"))
    write_hits(out, hits)
    (out / "README.md").write_text(ABOUT, encoding="utf-8")
    return Summary(
        size=size,
        seed=seed,
        out=out,
        villages=len(county.tree.villages),
        households=len(county.records),
        persons=sum(len(record.people) for record in county.records),
        outcomes=outcomes,
        planted=planted,
        files=tuple(one.file for one in written),
    )


def _silent(step: str, done: int, total: int) -> None:
    del step, done, total


def _build(size: Size, streams: Streams) -> County:
    """Draw the truth, copy it into ledger rows, and plant the problems."""
    tree = build_places(size, streams("places"))
    population = build_population(size, tree, streams("population"))
    units = build_units(size, tree)
    records = build_records(population, tree, units)
    monitored = monitored_rows(records, streams("monitoring"))
    marks = plant(records, units, size, kept=frozenset(monitored), rng=streams("faults"))
    marks += natural_marks(records, [unit.style for unit in units], frozenset(monitored))
    return County(tree, units, records, monitored, marks)


def _write_ledgers(county: County, out: Path, streams: Streams, on_progress: Progress) -> list[Written]:
    """Write every ledger; the exited roster adds its certificates to the county's marks."""
    written: list[Written] = []
    for unit in county.units:
        mine = [record for record in county.records if record.unit == unit.number]
        written += [write_roster(out, unit, mine), write_household_ledger(out, unit, mine)]
        on_progress("ledgers", unit.number + 1, len(county.units))
    rows = village_rows(county.tree, county.records, county.monitored, streams("villages"))
    exited = [record for record in county.records if record.unit % _EXITED_EVERY == 0]
    roster = write_exited(out, exited, county.monitored)
    county.marks.extend(certificate_marks(roster.rows, {record.household_no: record for record in exited}))
    written += [write_villages(out, rows), write_assisted(out, rows), roster, write_monitored(out, county.monitored)]
    write_villages_truth(out, rows)
    return written


def _write_truth(county: County, out: Path, written: list[Written]) -> tuple[dict[str, int], dict[str, int]]:
    styles = [unit.style for unit in county.units]
    outcomes = write_households(out, county.records, styles, frozenset(county.monitored))
    planted = write_planted(out, county.marks, written)
    write_counts(out, written)
    return outcomes, planted
