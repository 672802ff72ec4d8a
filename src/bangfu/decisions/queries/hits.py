"""Hits of comparisons, as those see them in whose area the households live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl
from django.db.models import Count, Q, QuerySet

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_of
from bangfu.decisions.facts import facts_read
from bangfu.decisions.models import Comparison, Disposition, Hearing, Hit
from bangfu.decisions.queries.placed import placed
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.comparisons import HitUnknown
from bangfu.kernel.errors.register import HouseholdUnknown
from bangfu.places.scope import Scope, chain_of
from bangfu.registry.directory import home_of
from bangfu.registry.queries import household_numbers
from bangfu.work.models import Lead

PER_PAGE: Final = 50
_SORTED: Final = {"id": pl.Int64, "county": pl.Int64, "household": pl.Int64, "kind": pl.String, "severity": pl.String}


@dataclass(frozen=True, slots=True)
class FoundHit:
    """A hit within a scope.

    place    the village of its household; the county of a hit on nobody registered
    decided  whether a person decided it
    """

    hit: Hit
    place: int
    decided: bool


@dataclass(frozen=True, slots=True)
class HitShown:
    """One hit as a list shows it; the fields are those of models.Hit.

    household_no  None of a hit on nobody registered
    place         village of the household, where it lived last if all left it, or the county
    facts         what the row says, by the names of `lists.yaml`
    heard         how often the household was heard
    outcome       what was decided, '' for nothing yet
    """

    hit: int
    kind: str
    list: str
    stated_on: date
    household: int | None
    household_no: str | None
    place: int
    sheet: int | None
    row: int | None
    how: str
    score_bp: int
    facts: Mapping[str, int | str]
    told_on: date | None
    after_registration: bool | None
    severity: str
    lead: int
    evidence: str
    heard: int
    outcome: str


@dataclass(frozen=True, slots=True)
class HitPage:
    """One page of hits, and how many there are of each kind in the whole list."""

    hits: Sequence[HitShown]
    total: int
    page: int
    pages: int
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class HitDossier:
    """One hit with what was decided about it.

    hearings  the days on which the household was heard; its words are opened by read_hearings alone
    """

    shown: HitShown
    comparison: Comparison
    hearings: Sequence[date]
    disposition: Disposition | None


def hits_listed(
    scope: Scope, *, kind: str = "", open_only: bool = True, household: int | None = None, page: int = 1
) -> HitPage:
    """Return hits on households of a scope, the gravest first (疑点清单).

    kind       beginning of a kind: comparison, unserved, comparison.vehicles; '' for all
    open_only  leave out what was decided
    household  only this one's
    """
    rows = Hit.objects.filter(kind__startswith=kind)
    if open_only:
        rows = rows.filter(lead__state=Lead.State.OPEN)
    if household is not None:
        rows = rows.filter(household_id=household)
    kept = _within(_near(rows, scope), scope).sort("severity", "county", "id")
    kinds = dict(kept.group_by("kind").len().sort("kind").iter_rows())
    pages = max(1, -(-kept.height // PER_PAGE))
    at = min(max(page, 1), pages)
    shown = kept.slice((at - 1) * PER_PAGE, PER_PAGE)
    some = {hit.pk: hit for hit in _with_all(Hit.objects.filter(pk__in=shown["id"].to_list()))}
    hits = _shown([some[number] for number in shown["id"]], shown)
    return HitPage(hits, kept.height, at, pages, kinds)


def hit_dossier(scope: Scope, number: int) -> HitDossier:
    """Return one hit with what was decided; raises HitUnknown outside the scope."""
    asked = Hit.objects.filter(pk=number)
    place = _within(asked, scope)
    hit = _with_all(asked).first()
    if hit is None or place.is_empty():
        raise HitUnknown(hit=number)
    heard = Hearing.objects.filter(hit=hit).order_by("heard_on", "id").values_list("heard_on", flat=True)
    (shown,) = _shown([hit], place)
    return HitDossier(shown, hit.comparison, list(heard), Disposition.objects.filter(hit=hit).first())


def removals_proposed(scope: Scope) -> list[Disposition]:
    """Return the decisions that propose a removal, each with its hit, from which a case may be opened (拟清退)."""
    asked = Hit.objects.filter(disposition__outcome=Disposition.Outcome.REMOVE_PROPOSED)
    mine = set(_within(_near(asked, scope), scope)["id"].to_list())
    proposed = Disposition.objects.filter(outcome=Disposition.Outcome.REMOVE_PROPOSED).select_related("hit")
    return [one for one in proposed.order_by("id") if one.hit_id in mine]


def comparisons_listed(scope: Scope) -> QuerySet[Comparison]:
    """Return the comparisons of the counties that lie in the scope whole, the latest first."""
    return Comparison.objects.filter(scope.holds("county")).select_related("person").order_by("-id")


def hit_seen(actor: ActingPerson, number: int, permission: Can) -> FoundHit:
    """Return a hit within the area in which the person has a right; raises HitUnknown elsewhere."""
    scope = scope_of(actor, permission)
    hit = Hit.objects.select_related("comparison").filter(pk=number).first()
    place = _place(hit, scope) if hit is not None else None
    if hit is None or place is None:
        raise HitUnknown(hit=number)
    return FoundHit(hit, place, Disposition.objects.filter(hit=hit).exists())


def words_context(number: int) -> str:
    """Return the context under which a hearing's words are sealed."""
    return f"hearing|words|{number}"


def _place(hit: Hit, scope: Scope) -> int | None:
    if hit.household_id is None:
        return hit.county if scope.contains(hit.county) else None
    try:
        return int(home_of(scope, hit.household_id)["village"])
    except HouseholdUnknown:
        return None


def _near(hits: QuerySet[Hit], scope: Scope) -> QuerySet[Hit]:
    """Leave the hits of the counties that the scope touches."""
    if scope.whole:
        return hits
    return hits.filter(Q(county__in={chain_of(root) for root in scope.roots}) | scope.holds("county"))


def _within(hits: QuerySet[Hit], scope: Scope) -> pl.DataFrame:
    """Return the hits of a scope with the place of each."""
    return placed(pl.DataFrame(list(hits.values_list(*_SORTED)), schema=_SORTED, orient="row"), scope)


def _with_all(hits: QuerySet[Hit]) -> QuerySet[Hit]:
    return hits.select_related("comparison", "lead", "disposition").annotate(heard=Count("hearings"))


def _shown(hits: Sequence[Any], placed: pl.DataFrame) -> list[HitShown]:
    places: dict[int, int] = dict(placed.select("id", "place").iter_rows())
    households = [hit.household_id for hit in hits if hit.household_id is not None]
    numbers: dict[int, str | None] = dict(household_numbers(households).iter_rows())
    return [_one_shown(hit, numbers.get(hit.household_id), places[hit.pk]) for hit in hits]


def _one_shown(hit: Any, household_no: str | None, place: int) -> HitShown:
    decided = getattr(hit, "disposition", None)
    return HitShown(
        hit=hit.pk,
        kind=hit.kind,
        list=hit.comparison.kind,
        stated_on=hit.comparison.stated_on,
        household=hit.household_id,
        household_no=household_no,
        place=place,
        sheet=hit.sheet,
        row=hit.row,
        how=hit.how,
        score_bp=hit.score_bp,
        facts=facts_read(hit.facts),
        told_on=hit.told_on,
        after_registration=hit.after_registration,
        severity=hit.severity,
        lead=hit.lead_id,
        evidence=hit.lead.evidence,
        heard=hit.heard,
        outcome=decided.outcome if decided else "",
    )
