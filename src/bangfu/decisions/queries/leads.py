"""Open doubts, as those see them in whose area the households live (疑点清单)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl
from django.db.models import Q, QuerySet

from bangfu.decisions.models import Hit
from bangfu.decisions.queries.placed import placed
from bangfu.kernel.days import SHANGHAI
from bangfu.kernel.errors.comparisons import HitUnknown
from bangfu.places.queries import numbers_within
from bangfu.places.scope import Scope, chain_of
from bangfu.registry.listed import heads_of
from bangfu.registry.queries import household_numbers
from bangfu.work.models import Lead

PER_PAGE: Final = 50
OTHER: Final = "other"
"""Severity of a doubt that no comparison raised."""
SEVERITIES: Final = (Hit.Severity.BLOCK.value, Hit.Severity.REVIEW.value, Hit.Severity.HELP.value, OTHER)
_LEAD: Final = {"lead": pl.Int64, "kind": pl.String, "county": pl.Int64, "about": pl.String, "subject": pl.Int64}
_HIT: Final = {"lead": pl.Int64, "hit": pl.Int64, "of": pl.Int64, "severity": pl.String, "after": pl.Boolean}


@dataclass(frozen=True, slots=True)
class LeadsAsked:
    """Which doubts are asked for; what is empty asks for all.

    kind      of a lead, word for word
    severity  one of SEVERITIES
    within    a scope in which the households live, beside that of who asks
    """

    kind: str = ""
    severity: str = ""
    within: Scope | None = None


@dataclass(frozen=True, slots=True)
class LeadLine:
    """One open doubt as a list shows it.

    household     None where it is about nobody registered; `head` and `number` are its
    place         village of the household, or the county
    after         whether the day that is told lies after the household was registered; None where nobody knows
    since         the day on which it was opened
    """

    lead: int
    kind: str
    severity: str
    household: int | None
    head: str | None
    number: str | None
    place: int
    after: bool | None
    since: date


@dataclass(frozen=True, slots=True)
class LeadPage:
    """One page of doubts, and how many there are in all.

    kinds       how many of each kind, of the severity asked for
    severities  how many of each severity, of the kind asked for
    """

    lines: Sequence[LeadLine]
    total: int
    page: int
    pages: int
    kinds: Mapping[str, int]
    severities: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LeadSeen:
    """One doubt within a scope, open or settled.

    hit  number of what a list says; None for a doubt that no comparison raised
    """

    lead: Lead
    household: int | None
    place: int
    hit: int | None


def leads_listed(scope: Scope, asked: LeadsAsked, page: int = 1) -> LeadPage:
    """Return the open doubts about households of a scope, the gravest first, then the oldest."""
    rows = placed(_open(scope), scope)
    if asked.within is not None:
        rows = rows.filter(pl.col("place").is_in(numbers_within(asked.within).implode()))
    of_kind = rows.filter(pl.col("kind") == asked.kind) if asked.kind else rows
    of_severity = rows.filter(pl.col("severity") == asked.severity) if asked.severity else rows
    kept = of_kind.filter(pl.col("severity") == asked.severity) if asked.severity else of_kind
    pages = max(1, -(-kept.height // PER_PAGE))
    at = min(max(page, 1), pages)
    shown = kept.sort(_gravest(), "lead").slice((at - 1) * PER_PAGE, PER_PAGE)
    return LeadPage(_lines(shown), kept.height, at, pages, _counted(of_severity, "kind"), _counted(of_kind, "severity"))


def lead_seen(scope: Scope, number: int) -> LeadSeen:
    """Return one doubt, open or settled; raises HitUnknown outside the scope."""
    lead = Lead.objects.select_related("event").filter(pk=number).first()
    if lead is None:
        raise HitUnknown(hit=number)
    rows = placed(_with_hits(Lead.objects.filter(pk=number), Hit.objects.filter(lead=lead)), scope)
    if rows.is_empty():
        raise HitUnknown(hit=number)
    row = rows.row(0, named=True)
    return LeadSeen(lead, row["household"], row["place"], row["hit"])


def leads_of_household(household: int, county: int) -> list[LeadLine]:
    """Return the open doubts about one household, the gravest first; the caller has looked whether it may be read."""
    told = Hit.objects.filter(household_id=household, lead__state=Lead.State.OPEN).values("lead_id")
    own = Q(subject_kind="household", subject_id=household) | Q(pk__in=told)
    found = Lead.objects.filter(own, state=Lead.State.OPEN)
    if not found.exists():
        return []  # as of nearly every household
    rows = _with_hits(found, Hit.objects.filter(lead__in=found))
    return _lines(rows.with_columns(place=pl.lit(county, pl.Int64)).sort(_gravest(), "lead"))


def _gravest() -> pl.Expr:
    return pl.col("severity").replace_strict(list(SEVERITIES), list(range(len(SEVERITIES))), return_dtype=pl.Int8)


def _open(scope: Scope) -> pl.DataFrame:
    leads = Lead.objects.filter(state=Lead.State.OPEN)
    hits = Hit.objects.filter(lead__state=Lead.State.OPEN)
    if not scope.whole:
        near = Q(county__in={chain_of(root) for root in scope.roots}) | scope.holds("county")
        leads, hits = leads.filter(near), hits.filter(near)
    return _with_hits(leads, hits)


def _with_hits(leads: QuerySet[Lead], hits: QuerySet[Hit]) -> pl.DataFrame:
    """Return leads with the first hit of each, and the household that they are about: columns, never a model."""
    values = leads.order_by("id").values_list("id", "kind", "county", "subject_kind", "subject_id")
    rows = pl.DataFrame(list(values), schema=_LEAD, orient="row")
    told = hits.order_by("id").values_list("lead_id", "id", "household_id", "severity", "after_registration")
    first = pl.DataFrame(list(told), schema=_HIT, orient="row").unique("lead", keep="first", maintain_order=True)
    own = pl.when(pl.col("about") == "household").then("subject")
    return rows.join(first, on="lead", how="left", maintain_order="left").with_columns(
        household=pl.coalesce(own, "of"), severity=pl.col("severity").fill_null(OTHER)
    )


def _counted(rows: pl.DataFrame, column: str) -> dict[str, int]:
    return dict(rows.group_by(column).len().sort(column).iter_rows())


def _lines(rows: pl.DataFrame) -> list[LeadLine]:
    households = rows["household"].drop_nulls().unique().to_list()
    heads = heads_of(rows["county"].unique().to_list(), households) if households else {}
    numbers: dict[int, str | None] = dict(household_numbers(households).iter_rows())
    opened = dict(Lead.objects.filter(pk__in=rows["lead"].to_list()).values_list("pk", "event__at"))
    return [
        LeadLine(
            lead=row["lead"],
            kind=row["kind"],
            severity=row["severity"],
            household=row["household"],
            head=heads.get(row["household"]),
            number=numbers.get(row["household"]),
            place=row["place"],
            after=row["after"],
            since=opened[row["lead"]].astimezone(SHANGHAI).date(),
        )
        for row in rows.iter_rows(named=True)
    ]
