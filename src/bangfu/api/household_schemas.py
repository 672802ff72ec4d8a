"""The shapes of households; no number of a person, phone, card or illness has a place in them."""

from datetime import date
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

from bangfu.api.schemas import Number, Page, Paging, RunName, Said


class HouseholdsWanted(Paging):
    """Which households, of the latest run where none is named."""

    run: RunName | None = None
    place: Number | None = None
    outcome: Literal["yes", "no", "unknown"] | None = Field(None, description="What the run decided.")


class HouseholdRow(Schema):
    """A household in a list: where it lives, who heads it, what the run decided.

    decided  whether the run has the household; it has none that was registered after the run
    """

    household: int
    household_no: str | None
    village: int
    head: str | None
    persons: int | None
    income_pc_fen: int | None
    decided: bool
    outcome: bool | None


class Found(Schema):
    """A household that a search found."""

    household: int
    household_no: str | None
    village: int
    head: str | None


class FoundPage(Page[Found]):
    """What a search found.

    cut  whether more persons are called so than were looked at: say more, or search a smaller area
    """

    cut: bool


class Search(Schema):
    """What is searched: the beginning of a name, its pinyin or initials, or of a household number."""

    model_config = ConfigDict(extra="forbid")

    term: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]


class Coded(Schema):
    """An entry of a code list."""

    number: int
    label: Said


class Member(Schema):
    """A member of a household."""

    person: int
    name: str | None
    age: int | None
    relation: Coded | None
    sex: Coded | None
    education_level: Coded | None
    enrolment: Coded | None
    labour_capacity: Coded | None


class IncomeItem(Schema):
    """One item of a year's income in fen."""

    item: str
    title: Said
    fen: int


class Finding(Schema):
    """What one criterion found."""

    name: str
    title: Said
    outcome: bool | None
    decides: bool
    value: int | None
    threshold: int | None
    operator: str | None
    sentence: Said
    sources: list[str]


class Decided(Schema):
    """What a run decided of the household, and why."""

    run: str
    programme: Said
    on: date
    outcome: bool | None
    reason: Said
    income: Said
    criteria: list[Finding]


class HouseholdCard(Schema):
    """A household as recorded today, and what the run decided."""

    household: int
    household_no: str | None
    village: int
    members: list[Member]
    income: list[IncomeItem]
    decision: Decided | None
