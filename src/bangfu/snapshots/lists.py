"""Lists of households (名单): those of a scope that some filters leave, a page at a time."""

from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any, Final

import polars as pl

from bangfu.analysis.indicators import REGISTERED as REGISTERED_KINDS
from bangfu.kernel.errors.evidence import NothingToRun
from bangfu.kernel.home import Home
from bangfu.kernel.status import MONITORING_TRACK
from bangfu.kernel.texts import Text
from bangfu.places.paths import Step, paths_of
from bangfu.places.queries import resolve
from bangfu.places.scope import Scope
from bangfu.registry.directory import COLUMNS, directory
from bangfu.registry.finding import households_found
from bangfu.registry.listed import facts_of, heads_of
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_manifest, run_named, run_rows

PER_PAGE: Final = 50
OUTCOMES: Final = {"yes": 1, "no": 0, "unknown": None}
_HELD: Final = 400
_PLACES: Final = 1 << 24
"""More than the households of the largest province."""
_LARGEST: Final = (1 << 38) - 1
"""In fen: more than the income of anybody."""
_lock = Lock()
_joined: dict[tuple[str, int], tuple[pl.DataFrame, pl.DataFrame]] = {}
"""Frames of counties with the columns of a run beside them, beside the frame of the directory that they are of."""
RUN_COLUMNS: Final = ("outcome", "income_pc_fen", "persons")
REGISTERED: Final = "registered"
"""The filter that leaves who is registered as poor, whichever status event made it so."""
SORTS: Final = {"number": None, "income": "income_pc_fen", "members": "persons"}
"""Ways to sort: by number, or by a column of the run."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list shows.

    place    code or number of a place; empty for the whole scope
    run      name of a run; None for the latest
    outcome  yes, no or unknown in the run; empty for all
    gap      a criterion of the run that holds of the household; empty for all
    status   number of a status event, or REGISTERED for those registered as poor on the day of the run; None for all
    words    what was searched for; empty for all
    sort     one of SORTS
    facts    fields to show beside the columns of the run
    """

    place: str | int = ""
    run: str | None = None
    outcome: str = ""
    gap: str = ""
    status: int | str | None = None
    words: str = ""
    sort: str = "number"
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Every household that the filters leave.

    frame  their rows of the directory
    order  the positions of these rows in the order asked for; None: as they stand
    run    the run that the filters speak of; None while there is none
    cut    whether the search stopped before it had looked at everybody called so
    """

    frame: pl.DataFrame
    order: pl.Series | None
    run: Run | None
    cut: bool

    def rows(self, start: int, most: int) -> pl.DataFrame:
        """Return some of the households, in the order asked for."""
        return self.frame.slice(start, most) if self.order is None else self.frame[self.order.slice(start, most)]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list.

    run       the run of the columns; None while there is none
    cut       whether the search stopped before it had looked at everybody called so
    criteria  name -> title of the run's criteria
    total     households of the whole list
    page, pages  which page this is, of how many
    rows      a mapping for each household: `household`, `household_no`, `head`, `path`, `status`, `monitoring`,
              the columns of the run, and the fields asked for
    """

    run: Run | None
    cut: bool
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


def selected(scope: Scope, home: Home, asked: Asked, *, every: bool = False) -> Selection:
    """Return every household that the filters leave.

    every   whether a search looks at everybody called so: for what is counted or taken along, not for a page
    Raises  PlaceUnknown for a place outside the scope, EvidenceUnknown for a run that does not exist
    """
    run = _run(asked.run)
    inside = scope if asked.place == "" else Scope((resolve(scope, asked.place).number,))
    by_run = run is not None and bool(asked.outcome or asked.gap or SORTS.get(asked.sort))
    frame = directory(inside, partial(_with_run, run, home) if run is not None and by_run else None)
    cut = False
    if asked.words:
        found = households_found(frame, asked.words, home.keys, whole=inside.whole, every=every)
        frame, cut = frame.filter(pl.col("household").is_in(found.households.implode())), found.cut
    if asked.status == REGISTERED:
        frame = _registered(frame, run, home)
    elif isinstance(asked.status, int):
        column = "monitoring" if asked.status in MONITORING_TRACK else "status"
        frame = frame.filter(pl.col(column) == asked.status)
    if not by_run:
        return Selection(frame, None, run, cut)
    frame = _by_run(frame, asked)
    by = SORTS.get(asked.sort)
    order = _order(frame[by], largest_first=by == "persons") if by else None
    return Selection(frame.select(*COLUMNS), order, run, cut)


def listing(scope: Scope, home: Home, asked: Asked, page: int = 1) -> Listing:
    """Return one page of the households that the filters leave; a page beyond the last is the last."""
    chosen = selected(scope, home, asked)
    frame, run = chosen.frame, chosen.run
    pages = max(1, -(-frame.height // PER_PAGE))
    page = min(max(page, 1), pages)
    criteria = run_manifest(run, home)["findings"]["criteria"] if run else {}
    return Listing(
        run=run,
        cut=chosen.cut,
        criteria={name: Text(**one["title"]) for name, one in criteria.items()},
        total=frame.height,
        page=page,
        pages=pages,
        rows=rows_told(chosen.rows((page - 1) * PER_PAGE, PER_PAGE), run, home, asked.facts),
    )


def _run(name: str | None) -> Run | None:
    try:
        return run_named(name)
    except NothingToRun:
        return None


def _registered(frame: pl.DataFrame, run: Run | None, home: Home) -> pl.DataFrame:
    """Cut to the households that the figures of places count: identified or returned, not exited (建档立卡贫困户)."""
    held = pl.col("status").is_in(REGISTERED_KINDS)
    if run is None:
        return frame.filter(held)
    counted = run_rows(run, home).filter(held).select("household")
    return frame.join(counted, on="household", how="semi", maintain_order="left")


def _with_run(run: Run, home: Home, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the households of a county with the run's columns and `judged`; joined once for each frame and run."""
    key = (run.sha256, id(frame))
    held = _joined.get(key)
    if held is None or held[0] is not frame:
        rows = run_rows(run, home).drop("village", "county", "status").with_columns(judged=pl.lit(value=True))
        held = (frame, frame.join(rows, on="household", how="left", maintain_order="left"))
        with _lock:
            _joined[key] = held
            while len(_joined) > _HELD:
                _joined.pop(next(iter(_joined)))
    return held[1]


def _by_run(frame: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    """Cut by what the run found; who is not in the run has no outcome there, not even an unknown one."""
    if asked.outcome in OUTCOMES:
        frame = frame.filter("judged", pl.col("outcome").eq_missing(OUTCOMES[asked.outcome]))
    if asked.gap in frame.columns:
        frame = frame.filter(pl.col(asked.gap) == 1)
    return frame


def _order(values: pl.Series, *, largest_first: bool) -> pl.Series:
    """Return the positions of whole numbers in their order, equal ones as they stand, missing ones last.

    A number and its position share one word, so that one plain sort of words does it.
    """
    signed = (-values if largest_first else values).cast(pl.Int64)
    words = signed.clip(-_LARGEST, _LARGEST).fill_null(_LARGEST + 1) * _PLACES + pl.int_range(len(values), eager=True)
    return words.sort() % _PLACES


def rows_told(rows: pl.DataFrame, run: Run | None, home: Home, fields: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Add names, places, the run's columns and the fields to the households of one page of a selection."""
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
