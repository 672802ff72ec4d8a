"""Status that a first load brings along, and doubts that later loads raise.

The first load of a village may carry the status that its households already have, as inherited
events with the batch as their source. Afterwards a ledger never changes a status: where it says
otherwise, a lead is opened for a person to look into.
"""

from typing import Final

import polars as pl

from bangfu.kernel.days import OPEN_START
from bangfu.kernel.status import MONITORING_TRACK, StatusKind

_YEAR_END: Final = (12, 31)
STATED: Final = {
    "exit_status": pl.Int16,
    "exit_year": pl.Int32,
    "relapse_year": pl.Int32,
    "first_identified_on": pl.Date,
    "monitored_class": pl.Int16,
    "risk_identified_on": pl.Date,
    "risk_cleared": pl.Int8,
    "cleared_how": pl.Int16,
    "risk_cleared_on": pl.Date,
}
EVENT: Final = {
    "household_id": pl.Int64,
    "effective_from": pl.Date,
    "kind": pl.Int16,
    "monitored_class": pl.Int16,
    "cleared_how": pl.Int16,
    "inherited": pl.Boolean,
}


def stated_events(said: pl.DataFrame, exited_codes: list[int], relapsed_codes: list[int]) -> pl.DataFrame:
    """Return the status events that rows of a ledger imply, in the columns EVENT.

    said            household_id, registered (whether the ledger is one of the poverty register),
                    stated_on, and any of STATED; one row a household
    exited_codes    codes of exit_status that mean exited
    relapsed_codes  codes of exit_status that mean returned to poverty
    """
    said = said.with_columns(
        pl.lit(None, kind).alias(name) for name, kind in STATED.items() if name not in said.columns
    )
    since = pl.coalesce("stated_on", pl.lit(OPEN_START))
    exited = pl.col("exit_status").is_in([*exited_codes, *relapsed_codes]) | pl.col("exit_year").is_not_null()
    relapsed = pl.col("exit_status").is_in(relapsed_codes) | pl.col("relapse_year").is_not_null()
    monitored = pl.col("monitored_class").is_not_null() | pl.col("risk_identified_on").is_not_null()
    listed = pl.col("registered") | pl.col("exit_status").is_not_null()
    tables = [
        _events(said, listed, StatusKind.IDENTIFIED, pl.coalesce("first_identified_on", pl.lit(OPEN_START))),
        _events(said, exited, StatusKind.EXITED, pl.coalesce(_year_end("exit_year"), since)),
        _events(said, relapsed, StatusKind.RELAPSED, pl.coalesce(_year_end("relapse_year"), since)),
        _events(said, monitored, StatusKind.MONITORED, pl.coalesce("risk_identified_on", since)),
        _events(
            said, monitored & (pl.col("risk_cleared") == 1), StatusKind.CLEARED, pl.coalesce("risk_cleared_on", since)
        ),
    ]
    return pl.concat(tables).sort("household_id", "kind")


def state_after(events: pl.DataFrame) -> pl.DataFrame:
    """Return the state that events leave: household_id, track ('poverty' or 'monitoring'), kind."""
    turn = ["effective_from", "id"] if "id" in events.columns else ["effective_from"]
    track = (
        pl.when(pl.col("kind").is_in(list(MONITORING_TRACK))).then(pl.lit("monitoring")).otherwise(pl.lit("poverty"))
    )
    return (
        events.with_columns(track.alias("track"))
        .sort("household_id", "track", *turn, "kind")
        .group_by("household_id", "track", maintain_order=True)
        .agg(pl.col("kind").last())
    )


def doubts(stated: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Return where a ledger's status differs from the register's: household_id, track, stated, held.

    stated and held are kinds of events; held is null where the register has none.
    """
    said = state_after(stated).rename({"kind": "stated"})
    kept = state_after(held).rename({"kind": "held"})
    both = said.join(kept, on=["household_id", "track"], how="left")
    return both.filter(pl.col("stated").ne_missing(pl.col("held"))).sort("household_id", "track")


def _year_end(column: str) -> pl.Expr:
    return pl.date(pl.col(column), *_YEAR_END)


def _events(said: pl.DataFrame, when: pl.Expr, kind: StatusKind, day: pl.Expr) -> pl.DataFrame:
    nothing = pl.lit(None, pl.Int16)
    return said.filter(when).select(
        "household_id",
        day.alias("effective_from"),
        pl.lit(kind.value, pl.Int16).alias("kind"),
        (pl.col("monitored_class") if kind == StatusKind.MONITORED else nothing).alias("monitored_class"),
        (pl.col("cleared_how") if kind == StatusKind.CLEARED else nothing).alias("cleared_how"),
        pl.lit(value=True).alias("inherited"),
    )
