"""The roster (名册) as a list for Excel: the labels that clerks know, so that an edited copy can be imported again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import polars as pl

from bangfu.access.field_classes import CHILD_UNDER
from bangfu.kernel.days import OPEN_START, SHANGHAI
from bangfu.kernel.secrets import Keys
from bangfu.params import Field, Parameters
from bangfu.params.field import SENSITIVE
from bangfu.places.queries import village_names
from bangfu.places.scope import Scope
from bangfu.registry import queries
from bangfu.registry.changes import memberships
from bangfu.registry.frames import HEAD_RELATION
from bangfu.registry.queries import AsOf
from bangfu.registry.topics import topics

_TEXT_FIELDS: Final = ("county_name", "town_name", "village_name", "group_name", "household_no", "person_no", "name")
ENTRY_FIELDS: Final = frozenset({"phone"})
"""Columns that may stand empty in a list without numbers, for new values: write, but not read."""


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster: its rows as texts under Chinese labels, one a person, and how many households they belong to."""

    rows: pl.DataFrame
    households: int


def roster(
    scope: Scope,
    parameters: Parameters,
    *,
    reveal: Keys | None,
    households: Sequence[int] | None = None,
    entry: frozenset[str] = frozenset(),
    blank: bool = False,
) -> Roster:
    """Return the register's persons as a list of texts, one row a person, columns labelled in Chinese.

    A household's own facts stand in its head's row, once, so that a change there is one change. Fields of
    the highest class (cards, diagnoses) are in no list; a child's birthday only beside the ID numbers.

    scope       the area; households outside do not exist
    reveal      keys to show ID numbers and phones with; None leaves these columns out
    households  only these of the scope; None for all
    entry       of ENTRY_FIELDS those that stand there empty
    blank       whether columns stand there of which nothing is recorded
    """
    rows, own = _persons(scope, households)
    if reveal:
        rows = _revealed(rows, reveal)
    else:
        grown = pl.col("born_on") <= _latest_birth(CHILD_UNDER)
        rows = rows.with_columns(pl.when(grown).then(pl.col("born_on")).alias("born_on"))
    leads = (pl.col("relation") == HEAD_RELATION).fill_null(value=False)
    rows = rows.sort("village", "household_no", ~leads, "person_id")
    first = pl.int_range(pl.len()).over("household_id") == 0
    rows = rows.with_columns(pl.when(first).then(pl.col(name)).alias(name) for name in own)
    highest = SENSITIVE if reveal else SENSITIVE - 1
    return Roster(_labelled(rows, parameters, highest, entry, blank=blank), rows["household_id"].n_unique())


def _persons(scope: Scope, households: Sequence[int] | None) -> tuple[pl.DataFrame, list[str]]:
    """Return present persons with their facts and those of their household, and the names of the latter."""
    today = AsOf()
    members = queries.facts_at(scope, topics()["membership"], today).filter(pl.col("household_id").is_not_null())
    if households is not None:
        wanted = pl.Series(households, dtype=pl.Int64)
        members = members.filter(pl.col("household_id").is_in(wanted.implode()))
    people = _with_day_of_change(scope, members).drop("effective_from")
    for topic in topics().values():
        if topic.key == "person_id" and topic.name != "membership":
            people = people.join(
                queries.facts_at(scope, topic, today).drop("effective_from"), on="person_id", how="left"
            )
    homes = _households(scope, today)
    rows = people.join(homes, on="household_id", how="inner")
    rows = rows.join(queries.household_numbers(rows["household_id"].unique().to_list()), on="household_id", how="left")
    rows = rows.join(queries.person_numbers(rows["person_id"].to_list()), on="person_id", how="left")
    names = village_names(scope).unique("village", keep="first", maintain_order=True)
    rows = rows.join(names.select("village", "county_name", "town_name", "village_name"), on="village", how="left")
    own = [name for name in homes.columns if name not in {"household_id", "village", "group_name"}]
    return rows, own


def _with_day_of_change(scope: Scope, members: pl.DataFrame) -> pl.DataFrame:
    """Add the day on which who joined a household did so: `change_on`."""
    joined = members.filter(pl.col("natural_change").is_not_null())["person_id"].to_list()
    if not joined:
        return members.with_columns(change_on=pl.lit(None, pl.Date))
    days = memberships(queries.facts_until(scope, topics()["membership"], AsOf(), joined))
    last = days.sort("person_id", "since").unique("person_id", keep="last", maintain_order=True)
    since = pl.when(pl.col("since") > OPEN_START).then(pl.col("since")).alias("change_on")
    return members.join(last.select("person_id", since), on="person_id", how="left", maintain_order="left")


