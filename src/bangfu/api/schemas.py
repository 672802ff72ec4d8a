"""The shapes of what the API takes and gives, shared by its parts."""

from datetime import date
from typing import Annotated, Any, Generic, TypeVar

import polars as pl
from ninja import Field, Schema

from bangfu.kernel.texts import Text

T = TypeVar("T")

LARGEST = 10**18
"""No number of a place or a row is larger."""
MOST_ROWS = 500
Number = Annotated[int, Field(ge=0, le=LARGEST)]
RunName = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,80}$")]
Word = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,60}$")]


class Paging(Schema):
    """Which rows of a list are wanted."""

    limit: Annotated[int, Field(ge=1, le=MOST_ROWS, description="How many rows at most.")] = 100
    offset: Annotated[int, Field(ge=0, le=LARGEST, description="How many rows to leave out before the first.")] = 0


class Said(Schema):
    """One text of the field in both languages."""

    zh: str
    en: str


class Problem(Schema):
    """Why a request was not answered (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str | None = None
    errors: list["BrokenRule"] | None = None


class BrokenRule(Schema):
    """A parameter that is not as it should be."""

    where: str
    rule: str


class Page(Schema, Generic[T]):
    """Some rows of a list: `count` are there in all."""

    count: int
    limit: int
    offset: int
    items: list[T]


def page(rows: pl.DataFrame | list[Any], wanted: Paging) -> dict[str, Any]:
    """Return the wanted rows of a list."""
    limit, offset = wanted.limit, wanted.offset
    if isinstance(rows, pl.DataFrame):
        items = rows.slice(offset, limit).to_dicts() if offset < rows.height else []
    else:
        items = rows[offset : offset + limit]
    return {"count": len(rows), "limit": limit, "offset": offset, "items": items}


def said(text: Text) -> dict[str, str]:
    """Return a text of the field in both languages."""
    return {"zh": text.zh, "en": text.en}


class Held(Schema):
    """A role that the token's person holds in the subtree of a place; 0 the whole country."""

    role: str
    place: int


class Me(Schema):
    """For whom the token speaks."""

    name: str
    grants: list[Held]
    on: date


class Place(Schema):
    """A division: level 1 province, 2 city, 3 county, 4 town, 5 village."""

    place: int
    parent: int | None
    level: int
    code: str
    name: str
    name_en: str


class Counts(Schema):
    """Households that a run decided yes, no, and not, in the places of the token."""

    yes: int
    no: int
    unknown: int


Level = Annotated[int, Field(ge=1, le=5, description="1 province, 2 city, 3 county, 4 town, 5 village.")]


class PlacesWanted(Paging):
    """Which places."""

    level: Level | None = None


class RunsWanted(Paging):
    """Which runs."""

    programme: Word | None = None
    on: date | None = None


class IndicatorsWanted(Paging):
    """Which indicators, of which places; of the latest run where none is named."""

    run: RunName | None = None
    place: Number | None = None
    level: Level | None = None
    indicator: Word | None = None


class Run(Schema):
    """One application of a programme to the register of a day."""

    run: str
    programme: str
    on: date
    snapshot: str
    sha256: str


class Criterion(Schema):
    """A criterion of a run."""

    name: str
    title: Said


class RunWhole(Run):
    """A run with what it rests on and what it decided in the places of the token."""

    title: Said
    code: str
    parameters_sha256: str
    criteria: list[Criterion]
    households: Counts


class Indicator(Schema):
    """One indicator of one place: numerator over denominator, no denominator for a plain count."""

    place: int
    name: str
    level: int
    indicator: str
    title: Said
    unit: str
    numerator: int | None
    denominator: int | None


class Indicators(Page[Indicator]):
    """Indicators of one run."""

    run: str
    programme: str
    on: date
