"""Tables of a run, cut to a scope: its indicators, its counts."""

from collections.abc import Mapping

import polars as pl

from bangfu.kernel.home import Home
from bangfu.places.queries import places_within
from bangfu.places.scope import Scope
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_frames


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
