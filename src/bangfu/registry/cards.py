"""The card of a household (户卡): members and income as recorded now. No number, phone, card or illness is on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl
from django.db import connection

from bangfu.kernel.bulk import in_list, read_frame
from bangfu.places.queries import numbers_within
from bangfu.places.scope import Scope
from bangfu.registry import queries
from bangfu.registry.frames import HEAD_RELATION
from bangfu.registry.queries import EVERY_COUNTY, AsOf
from bangfu.registry.topics import topics

MEMBER_FIELDS: Final = ("relation", "sex", "education_level", "enrolment", "labour_capacity")
"""Coded facts of a member that helping the household needs (class D2)."""
_FOUND_AT_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Card:
    """What the register says of one household today.

    village  number of the village in which it lives
    members  person, name, age and MEMBER_FIELDS each, the head first
    income   item and fen each, of the latest year recorded
    """

    household: int
    household_no: str | None
    village: int
    members: list[dict[str, Any]]
    income: list[dict[str, Any]]


def card(scope: Scope, household: int, on: date) -> Card | None:
    """Return the household's card; None when it lives outside the scope, or nowhere.

    on  the day of the ages
    """
    homes = residences(scope, [household])
    if homes.is_empty():
        return None
    members = _members([household], on).sort(pl.col("relation") != HEAD_RELATION, "person", nulls_last=True)
    income = queries.income_at(Scope.everywhere(), AsOf(), [household])
    return Card(
        household=household,
        household_no=queries.household_numbers([household])["household_no"].to_list()[0],
        village=homes["village"].item(),
        members=members.drop("household").to_dicts(),
        income=income.select("item", "fen").sort("item").to_dicts(),
    )


def residences(scope: Scope, households: Sequence[int]) -> pl.DataFrame:
    """Return where these households live now, as far as that is in the scope: household, village."""
    rows = queries.facts_at(Scope.everywhere(), topics()["residence"], AsOf(), households)
    rows = rows.select(pl.col("household_id").alias("household"), "village")
    if scope.whole:
        return rows
    return rows.filter(pl.col("village").is_in(numbers_within(scope).implode()))


def headings(scope: Scope, households: Sequence[int]) -> pl.DataFrame:
    """Return what a list shows of households of the scope: household, village, household_no, head (name)."""
    homes = residences(scope, households)
    inside = homes["household"].to_list()
    heads = _named(_memberships(inside).filter(pl.col("relation") == HEAD_RELATION))
    first = heads.sort("person").unique("household", keep="first").select("household", pl.col("name").alias("head"))
    numbers = queries.household_numbers(inside).rename({"household_id": "household"})
    return homes.join(numbers, on="household", how="left").join(first, on="household", how="left").sort("household")


def search(scope: Scope, term: str) -> list[int]:
    """Return the households of the scope, at most 1,000, one of whose persons or whose number begins with the term.

    term  beginning of a name, its pinyin or initials, or of a household number
    """
    begins = term.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
    inside, places = scope.where("r.village")
    known = "AND {0}.event_id NOT IN (SELECT undone_id FROM registry_undo)"
    by_name = (
        "SELECT m.household_id FROM registry_identity i JOIN registry_membership m ON m.county = i.county "
        "AND m.person_id = i.person_id JOIN registry_residence r ON r.county = m.county "
        "AND r.household_id = m.household_id WHERE i.live AND (i.name LIKE %s ESCAPE '!' "
        f"OR i.pinyin LIKE %s ESCAPE '!' OR i.initials LIKE %s ESCAPE '!') {known.format('i')} AND {inside}"
    )
    by_number = (
        "SELECT h.id FROM registry_household h JOIN registry_residence r ON r.county = h.county "
        f"AND r.household_id = h.id WHERE h.live AND h.household_no LIKE %s ESCAPE '!' {known.format('h')} AND {inside}"
    )
    sql = f"SELECT * FROM ({by_name} UNION {by_number}) found ORDER BY 1 LIMIT {_FOUND_AT_MOST}"
    low = begins.lower()
    parameters = [begins, low, low, *places, begins, *places]
    found = read_frame(connection, sql, parameters, {"household": pl.Int64}).drop_nulls()
    return residences(scope, found["household"].to_list())["household"].sort().to_list()


def _members(households: Sequence[int], on: date) -> pl.DataFrame:
    """Return the members of the households: household, person, name, age and MEMBER_FIELDS."""
    rows = _named(_memberships(households))
    persons = rows["person"].to_list()
    for name in ("profile", "schooling", "labour"):
        facts = queries.facts_at(Scope.everywhere(), topics()[name], AsOf(), persons).drop("effective_from")
        rows = rows.join(facts, left_on="person", right_on="person_id", how="left")
    today = on.year * 10_000 + on.month * 100 + on.day
    born = pl.col("born_on")
    number = born.dt.year() * 10_000 + born.dt.month().cast(pl.Int32) * 100 + born.dt.day().cast(pl.Int32)
    return rows.select("household", "person", "name", ((today - number) // 10_000).alias("age"), *MEMBER_FIELDS)


def _memberships(households: Sequence[int]) -> pl.DataFrame:
    """Return who belongs to the households now: household, person, relation."""
    condition, parameter = in_list(connection, "household_id", list(households))
    sql = f"SELECT DISTINCT person_id FROM registry_membership WHERE {EVERY_COUNTY} AND {condition}"
    persons = read_frame(connection, sql, [parameter], {"person_id": pl.Int64})["person_id"].to_list()
    rows = queries.facts_at(Scope.everywhere(), topics()["membership"], AsOf(), persons)
    rows = rows.rename({"household_id": "household", "person_id": "person"})
    return rows.filter(pl.col("household").is_in(list(households))).select("household", "person", "relation")


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    facts = queries.facts_at(Scope.everywhere(), topics()["identity"], AsOf(), rows["person"].to_list())
    return rows.join(facts.select(pl.col("person_id").alias("person"), "name"), on="person", how="left")
