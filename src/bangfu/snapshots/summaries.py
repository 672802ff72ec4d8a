"""Counts of a run for people: by place of every level, and by criterion."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from bangfu.kernel.home import Home
from bangfu.places.queries import places_within
from bangfu.places.scope import Scope
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_frames

_LEVELS = 5


def by_place(run: Run, home: Home, scope: Scope) -> list[dict[str, Any]]:
    """Return for every place with households: code, name, level, households yes, no and unknown, and persons yes.

    Sorted by level and place; places outside the scope do not exist.
    """
    rows = run_frames(run, home, scope)["households"]
    places = places_within(scope).select("place", "parent", "level", "code", "name")
    counts = rows.group_by(pl.col("village").alias("place")).agg(
        (pl.col("outcome") == 1).sum().alias("yes"),
        (pl.col("outcome") == 0).sum().alias("no"),
        pl.col("outcome").is_null().sum().alias("unknown"),
        pl.col("persons").filter(pl.col("outcome") == 1).sum().alias("persons_yes"),
    )
    tables = []
    here = counts
    for _ in range(_LEVELS):
        known = here.join(places, on="place")
        tables.append(known.drop("parent"))
        upper = known.filter(pl.col("parent").is_not_null())
        here = upper.group_by(pl.col("parent").alias("place")).agg(pl.col("yes", "no", "unknown", "persons_yes").sum())
    return pl.concat(tables).sort("level", "place").to_dicts()


def criteria_counts(run: Run, home: Home, findings: Mapping[str, Any], scope: Scope) -> dict[str, dict[str, Any]]:
    """Return for each criterion its titles, operator, thresholds, sources and the scope's households by outcome."""
    rows = run_frames(run, home, scope)["households"]
    found = {}
    for name, criterion in findings["criteria"].items():
        column = rows[name]
        found[name] = {
            "title_zh": criterion["title"]["zh"],
            "title_en": criterion["title"]["en"],
            "yes": int((column == 1).sum()),
            "no": int((column == 0).sum()),
            "unknown": column.null_count(),
            **{key: value for key, value in criterion.items() if key != "title"},
        }
    return found
