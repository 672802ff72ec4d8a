"""Whether a monitored household has been stable as long as the law asks (收入稳定)."""

from datetime import date
from typing import Final

import polars as pl

from bangfu.kernel.days import day_number, number_day
from bangfu.kernel.home import Home
from bangfu.kernel.status import StatusKind
from bangfu.kernel.texts import Text
from bangfu.params import load
from bangfu.rules.steps import stable_months
from bangfu.snapshots.actions.run_programme import snapshot_frames
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_rows, runs_listed

MONTHS: Final = "clear_months"
"""The parameter that says for how many months income must have been stable."""


def with_stability(rows: pl.DataFrame, run: Run, home: Home) -> pl.DataFrame:
    """Return rows of a run with the status of the monitoring track and `stable`: 1 yes, 0 no.

    Stable is who has been monitored at least so many months, with no run in between that found the risk still there;
    the run itself is the look that finds it gone.
    """
    frozen = pl.DataFrame(snapshot_frames(run.snapshot, home).households)
    facts = frozen.select("household", pl.col("monitoring").cast(pl.Int16), "risk_identified_on")
    joined = rows.drop("status").join(facts, on="household", how="left", maintain_order="left")
    joined = joined.rename({"monitoring": "status"})
    months = load().programme(run.programme).value(MONTHS, run.true_on).value
    known = joined.filter(pl.col("status") == StatusKind.MONITORED, pl.col("risk_identified_on").is_not_null())
    since = _last_unstable(run, home, known.select("household", since="risk_identified_on"))
    stable = [
        (household, int(stable_months(number_day(day), run.true_on) >= months)) for household, day in since.iter_rows()
    ]
    told = pl.DataFrame(stable, schema={"household": pl.Int64, "stable": pl.Int8}, orient="row")
    joined = joined.join(told, on="household", how="left", maintain_order="left")
    return joined.with_columns(pl.col("stable").fill_null(0)).drop("risk_identified_on")


def months_asked(run: Run) -> Text:
    """Return in words for how many months income must have been stable under the law of a run's day."""
    months = load().programme(run.programme).value(MONTHS, run.true_on).value
    return Text(zh=f"收入持续稳定不少于{months}个月", en=f"income stable for at least {months} months")


def _last_unstable(run: Run, home: Home, since: pl.DataFrame) -> pl.DataFrame:
    """Return household and the last day on which something spoke against: identification, or a run that found risk."""
    for one in runs_listed(run.programme):
        if not _between(one.true_on, run.true_on):
            continue
        found = run_rows(one, home)
        if "clear" not in found.columns:
            continue
        risky = found.filter(pl.col("clear") != 1).select("household", day=pl.lit(day_number(one.true_on), pl.Int32))
        since = since.join(risky, on="household", how="left", maintain_order="left")
        since = since.select("household", since=pl.max_horizontal("since", "day"))
    return since


def _between(day: date, on: date) -> bool:
    return day < on
