"""Chooses the households that carry planted problems, each household one."""

from collections.abc import Iterator
from random import Random
from typing import Final

from bangfu.simulate.faults.facts import has_hardship
from bangfu.simulate.faults.kinds import KINDS, Case, Kind, Mark
from bangfu.simulate.records import Record, Unit

_RARE: Final = (
    "village_merged",
    "village_by_alias",
    "enrolment_beyond_age",
    "education_beyond_age",
    "severe_disability_labourer",
    "id_disability_22",
    "id_lower_x",
    "post_at_70",
    "elder_labourer",
    "labour_under_16",
    "post_under_16",
    "adult_without_labour",
    "no_head",
    "two_heads",
    "relation_sex_mismatch",
    "exit_below_line",
    "exit_year_without_status",
    "both_insurances",
    "sex_contradiction",
    "village_unknown",
    "birth_impossible",
    "spouses_same_sex",
    "phone_shared",
    "phone_wrong",
)
"""Kinds that few households fit; they choose first, in this order."""


def plant(records: list[Record], units: list[Unit], times: int, *, kept: frozenset[str], rng: Random) -> list[Mark]:
    """Plant every kind that belongs to the size so many times; alters the records.

    Households at the line, with hardships, or listed in `kept` (household numbers) stay as they are.
    """
    free = [r for r in records if not r.truth["boundary"] and not has_hardship(r) and r.household_no not in kept]
    rng.shuffle(free)
    kinds = [k for k in KINDS.values() if not k.natural and (k.hamlet or times > 1)]
    kinds.sort(key=lambda k: _RARE.index(k.name) if k.name in _RARE else len(_RARE))
    marks: list[Mark] = []
    for wanted in kinds:
        marks += _plant_kind(wanted, free, units, times, rng)
    return marks


def _plant_kind(wanted: Kind, free: list[Record], units: list[Unit], times: int, rng: Random) -> list[Mark]:
    """Plant one kind in the first fit households."""
    marks: list[Mark] = []
    for record in free:
        if record.kinds:
            continue
        case = Case(wanted, record, units[record.unit].style, rng, _others(free, record), elsewhere=free)
        if not wanted.plant(case):
            continue
        for used in (record, *case.used):
            used.kinds.append(wanted.name)
        marks += case.marks
        times -= 1
        if times == 0:
            break
    return marks


def _others(free: list[Record], record: Record) -> Iterator[Record]:
    """Yield the untouched households of the same office."""
    return (other for other in free if other is not record and not other.kinds and other.unit == record.unit)
