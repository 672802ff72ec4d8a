"""What the files of a batch say, and what that would do to the register: the rows to record, the doubts to open."""

from dataclasses import dataclass, field
from typing import Final

import polars as pl

from bangfu.intake.refusals import REFUSED

LINE: Final = ("sheet", "row")


@dataclass(frozen=True, slots=True)
class Statements:
    """What the files of a batch say, with places and subjects found.

    households  sheet, row, subject ('household' or 'person' sheet), registered, stated_on, household_id,
                county, village and any field of a household
    persons     sheet, row, stated_on, household_id (0: of none any more, null: says nothing), of_household (in whose
                rows the person stands), person_id, county, event (whether it is a change) and any field of a person
    villages    sheet, row, stated_on, village, county and any field of a village
    """

    households: pl.DataFrame
    persons: pl.DataFrame
    villages: pl.DataFrame

    def subjects(self) -> "Statements":
        """Return whom the statements speak of, without what they say: a tenth of it."""
        return Statements(
            self.households.select(*LINE, "household_id", "household_no", "county", "village"),
            self.persons.select(*LINE, "person_id", "person_no", "county"),
            self.villages.select(*LINE, "village", "county"),
        )


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of exit status that the plan must understand."""

    exited: list[int]
    relapsed: list[int]


@dataclass(slots=True)
class Plan:
    """The difference of a batch.

    topics   topic name -> new rows with the subject's number (negative: new) and county
    income   new income items
    events   inherited status events
    leads    doubts about status: household_id, track, stated, held; and about households that form or empty:
             household_id, kind, other_id, since
    changed  household_id, person_id or village -> the subjects that change
    refused  rows refused or doubted while planning, see refusals.REFUSED
    """

    topics: dict[str, pl.DataFrame] = field(default_factory=dict)
    income: pl.DataFrame = field(default_factory=pl.DataFrame)
    events: pl.DataFrame = field(default_factory=pl.DataFrame)
    leads: pl.DataFrame = field(default_factory=pl.DataFrame)
    changed: dict[str, pl.Series] = field(default_factory=dict)
    refused: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=REFUSED))

    @property
    def is_empty(self) -> bool:
        """Tell whether the register already says all that the batch says."""
        tables = [*self.topics.values(), self.income, self.events, self.leads]
        return all(table.is_empty() for table in tables)


def in_line_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows in the order of their lines; what stands so already is not copied."""
    turn = pl.col("sheet").cast(pl.Int64) * (1 << 32) + pl.col("row")
    return rows if rows.select(turn).to_series().is_sorted() else rows.sort(LINE)


def coalesced(rows: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return one row a subject: of every column the first value that is stated, in the order of the lines."""
    if rows.is_empty():
        return rows
    if rows[key].is_unique().all():
        return rows
    registered = [pl.col("registered").any()] if "registered" in rows.columns else []
    others = [name for name in rows.columns if name not in {key, "registered"}]
    whole = rows.group_by(key, maintain_order=True).agg(*registered)
    parts = [
        rows.select(key, *names).group_by(key, maintain_order=True).agg(pl.all().drop_nulls().first()).drop(key)
        for names in (others[start : start + _AT_ONCE] for start in range(0, len(others), _AT_ONCE))
    ]
    return pl.concat([whole, *parts], how="horizontal")


_AT_ONCE: Final = 4
"""Columns that are gathered at a time: all at once take many times the memory of the rows."""
