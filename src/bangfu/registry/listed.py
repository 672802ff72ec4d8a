"""What a list says of each household on one of its pages: names and facts in force, for these alone."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import connection

from bangfu.kernel.bulk import in_list
from bangfu.registry.frames import HEAD_RELATION

_FACTS: Final = {"main_cause": "registry_standing", "housing_grade": "registry_housing", "water_safe": "registry_water"}
"""Field that a list can show -> the table that keeps it."""


def heads_of(counties: Sequence[int], households: Sequence[int]) -> dict[int, str | None]:
    """Return the name of the head of each household; the caller has cut the households to a scope.

    counties  the counties of these households, by which the register is indexed
    """
    members: dict[int, tuple[int | None, int | None]] = {}
    sql = (
        "SELECT m.person_id, m.household_id, m.relation FROM registry_membership m WHERE {county} AND {subject} "
        "AND m.event_id NOT IN (SELECT undone_id FROM registry_undo) ORDER BY m.effective_from, m.id"
    )
    for person, household, relation in _rows(sql, "m", "household_id", counties, households):
        members[person] = (household, relation)
    heads = {person: household for person, (household, relation) in members.items() if relation == HEAD_RELATION}
    named = "SELECT i.person_id, i.name FROM registry_identity i WHERE i.live AND {county} AND {subject}"
    names = dict(_rows(named, "i", "person_id", counties, list(heads)))
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
