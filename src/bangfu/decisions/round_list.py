"""What a round says of every household of a county (前后对照清单): proposed by a run, and nobody silently dropped."""

from typing import Final

import polars as pl

from bangfu.decisions.models import Disposition, Hit, Round, RoundKind
from bangfu.decisions.proposing import looked_back, monitors, proposed
from bangfu.decisions.stability import with_stability
from bangfu.decisions.standing_now import ON_LIST, statuses
from bangfu.kernel.home import Home
from bangfu.places.scope import Scope
from bangfu.registry.queries import AsOf, facts_at
from bangfu.registry.topics import topics
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_before, run_manifest, run_rows

_RECORDED: Final = ("household", "village", "county", "status")


def list_of(run: Run, county: int, home: Home, kind: RoundKind = RoundKind.YEARLY) -> pl.DataFrame:
    """Return what a run proposes of every household of a county, in the columns of proposing.LISTED.

    Who was on record before and is not in the run is listed as gone: in the run of the round before (or the run
    before, where there was no round), or on the list of the register itself on the day of the run.
    """
    findings = run_manifest(run, home)["findings"]
    mine = pl.col("county") == county
    rows = run_rows(run, home).filter(mine)
    monitoring = monitors(findings)
    if monitoring:
        rows = with_stability(rows, run, home)
    recorded = _on_record(run, county, monitoring=monitoring)
    before = round_before(run, county)
    if before is not None:
        earlier = run_rows(before, home).filter(mine).select(_RECORDED)
        recorded = pl.concat([earlier, recorded]).unique("household", keep="first", maintain_order=True)
    listed = proposed(rows, recorded, findings)
    return looked_back(listed, _wrongly_listed(county)) if kind == RoundKind.LOOKBACK else listed


def round_before(run: Run, county: int) -> Run | None:
    """Return the run of the county's last round of the programme before this run, else the programme's run before."""
    earlier = Round.objects.filter(county=county, programme=run.programme, run_id__lt=run.pk)
    last = earlier.filter(run__true_on__lte=run.true_on).select_related("run").order_by("-run__true_on", "-run_id")
    found = last.first()
    return run_before(run) if found is None else found.run


def _on_record(run: Run, county: int, *, monitoring: bool) -> pl.DataFrame:
    """Return who was on the list of a county on the day of a run, wherever in it the household lived last."""
    scope, as_of = Scope((county,)), AsOf(run.true_on)
    listed = statuses(scope, as_of, monitoring=monitoring).filter(pl.col("status").is_in(list(ON_LIST[monitoring])))
    lived = facts_at(scope, topics()["residence"], as_of)
    lived = lived.select(pl.col("household_id").alias("household"), "village", county=pl.lit(county, pl.Int64))
    return listed.join(lived, on="household", how="inner", maintain_order="left").select(_RECORDED)


def _wrongly_listed(county: int) -> list[int]:
    """Return the households of a county of which a person proposed removal after a comparison."""
    removal = Hit.objects.filter(county=county, disposition__outcome=Disposition.Outcome.REMOVE_PROPOSED)
    return list(removal.exclude(household=None).values_list("household_id", flat=True).distinct())