def _latest_birth(age: int) -> date:
    """Return the last birthday of those who are at least so many years old today."""
    today = datetime.now(SHANGHAI).date()
    return date(today.year - age, today.month, min(today.day, 28))


def roster_counts(scope: Scope, households: Sequence[int] | None) -> tuple[int, int]:
    """Return how many households with members, and persons in them, live in the scope: what a roster must show."""
    homes = queries.facts_at(scope, topics()["residence"], AsOf(), households)
    members = queries.facts_at(scope, topics()["membership"], AsOf())
    inside = members.join(homes, on="household_id", how="semi")
    return inside["household_id"].n_unique(), inside.height


def _households(scope: Scope, today: AsOf) -> pl.DataFrame:
    homes = queries.facts_at(scope, topics()["residence"], today).drop("effective_from")
    for topic in topics().values():
        if topic.key == "household_id" and topic.name not in {"residence", "contact"}:
            homes = homes.join(
                queries.facts_at(scope, topic, today).drop("effective_from"), on="household_id", how="left"
            )
    items = queries.income_at(scope, today).drop("effective_from")
    if items.is_empty():
        return homes
    return homes.join(items.pivot("item", index="household_id", values="fen"), on="household_id", how="left")


def _revealed(rows: pl.DataFrame, keys: Keys) -> pl.DataFrame:
    for plain, sealed in (("id_no", "id_sealed"), ("phone", "phone_sealed")):
        opened = [
            None if text is None else keys.decrypt(bytes.fromhex(text), f"identity|{plain}|{person}").decode()
            for text, person in rows.select(sealed, "person_id").iter_rows()
        ]
        rows = rows.with_columns(pl.Series(plain, opened, pl.String))
    return rows


def _labelled(
    rows: pl.DataFrame, parameters: Parameters, highest: int, entry: frozenset[str], *, blank: bool
) -> pl.DataFrame:
    fields = {**parameters.fields["person"], **parameters.fields["household"]}
    shown = []
    for name, field in fields.items():
        if name in entry:
            shown.append(pl.lit("").alias(label_of(field)))
            continue
        if name not in rows.columns or field.privacy > highest or (rows[name].is_null().all() and not blank):
            continue
        shown.append(_written(field, parameters).fill_null("").alias(label_of(field)))
    return rows.select(shown)


def label_of(field: Field) -> str:
    """Return the label under which a roster carries a field, so that intake knows it again."""
    return f"{field.title.zh}（元）" if field.type == "fen" else field.title.zh


def _written(field: Field, parameters: Parameters) -> pl.Expr:
    """Return the field as a clerk writes it, so that intake reads the same value back."""
    column = pl.col(field.name)
    if field.type == "code":
        return column.replace_strict(_labels(field, parameters), default=None, return_dtype=pl.String)
    if field.type == "flags":
        labels = _labels(field, parameters)
        return column.map_elements(
            lambda mask: "、".join(text for number, text in labels.items() if mask >> number & 1),
            return_dtype=pl.String,
        )
    if field.type == "bool":
        return column.replace_strict({1: "是", 0: "否"}, default=None, return_dtype=pl.String)
    if field.type in _SCALES:
        return _decimal(column, _SCALES[field.type])
    return column.cast(pl.String)


_SCALES: Final = {"fen": 2, "mu100": 2, "dm2": 2, "km": 3}
"""Decimal places between the stored unit and the written one: yuan, mu, square metres, kilometres."""


def _labels(field: Field, parameters: Parameters) -> Mapping[int, str]:
    return {code.number: code.label.zh for code in parameters.code_lists[str(field.codes)].entries}


def _decimal(column: pl.Expr, places: int) -> pl.Expr:
    unit = 10**places
    sign = pl.when(column < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    rest = (column.abs() % unit).cast(pl.String).str.zfill(places)
    return pl.when(column.is_not_null()).then(
        pl.concat_str(sign, (column.abs() // unit).cast(pl.String), pl.lit("."), rest)
    )
