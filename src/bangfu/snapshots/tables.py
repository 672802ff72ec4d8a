"""Tables of a run, cut to a scope and a page: its households, its indicators, its counts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from bangfu.kernel.home import Home
from bangfu.places.queries import places_within, subtree
from bangfu.places.scope import Scope
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_frames

OUTCOMES = {"yes": 1, "no": 0, "unknown": None}


def runs(programme: str | None = None, on: date | None = None) -> list[Run]:
    """Return the runs, the latest first, of a programme or a day where one is named."""
    found = Run.objects.select_related("snapshot").order_by("-id")
    if programme is not None:
        found = found.filter(programme=programme)
    return list(found if on is None else found.filter(true_on=on))


def households(
    run: Run, home: Home, scope: Scope, *, place: int | None = None, outcome: str | None = None
) -> pl.DataFrame:
    """Return the households of a run within the scope, by village: household, village, persons, income and outcome.

    place    only those of this place and all below it
    outcome  yes, no or unknown
    """
    rows = run_frames(run, home, scope)["households"]
    if place is not None:
        rows = rows.filter(pl.col("village").is_in(subtree(scope, place)))
    if outcome is not None:
        rows = rows.filter(pl.col("outcome").eq_missing(pl.lit(OUTCOMES[outcome], pl.Int8)))
    return rows.select("household", "village", "persons", "income_pc_fen", "outcome").sort("village", "household")


def household_row(run: Run, home: Home, scope: Scope, household: int) -> dict[str, Any] | None:
    """Return a household's row of a run; None when it has none within the scope."""
    rows = run_frames(run, home, scope)["households"].filter(pl.col("household") == household)
    return rows.row(0, named=True) if rows.height else None


def indicators(run: Run, home: Home, scope: Scope, only: Mapping[str, int | str | None]) -> pl.DataFrame:
    """Return the indicators of a run for the places that lie in the scope whole.

    only     values that columns of the result must have; None: any
    Returns  place, name, level, indicator, numerator, denominator
    """
    named = places_within(scope).select("place", "name", "level")
    rows = run_frames(run, home, scope)["indicators"].join(named, on="place")
    wanted = [pl.col(name) == value for name, value in only.items() if value is not None]
    return rows.filter(*wanted).sort("place", "indicator")


def counts(run: Run, home: Home, scope: Scope) -> dict[str, int]:
    """Return how many households of the scope a run decided yes, no and not."""
    column = run_frames(run, home, scope)["households"]["outcome"]
    return {"yes": int((column == 1).sum()), "no": int((column == 0).sum()), "unknown": column.null_count()}
