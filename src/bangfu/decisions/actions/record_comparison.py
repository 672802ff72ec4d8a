"""Record a comparison with its hits and their leads, as one audited act."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl
from django.db import connection, transaction

from bangfu.access.acting import ActingPerson
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_frame, commit_rows
from bangfu.audit.models import Event
from bangfu.audit.row_numbers import next_number, next_numbers
from bangfu.decisions.asking import Draft
from bangfu.decisions.models import Comparison, Disposition, Hit
from bangfu.kernel.actors import Can, require
from bangfu.kernel.bulk import write_rows
from bangfu.kernel.days import number_day
from bangfu.kernel.home import Home
from bangfu.work.actions.open_leads import Doubt, open_each

_FACTS: Final = ("kind", "office", "stated_on", "programme", "digest")
_COUNTS: Final = ("rows", "rejected", "not_authorised", "matched", "ambiguous", "unmatched", "households_without")
_COLUMNS: Final = ("id", "county", *_FACTS, *_COUNTS, "person_id")
_HIT: Final = {
    "id": pl.Int64,
    "county": pl.Int64,
    "comparison_id": pl.Int64,
    "kind": pl.String,
    "household_id": pl.Int64,
    "person_id": pl.Int64,
    "sheet": pl.Int16,
    "row": pl.Int32,
    "how": pl.String,
    "score_bp": pl.Int32,
    "key": pl.String,
    "facts": pl.String,
    "told_on": pl.Date,
    "after_registration": pl.Boolean,
    "severity": pl.String,
    "lead_id": pl.Int64,
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows a list has, and what became of them; the fields are those of models.Comparison."""

    rows: int
    rejected: int
    not_authorised: int
    matched: int
    ambiguous: int
    unmatched: int
    households_without: int

    @property
    def of_rows(self) -> dict[str, int]:
        """Return the counts by name."""
        return {name: getattr(self, name) for name in _COUNTS}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was recorded.

    comparison  the row; of an earlier comparison of the same file where nothing is new
    hits        how many hits the list has; `fresh`: those that were not asked about before
    repeated    whether nothing was written because all of it was known
    """

    comparison: Comparison
    counts: Counts
    hits: int
    fresh: int
    repeated: bool


@transaction.atomic
def record_comparison(
    *,
    by: ActingPerson,
    county: int,
    facts: dict[str, Any],
    counts: Counts,
    drafts: Sequence[tuple[Draft, bool | None]],
) -> Outcome:
    """Record what a list said of a county (登记比对结果): the comparison, a lead for each new hit, and the hits.

    facts   kind, office, stated_on, programme and digest of the comparison
    drafts  the hits, each with whether its day lies after the household's registration
    Raises  NotPermitted
    """
    require(by, Can.COMPARE, county)
    lock_chain(county)
    fresh = _fresh(drafts, county)
    same = Comparison.objects.filter(county=county, kind=facts["kind"], digest=facts["digest"])
    earlier = same.filter(stated_on=facts["stated_on"]).order_by("id").last()
    if earlier is not None and not fresh:
        return Outcome(earlier, counts, len(drafts), 0, repeated=True)
    number = next_number(Comparison)
    values = (number, county, *(facts[name] for name in _FACTS), *counts.of_rows.values(), by.person_id)
    leads = open_each(by=by, event=None, rows=[_doubt(draft, county, number) for draft, _ in fresh])
    hits = _frame(fresh, county, number, leads)
    keys = Home.current().keys
    tables = {Comparison._meta.db_table: commit_rows(keys, _COLUMNS, [values])}
    if fresh:
        tables[Hit._meta.db_table] = commit_frame(keys, hits)
    told = {**counts.of_rows, "hits": len(drafts), "fresh": len(fresh)}
    event = append_event(
        by=by,
        county=county,
        action="comparison.record",
        subject=f"comparison {number}",
        body={"kind": facts["kind"], "counts": told, "tables": tables},
    )
    made = Comparison.objects.create(**dict(zip(_COLUMNS, values, strict=True)), event=event)
    _write(hits, event)
    return Outcome(made, counts, len(drafts), len(fresh), repeated=False)


def _fresh(drafts: Sequence[tuple[Draft, bool | None]], county: int) -> list[tuple[Draft, bool | None]]:
    """Return the hits that were not asked about before.

    What was only likely and was dismissed is asked anew once the very number of the person says it, under a key of
    its own: who dismissed the likely one said that another person was meant.
    """
    hits = Hit.objects.filter(county=county)
    known = set(hits.values_list("key", flat=True))
    dismissed = hits.filter(how=Hit.How.LIKELY, disposition__outcome=Disposition.Outcome.DISMISSED)
    likely = set(dismissed.values_list("key", flat=True))
    keys = Home.current().keys
    asked = [
        (replace(draft, key=keys.digest(f"{draft.key}|{Hit.How.ID}").hex()), after)
        if draft.how == Hit.How.ID and draft.key in likely
        else (draft, after)
        for draft, after in drafts
    ]
    return [(draft, after) for draft, after in asked if draft.key not in known]


def _doubt(draft: Draft, county: int, comparison: int) -> Doubt:
    """Return the doubt of a hit: about the household, about one missing member of it, or about a row of a stranger."""
    if draft.household is None:
        return Doubt(draft.kind, county, "comparison", comparison, draft.evidence)
    if draft.person is not None and draft.row is None:
        return Doubt(draft.kind, county, "person", draft.person, draft.evidence)
    return Doubt(draft.kind, county, "household", draft.household, draft.evidence)


def _frame(
    fresh: Sequence[tuple[Draft, bool | None]], county: int, comparison: int, leads: Sequence[int]
) -> pl.DataFrame:
    rows = [
        (
            *(number, county, comparison, draft.kind, draft.household, draft.person, draft.sheet, draft.row, draft.how),
            *(draft.score_bp, draft.key, draft.facts, None if draft.told is None else number_day(draft.told)),
            *(after, str(draft.severity), lead),
        )
        for number, (draft, after), lead in zip(next_numbers(Hit, len(fresh)), fresh, leads, strict=True)
    ]
    return pl.DataFrame(rows, schema=_HIT, orient="row")


def _write(hits: pl.DataFrame, event: Event) -> None:
    write_rows(connection, Hit._meta.db_table, hits.with_columns(event_id=pl.lit(event.pk, pl.Int64)))
