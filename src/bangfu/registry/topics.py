"""The topics of the register: which table keeps which fields of whom, derived from the models once."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import polars as pl
from django.db import models

from bangfu.registry import models as tables
from bangfu.registry.models.base import DatedFact, HouseholdFact, PersonFact, VillageFact

_POLARS: Final = {
    "SmallIntegerField": pl.Int16,
    "IntegerField": pl.Int32,
    "BigIntegerField": pl.Int64,
    "BooleanField": pl.Int8,
    "DateField": pl.Date,
    "CharField": pl.String,
    "ForeignKey": pl.Int64,
}


@dataclass(frozen=True, slots=True)
class Topic:
    """One table of dated facts.

    name     the topic's name in the field catalogue
    table    the database table
    key      the column that names the subject: household_id, person_id or village
    columns  the fact's own columns with their polars types, in the model's order
    """

    name: str
    table: str
    key: str
    columns: dict[str, Any]


def polars_type(field: "models.Field[Any, Any]") -> Any:
    """Return the polars type in which a database field travels."""
    return _POLARS[field.get_internal_type()]


def _topic(name: str, model: type[DatedFact], key: str) -> Topic:
    own = {
        str(field.column): polars_type(field)
        for field in model._meta.concrete_fields
        if field.column not in {"id", "county", "event_id", "effective_from", "live", key}
    }
    return Topic(name=name, table=model._meta.db_table, key=key, columns=own)


@cache
def topics() -> dict[str, Topic]:
    """Return every topic by name: household topics, person topics, then village topics."""
    found: dict[str, Topic] = {}
    for name in tables.__all__:
        model = getattr(tables, name)
        if model._meta.abstract:
            continue
        topic_name = model._meta.db_table.removeprefix("registry_")
        if issubclass(model, HouseholdFact):
            found[topic_name] = _topic(topic_name, model, "household_id")
        elif issubclass(model, PersonFact):
            found[topic_name] = _topic(topic_name, model, "person_id")
        elif issubclass(model, VillageFact):
            found[topic_name] = _topic(topic_name, model, "village")
    return found


IDENTITY_TOPICS: Final = frozenset({"identity", "contact"})
"""Topics that no snapshot carries."""
