"""A run: a programme asked on a day of every household of an area (判定运行).

The rows carry every criterion's outcome and value, the manifest the thresholds, operators and sources
behind them, and the indicators the counts by place. Explanations read the run; nothing decides twice.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import polars as pl

from bangfu.analysis.frames import Frames, held
from bangfu.analysis.indicators import indicator_table
from bangfu.analysis.manifest import make_manifest, place_manifest
from bangfu.analysis.places import judge_places, place_tables
from bangfu.analysis.plan import make_place_plan, make_plan
from bangfu.analysis.rows import judge
from bangfu.analysis.tallies import Area, Tally, add_tallies, tally
from bangfu.params import Parameters

AT_A_TIME: Final = 2
"""Parts of an area that are judged at the same time: what one core waits for, the other does."""

Judged = tuple[pl.DataFrame, Tally]


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """What a run found on the whole (判定结论).

    manifest    programme, day, criteria with their thresholds and sources, counts; plain values for JSON
    indicators  `place`, `indicator`, `numerator`, `denominator`, sorted; see `indicators.indicator_table`
    places      criteria and decisions of villages and counties, sorted; see `places.judge_places`
    """

    manifest: dict[str, Any]
    indicators: pl.DataFrame
    places: pl.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class Result(Findings):
    """What a run found, on the whole and of each household (判定结果).

    rows  one row per household, sorted by village and household; see `rows.judge`
    """

    rows: pl.DataFrame


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
    kept: list[pl.DataFrame] = []
    found = evaluate_parts([frames], parameters, programme_id, on, keep=kept.append)
    return Result(found.manifest, found.indicators, found.places, kept[0])


def evaluate_parts(
    parts: Sequence[Frames], parameters: Parameters, programme_id: str, on: date, *, keep: Callable[[pl.DataFrame], Any]
) -> Findings:
    """Judge an area part by part, so that it need not fit into memory; see `evaluate`.

    parts  parts of the area, at least one, each with the households and persons of villages of its own, and with
           the villages and places of the whole area
    keep   what to do with the rows of a part, called once for each part in turn
    """
    villages = held(parts[0].villages)
    counties = villages["county"].drop_nulls().unique().to_list()
    plan = make_plan(parameters, programme_id, on, counties)
    area = Area(villages["village"], held(parts[0].places, "place", "parent"))

    def one(part: Frames) -> Judged:
        rows = judge(replace(part, villages=villages) if part.in_polars else part, plan)
        return rows, tally(rows, plan, parameters, area)

    tallies = []
    for rows, counted in _in_turn(one, parts):
        keep(rows)
        tallies.append(counted)
    counted = add_tallies(tallies)
    manifest = make_manifest(plan, parameters, counted.answers)
    found = []
    for subject, table in place_tables(counted.villages, villages).items():
        asked = make_place_plan(parameters, programme_id, on, counties, subject)
        found.append(judge_places(table, asked, subject))
        manifest[subject] = place_manifest(asked, found[-1])
    tree = area.with_villages(counted.villages["village"]).tree
    indicators = indicator_table(counted.villages, counted.ginis, villages, tree, parameters)
    return Findings(manifest, indicators, pl.concat(found).sort("place", "subject", "name"))


def _in_turn(work: Callable[[Frames], Judged], parts: Sequence[Frames]) -> Iterator[Judged]:
    """Yield what the work gives for each part in their order, two parts at a time; no more are held in memory."""
    if len(parts) == 1:
        yield work(parts[0])
        return
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        waiting = deque(pool.submit(work, part) for part in parts[:AT_A_TIME])
        for part in (*parts[AT_A_TIME:], *[None] * len(waiting)):
            done = waiting.popleft().result()
            if part is not None:
                waiting.append(pool.submit(work, part))
            yield done
