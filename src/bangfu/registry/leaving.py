"""Who left households, and which households nobody belongs to any more."""

from collections.abc import Sequence

import polars as pl
from django.db import connection

from bangfu.kernel.bulk import in_list, read_frame
from bangfu.places.scope import Scope
from bangfu.registry.queries import EVERY_COUNTY, AsOf, counting, members_at, staying


def emptied_households(county: int) -> pl.Series:
    """Return the households of a county that all their members left, by changes on record."""
    counted, parameters = counting("f", AsOf())
    sql = (
        "SELECT DISTINCT m.household_id FROM registry_membership m WHERE m.county = %s AND m.household_id IS NOT NULL "
        "AND m.person_id IN (SELECT f.person_id FROM registry_membership f WHERE f.county = %s "
        f"AND f.natural_change IS NOT NULL AND {counted})"
    )
    left = read_frame(connection, sql, [county, county, *parameters], {"household_id": pl.Int64})["household_id"]
    if left.is_empty():
        return left
    present = members_at(Scope.everywhere(), AsOf(), left.to_list())["household_id"]
    return left.filter(~left.is_in(present.implode()))


def all_left(household: int) -> bool:
    """Tell whether a household had members and has none any more: it was merged into others, or all left it."""
    present = members_at(Scope.everywhere(), AsOf(), [household])["household_id"]
    return household not in present and not once_inhabited([household], AsOf()).is_empty()


def once_inhabited(households: Sequence[int], as_of: AsOf) -> pl.Series:
    """Return those of these households that ever had a member in the view."""
    counted, parameters = counting("f", as_of)
    condition, parameter = in_list(connection, "f.household_id", list(households))
    sql = (
        f"SELECT DISTINCT household_id FROM registry_membership f WHERE {condition} AND f.effective_from <= %s "
        f"AND {counted} AND f.{EVERY_COUNTY}"
    )
    return read_frame(connection, sql, [parameter, as_of.on, *parameters], {"household_id": pl.Int64})["household_id"]


def left_members(scope: Scope, households: Sequence[int]) -> pl.DataFrame:
    """Return who was last a member of these households and belongs to none today: person_id, household_id."""
    counted, parameters = counting("f", AsOf())
    condition, parameter = in_list(connection, "m.household_id", list(households))
    inside, more = staying("f", "person_id", scope, None)
    sql = (
        f"SELECT person_id, household_id, CAST(effective_from AS text), id FROM registry_membership f WHERE {counted}"
        f"{inside} AND f.person_id IN (SELECT m.person_id FROM registry_membership m WHERE {condition})"
    )
    schema = {"person_id": pl.Int64, "household_id": pl.Int64, "effective_from": pl.String, "id": pl.Int64}
    rows = read_frame(connection, sql, [*parameters, *more, parameter], schema)
    last = pl.col("household_id")
    told = rows.sort("person_id", "effective_from", "id").group_by("person_id", maintain_order=True)
    ends = told.agg(last.last().alias("now"), last.drop_nulls().last())
    gone = ends.filter(pl.col("now").is_null() & pl.col("household_id").is_in(list(households)))
    return gone.select("person_id", "household_id")


def once_left() -> pl.Series:
    """Return the persons who ever left a household for none, whether or not they came back."""
    counted, parameters = counting("f", AsOf())
    sql = f"SELECT DISTINCT person_id FROM registry_membership f WHERE f.household_id IS NULL AND {counted}"
    return read_frame(connection, sql, parameters, {"person_id": pl.Int64})["person_id"]
