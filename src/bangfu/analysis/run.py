"""A run: a programme asked on a day of every household of an area (判定运行).

The rows carry every criterion's outcome and value, the manifest the thresholds, operators and sources
behind them, and the indicators the counts by place. Explanations read the run; nothing decides twice.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from bangfu.analysis.frames import Frames, lazy
from bangfu.analysis.indicators import indicator_table
from bangfu.analysis.manifest import make_manifest, place_manifest
from bangfu.analysis.places import judge_places, place_tables
from bangfu.analysis.plan import make_place_plan, make_plan
from bangfu.analysis.rows import judge
from bangfu.params import Parameters


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What a run found (判定结果).

    rows        one row per household, sorted by village and household; see `rows.judge`
    manifest    programme, day, criteria with their thresholds and sources, counts; plain values for JSON
    indicators  `place`, `indicator`, `numerator`, `denominator`, sorted; see `indicators.indicator_table`
    places      criteria and decisions of villages and counties; see `places.judge_places`
    """

    rows: pl.DataFrame
    manifest: dict[str, Any]
    indicators: pl.DataFrame
    places: pl.DataFrame


def evaluate(frames: Frames, parameters: Parameters, programme_id: str, on: date) -> Result:
    """Judge every household, village and county of an area by a programme as it stands on a day.

    The result depends on the facts and the parameters alone: not on the order of rows, the engine or
    the number of threads.

    frames        one registered area as true on the day
    parameters    all parameters
    programme_id  which programme
    on            the day
    Returns       rows, manifest, indicators and places
    Raises        ProgrammeUnknown; ParameterNotInForce when the programme does not identify on the day
    """
    villages: pl.DataFrame = lazy(frames.villages).collect(backend="polars").to_native()
    counties = villages["county"].drop_nulls().unique().to_list()
    plan = make_plan(parameters, programme_id, on, counties)
    rows = judge(frames, plan)
    manifest = make_manifest(plan, parameters, rows)
    found = []
    for subject, table in place_tables(rows, villages).items():
        asked = make_place_plan(parameters, programme_id, on, counties, subject)
        found.append(judge_places(table, asked, subject))
        manifest[subject] = place_manifest(asked, found[-1])
    indicators = indicator_table(rows, villages, lazy(frames.places), parameters)
    return Result(rows, manifest, indicators, pl.concat(found).sort("place", "subject", "name"))
