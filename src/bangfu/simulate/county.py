"""Builds one fictional county and writes everything about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from bangfu.simulate.comparison_lists import write_comparison_lists
from bangfu.simulate.departments import write_departments
from bangfu.simulate.faults.facts import certificate_marks, natural_marks
from bangfu.simulate.faults.kinds import Mark
from bangfu.simulate.faults.planting import plant
from bangfu.simulate.identity import regions_of
from bangfu.simulate.ledgers.books import Office, Written, write_household_ledger, write_roster
from bangfu.simulate.ledgers.lists import write_assisted, write_exited, write_monitored, write_villages
from bangfu.simulate.monitoring import monitored_rows
from bangfu.simulate.places import Tree
from bangfu.simulate.population import build_population
from bangfu.simulate.records import Record, Unit, build_records, build_units
from bangfu.simulate.sheets import Row
from bangfu.simulate.sizes import Share
from bangfu.simulate.truth import write_counts, write_hits, write_households, write_planted, write_villages_truth
from bangfu.simulate.villages import village_rows

Progress = Callable[[str, int, int], None]
Streams = Callable[[str], Random]
_EXITED_EVERY: Final = 7  # one office in so many also sends the roster of those who left poverty
FOLDERS: Final = ("ledgers", "departments", "truth")


@dataclass(frozen=True, slots=True)
class Counted:
    """What was written of one county; the fields are those of `place.Summary`."""

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


def write_county(
    share: Share, tree: Tree, office: Office, streams: Streams, on_progress: Progress, *, damaged: int | None = None
) -> Counted:
    """Write one county: its ledgers, the lists of its departments and the truth about it.

    share        what the county has of the whole place
    tree         its places
    office       where its files go
    streams      purpose -> the random numbers drawn for it; of no other county
    on_progress  told step, done and total after each office
    damaged      also write lists for a comparison, so many of a hundred rows damaged; None: do not
    """
    for folder in FOLDERS:
        (office.out / office.inside(folder)).mkdir(parents=True, exist_ok=True)
    county = _build(share, tree, streams)
    written = _write_ledgers(county, office, streams, on_progress)
    outcomes, planted = _write_truth(county, office, written)
    _, hits = write_departments(office, county.records, regions_of(share), streams("departments"))
    write_hits(office, hits)
    if damaged is not None:
        write_comparison_lists(office, county.records, regions_of(share), streams("comparison"), damaged=damaged)
    return Counted(
        villages=len(tree.villages),
        households=len(county.records),
        persons=sum(len(record.people) for record in county.records),
        outcomes=outcomes,
        planted=planted,
        files=tuple(one.file for one in written),
    )


def _build(share: Share, tree: Tree, streams: Streams) -> County:
    """Draw the truth, copy it into ledger rows, and plant the problems."""
    population = build_population(share, tree, streams("population"))
    units = build_units(tree, per_village=share.size.per_village)
    records = build_records(population, tree, units)
    monitored = monitored_rows(records, streams("monitoring"))
    marks = plant(records, units, share.size.plants, kept=frozenset(monitored), rng=streams("faults"))
    marks += natural_marks(records, [unit.style for unit in units], frozenset(monitored))
    return County(tree, units, records, monitored, marks)


def _write_ledgers(county: County, office: Office, streams: Streams, on_progress: Progress) -> list[Written]:
    """Write every ledger; the exited roster adds its certificates to the county's marks."""
    written: list[Written] = []
    for unit in county.units:
        mine = [record for record in county.records if record.unit == unit.number]
        written += [write_roster(office, unit, mine), write_household_ledger(office, unit, mine)]
        on_progress("ledgers", unit.number + 1, len(county.units))
    rows = village_rows(county.tree, county.records, county.monitored, streams("villages"))
    exited = [record for record in county.records if record.unit % _EXITED_EVERY == 0]
    roster = write_exited(office, exited, county.monitored)
    county.marks.extend(certificate_marks(roster.rows, {record.household_no: record for record in exited}))
    written += [
        write_villages(office, rows),
        write_assisted(office, rows),
        roster,
        write_monitored(office, county.monitored),
    ]
    write_villages_truth(office, rows)
    return written


def _write_truth(county: County, office: Office, written: list[Written]) -> tuple[dict[str, int], dict[str, int]]:
    styles = [unit.style for unit in county.units]
    outcomes = write_households(office, county.records, styles, frozenset(county.monitored))
    planted = write_planted(office, county.marks, written)
    write_counts(office, written)
    return outcomes, planted
