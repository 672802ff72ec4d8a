"""Figures of places (各地数字): what runs tell of a place and of those below it, from one period to the next."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import polars as pl

from bangfu.analysis.findings import Finding, finding
from bangfu.analysis.indicators import ancestors
from bangfu.kernel.asking import asked_once
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text
from bangfu.params import Indicator, Source
from bangfu.places.scope import Scope
from bangfu.places.tree import those_within
from bangfu.snapshots.laws import parameters_of
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_frames, run_manifest, snapshot_places

Value = tuple[int | None, int | None]
"""A figure as a run tells it: what is counted, and over what; None where either is unknown or there is none."""

GUARANTEES: Final = ("housing_unsafe", "water_unsafe", "education_gap", "medical_gap")
"""Criteria of households, each of which tells that a guarantee is missing."""
GUARANTEE_GAP: Final = Indicator(
    name="guarantee_gap_households",
    title=Text(zh="“三保障”和饮水有缺项户", en="Households with a guarantee gap"),
    definition=Text(
        zh="住房、饮水、义务教育、基本医疗至少一项没有保障的农户占在册农户的比例",
        en="Households that lack safe housing, safe water, compulsory education or basic medical insurance, "
        "one at least, over all households",
    ),
    numerator="households.guarantee_gap.yes",
    denominator="households",
    unit="per cent",
    direction="down",
    source=Source("本系统指标定义", "由判定运行逐户结果汇总", "M+"),
)
"""The one indicator that is counted from the households of a run, for its table has none."""
_HELD: Final = 4


@asked_once
def periods() -> list[Run]:
    """Return the runs that pages show, the latest day first: of each programme and day the one made last."""
    runs = Run.objects.order_by("-true_on", "-id")
    return list({(run.programme, run.true_on): run for run in reversed(runs)}.values())[::-1]


def period_before(run: Run, runs: Sequence[Run]) -> Run | None:
    """Return the run of the same programme on the last day before; None when there is none."""
    earlier = [one for one in runs if one.programme == run.programme and one.true_on < run.true_on]
    return max(earlier, key=lambda one: one.true_on, default=None)


def indicators_of(run: Run, home: Home) -> tuple[Indicator, ...]:
    """Return the indicators that the run's table may have, as its own laws define them."""
    return (*parameters_of(home, run_manifest(run, home)["parameters_sha256"]).indicators, GUARANTEE_GAP)


def figures_of(run: Run, home: Home, scope: Scope, places: Sequence[int]) -> dict[int, dict[str, Value]]:
    """Return every indicator of the run for those of the places that lie in the scope, by place and name."""
    rows = _table(run, home).filter(pl.col("place").is_in(those_within(scope, places)))
    figures: dict[int, dict[str, Value]] = {}
    for place, name, above, below in rows.iter_rows():
        figures.setdefault(place, {})[name] = (above, below)
    return figures


def village_findings(run: Run, home: Home, scope: Scope, village: int, county: int) -> list[Finding]:
    """Return what each criterion of villages found of a village; none when it lies outside the scope."""
    if not those_within(scope, [village]):
        return []
    places = run_frames(run, home, Scope.everywhere())["places"]
    found = places.filter((pl.col("place") == village) & (pl.col("subject") == "village"))
    manifest = run_manifest(run, home)
    criteria = manifest["findings"].get("village", {}).get("criteria", {})
    parameters = parameters_of(home, manifest["parameters_sha256"])
    return [
        finding(
            row["name"],
            row={row["name"]: row["outcome"], f"{row['name']}_value": row["value"], "county": county},
            criterion=criteria[row["name"]],
            decides=False,
            parameters=parameters,
        )
        for row in found.iter_rows(named=True)
        if row["name"] in criteria
    ]


@lru_cache(maxsize=_HELD)
def _table(run: Run, home: Home) -> pl.DataFrame:
    """Return the run's table of indicators with that of the guarantees; put together once a run and process."""
    frames = run_frames(run, home, Scope.everywhere())
    indicators, households = frames["indicators"], frames["households"]
    if not {*GUARANTEES} <= {*households.columns}:
        return indicators
    gap = pl.any_horizontal(pl.col(name) == 1 for name in GUARANTEES)
    counted = households.group_by("village").agg(
        numerator=gap.sum().cast(pl.Int64), denominator=pl.len().cast(pl.Int64)
    )
    tree = ancestors(counted["village"], snapshot_places(run.snapshot, home))
    added = counted.join(tree, on="village").group_by("place").agg(pl.col("numerator", "denominator").sum())
    named = added.select("place", pl.lit(GUARANTEE_GAP.name).alias("indicator"), "numerator", "denominator")
    return pl.concat([indicators, named])
