"""What a list says of each household on one of its pages: names and facts in force, for these alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from bangfu.kernel.bulk import in_list
from bangfu.registry.frames import HEAD_RELATION

_FACTS: Final = {"main_cause": "registry_standing", "housing_grade": "registry_housing", "water_safe": "registry_water"}
"""Field that a list can show -> the table that keeps it."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a work sheet says of a household: its number, its head, its village group, how many live in it now."""

    number: str | None
    head: str | None
    group: str | None
    members: int


def briefs_of(counties: Sequence[int], households: Sequence[int]) -> dict[int, Brief]:
    """Return what a work sheet says of each household; the caller has cut the households to a scope."""
    once = _rows(_MEMBERS, "m", "household_id", counties, households)
    now = {row[0]: row[1:] for row in _rows(_MEMBERS, "m", "person_id", counties, sorted({row[0] for row in once}))}
    heads = {home: person for person, (home, relation) in now.items() if relation == HEAD_RELATION}
    names = dict(_rows(_NAMES, "i", "person_id", counties, list(heads.values())))
    members = Counter(home for home, _ in now.values())
    groups = dict(_rows(_GROUPS, "r", "household_id", counties, households))
    numbers = dict(_rows(_NUMBERS, "h", "id", counties, households))
    return {
        one: Brief(numbers.get(one), names.get(heads.get(one)), groups.get(one), members[one]) for one in households
    }


_COUNTED: Final = "event_id NOT IN (SELECT undone_id FROM registry_undo)"
_MEMBERS: Final = (
    "SELECT m.person_id, m.household_id, m.relation FROM registry_membership m WHERE {county} AND {subject} "
    f"AND m.{_COUNTED} ORDER BY m.effective_from, m.id"
)
_NAMES: Final = "SELECT i.person_id, i.name FROM registry_identity i WHERE i.live AND {county} AND {subject}"
_GROUPS: Final = (
    "SELECT r.household_id, r.group_name FROM registry_residence r WHERE {county} AND {subject} "
    f"AND r.{_COUNTED} ORDER BY r.effective_from, r.id"
)
_NUMBERS: Final = "SELECT h.id, h.household_no FROM registry_household h WHERE {county} AND {subject}"


def heads_of(counties: Sequence[int], households: Sequence[int]) -> dict[int, str | None]:
    """Return the name of the head of each household; the caller has cut the households to a scope.

    counties  the counties of these households, by which the register is indexed
    """
    members: dict[int, tuple[int | None, int | None]] = {}
    for person, household, relation in _rows(_MEMBERS, "m", "household_id", counties, households):
        members[person] = (household, relation)
    heads = {person: household for person, (household, relation) in members.items() if relation == HEAD_RELATION}
    names = dict(_rows(_NAMES, "i", "person_id", counties, list(heads)))
    return {household: names.get(person) for person, household in heads.items() if household is not None}


def facts_of(counties: Sequence[int], households: Sequence[int], fields: Sequence[str]) -> dict[str, dict[int, Any]]:
    """Return field -> household -> value in force, for the fields of a list."""
    found: dict[str, dict[int, Any]] = {}
    for field in fields:
        if field not in _FACTS:
            continue
        sql = (
            f"SELECT f.household_id, f.{field} FROM {_FACTS[field]} f WHERE {{county}} AND {{subject}} "
            "AND f.event_id NOT IN (SELECT undone_id FROM registry_undo) ORDER BY f.effective_from, f.id"
        )
        found[field] = dict(_rows(sql, "f", "household_id", counties, households))
    return found


def _rows(sql: str, alias: str, key: str, counties: Sequence[int], subjects: Sequence[int]) -> list[tuple[Any, ...]]:
    in_county, county = in_list(connection, f"{alias}.county", counties)
    of_subject, subject = in_list(connection, f"{alias}.{key}", subjects)
    with connection.cursor() as cursor:
        cursor.execute(sql.format(county=in_county, subject=of_subject), [county, subject])
        return list(cursor.fetchall())
