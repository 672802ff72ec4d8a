"""What households are at present on the two tracks of the list, and what may be proposed of them (当前在册状态)."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from bangfu.kernel.asking import asked_once
from bangfu.kernel.status import MONITORING_TRACK, StatusKind
from bangfu.kernel.texts import Text
from bangfu.places.scope import Scope
from bangfu.registry.queries import AsOf, status_events_at

NOT_LISTED: Final = Text(zh="未登记在册", en="not on the list")
FOLLOWS: Final[dict[str, frozenset[int | None]]] = {
    "identified": frozenset({None, StatusKind.REMOVED}),
    "relapsed": frozenset({StatusKind.EXITED}),
    "exited": frozenset({StatusKind.IDENTIFIED, StatusKind.RELAPSED}),
    "removed": frozenset({StatusKind.IDENTIFIED, StatusKind.RELAPSED}),
    "monitored": frozenset({None, StatusKind.CLEARED}),
    "cleared": frozenset({StatusKind.MONITORED}),
}
"""Proposal -> the last status event that it may follow, None for none yet."""
OF_MONITORING: Final = frozenset({"monitored", "cleared"})
"""Proposals of the monitoring track; all others are of the poverty track."""
_NONE: Final = 0
ON_LIST: Final = {
    False: (StatusKind.IDENTIFIED.value, StatusKind.RELAPSED.value),
    True: (StatusKind.MONITORED.value,),
}
"""Kinds of the last status event of who is on the list, by whether the programme monitors."""


@asked_once
def status_of(household: int, *, monitoring: bool) -> StatusKind | None:
    """Return the kind of the last event of a household on one of the two tracks; None where there is none."""
    kinds = _last(_events_of(household), monitoring=monitoring)["status"]
    return StatusKind(int(kinds[0])) if kinds.len() else None


def statuses(scope: Scope, as_of: AsOf, households: Sequence[int] | None = None, *, monitoring: bool) -> pl.DataFrame:
    """Return the last event of each household on one of the two tracks: household, status.

    households  only these; None: all of the scope's counties. Who has no event on the track has no row.
    """
    return _last(status_events_at(scope, as_of, households), monitoring=monitoring)


@asked_once
def _events_of(household: int) -> pl.DataFrame:
    return status_events_at(Scope.everywhere(), AsOf(), [household])


def _last(events: pl.DataFrame, *, monitoring: bool) -> pl.DataFrame:
    on_track = pl.col("kind").is_in([kind.value for kind in MONITORING_TRACK])
    mine = events.filter(on_track if monitoring else ~on_track)
    last = mine.sort("household_id", "effective_from", "id").unique("household_id", keep="last", maintain_order=True)
    return last.select(pl.col("household_id").alias("household"), pl.col("kind").alias("status"))


def fitting_proposals(household: int) -> list[str]:
    """Return what may be proposed of a household by what it is at present, in the order of the list's life."""
    last = {track: status_of(household, monitoring=track) for track in (False, True)}
    return [proposal for proposal, before in FOLLOWS.items() if last[proposal in OF_MONITORING] in before]


def overtaken(proposals: pl.DataFrame) -> pl.DataFrame:
    """Return those of some proposals that what the household is by now does not carry any more.

    proposals  rows with household and proposal
    """
    named = proposals["household"].unique().to_list()
    if not named:
        return proposals
    joined = proposals
    for name, track in (("poverty", False), ("monitoring", True)):
        now = statuses(Scope.everywhere(), AsOf(), named, monitoring=track).rename({"status": name})
        joined = joined.join(now, on="household", how="left", maintain_order="left")
    last = pl.when(pl.col("proposal").is_in(list(OF_MONITORING))).then("monitoring").otherwise("poverty")
    last = last.fill_null(_NONE)
    fits = pl.any_horizontal(
        (pl.col("proposal") == proposal) & last.is_in([_NONE if kind is None else int(kind) for kind in before])
        for proposal, before in FOLLOWS.items()
    )
    return joined.filter(~fits).select(proposals.columns)
