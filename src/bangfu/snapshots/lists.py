"""Lists of households (名单): those of a scope that some filters leave, a page at a time."""

from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bangfu.kernel.errors.evidence import NothingToRun
from bangfu.kernel.home import Home
from bangfu.kernel.status import MONITORING_TRACK
from bangfu.kernel.texts import Text
from bangfu.places.paths import Step, paths_of
from bangfu.places.queries import resolve
from bangfu.places.scope import Scope
from bangfu.registry.directory import directory
from bangfu.registry.finding import households_found
from bangfu.registry.listed import facts_of, heads_of
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_manifest, run_named, run_rows

PER_PAGE: Final = 50
OUTCOMES: Final = {"yes": 1, "no": 0, "unknown": None}
RUN_COLUMNS: Final = ("outcome", "income_pc_fen", "persons")
SORTS: Final = {"number": None, "income": "income_pc_fen", "members": "persons"}
"""Ways to sort: by number, or by a column of the run."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list shows.

    place    code of a place; empty for the whole scope
    run      name of a run; None for the latest
    outcome  yes, no or unknown in the run; empty for all
    gap      a criterion of the run that holds of the household; empty for all
    status   number of a status event; None for all
    words    what was searched for; empty for all
    sort     one of SORTS
    facts    fields to show beside the columns of the run
    """

    place: str = ""
    run: str | None = None
    outcome: str = ""
    gap: str = ""
    status: int | None = None
    words: str = ""
    sort: str = "number"
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list.

    run       the run of the columns; None while there is none
    criteria  name -> title of the run's criteria
    total     households of the whole list
    page, pages  which page this is, of how many
    rows      a mapping for each household: `household`, `household_no`, `head`, `path`, `status`, `monitoring`,
              the columns of the run, and the fields asked for
    """

    run: Run | None
    criteria: dict[str, Text]
    total: int
    page: int
    pages: int
    rows: list[dict[str, Any]]

    @property
    def first(self) -> int:
        """Which household of the whole list is the first of this page."""
        return (self.page - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        """Which household of the whole list is the last of this page."""
        return self.first + len(self.rows) - 1


def selected(scope: Scope, home: Home, asked: Asked) -> tuple[pl.DataFrame, Run | None]:
    """Return every household that the filters leave, in the order asked for, and the run that they speak of.

    Raises  PlaceUnknown for a place outside the scope, EvidenceUnknown for a run that does not exist
    """
    run = _run(asked.run)
    inside = Scope((resolve(scope, asked.place).number,)) if asked.place else scope
    frame = directory(inside)
    if asked.words:
        found = households_found(inside, asked.words, home.keys)
        frame = frame.filter(pl.col("household").is_in(found.implode()))
    if asked.status is not None:
        column = "monitoring" if asked.status in MONITORING_TRACK else "status"
        frame = frame.filter(pl.col(column) == asked.status)
    if run is not None and (asked.outcome or asked.gap or SORTS.get(asked.sort)):
        frame = _by_run(frame, run_rows(run, home), asked)
    return frame, run


def listing(scope: Scope, home: Home, asked: Asked, page: int = 1) -> Listing:
    """Return one page of the households that the filters leave; a page beyond the last is the last."""
    frame, run = selected(scope, home, asked)
    pages = max(1, -(-frame.height // PER_PAGE))
    page = min(max(page, 1), pages)
    rows = frame.slice((page - 1) * PER_PAGE, PER_PAGE)
    criteria = run_manifest(run, home)["findings"]["criteria"] if run else {}
    return Listing(
        run=run,
        criteria={name: Text(**one["title"]) for name, one in criteria.items()},
        total=frame.height,
        page=page,
        pages=pages,
        rows=_told(rows, run, home, asked.facts),
    )


def _run(name: str | None) -> Run | None:
    try:
        return run_named(name)
    except NothingToRun:
        return None


def _by_run(frame: pl.DataFrame, rows: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    """Cut and sort by what the run found; who is not in the run has no outcome there, not even an unknown one."""
    if asked.outcome in OUTCOMES:
        rows = rows.filter(pl.col("outcome").eq_missing(OUTCOMES[asked.outcome]))
    if asked.gap in rows.columns:
        rows = rows.filter(pl.col(asked.gap) == 1)
    column = SORTS.get(asked.sort)
    if asked.outcome or asked.gap:
        frame = frame.join(rows.select("household"), on="household", how="semi", maintain_order="left")
    if column is None:
        return frame
    valued = frame.join(rows.select("household", column), on="household", how="left", maintain_order="left")
    return valued.sort(column, descending=column == "persons", nulls_last=True, maintain_order=True).drop(column)


def _told(rows: pl.DataFrame, run: Run | None, home: Home, fields: tuple[str, ...]) -> list[dict[str, Any]]:
    """Add names, places, the run's columns and the fields to the households of one page."""
    if rows.is_empty():
        return []
    if run is not None:
        judged = run_rows(run, home).select("household", *RUN_COLUMNS).with_columns(judged=pl.lit(value=True))
        rows = rows.join(
            judged.filter(pl.col("household").is_in(rows["household"].implode())),
            on="household",
            how="left",
            maintain_order="left",
        )
    households, counties = rows["household"].to_list(), rows["county"].unique().sort().to_list()
    heads, facts = heads_of(counties, households), facts_of(counties, households, fields)
    paths: dict[int, tuple[Step, ...]] = paths_of(rows["village"])
    return [
        {
            **row,
            "head": heads.get(row["household"]),
            "path": paths.get(row["village"], ()),
            "facts": {field: values.get(row["household"]) for field, values in facts.items()},
        }
        for row in rows.to_dicts()
    ]
