"""What a village or a county must show to exit (贫困村、贫困县退出): rates beside their limits, margins, reward."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from bangfu.kernel.home import Home
from bangfu.kernel.status import StatusKind
from bangfu.kernel.texts import Text
from bangfu.params import Programme, load
from bangfu.places.scope import Scope
from bangfu.rules.rates import Check, Population, Rate, composite_incidence, exit_checks, limit_on, rate
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_frames, run_manifest, run_rows

COUNTED: Final = {
    "exited_examined": Text(zh="抽查脱贫人口", en="exited persons examined"),
    "wrongly_exited": Text(zh="其中错退人口", en="of them wrongly exited"),
    "unregistered_examined": Text(zh="抽查未建档立卡农村人口", en="unregistered persons examined"),
    "omitted": Text(zh="其中漏评人口", en="of them omitted"),
    "asked": Text(zh="调查有效户数", en="households with a valid answer"),
    "approve": Text(zh="其中认可户数", en="of them approving"),
}
"""What the evaluation of a county counts, as a form asks for it."""
COUNTY_LIMITS: Final = {
    "composite_incidence": "composite_incidence_limit",
    "wrong_exits": "wrong_exit_rate_limit",
    "omissions": "omission_rate_limit",
    "recognition": "public_recognition_floor",
}
"""Rate -> the parameter with its limit."""
RATE_TITLES: Final = {
    "composite_incidence": Text(zh="综合贫困发生率", en="composite incidence"),
    "wrong_exits": Text(zh="错退率", en="wrong-exit rate"),
    "omissions": Text(zh="漏评率", en="omission rate"),
    "recognition": Text(zh="群众认可度", en="public recognition"),
}
DECISIONS: Final = {"village": "exit_village", "county": "exit_county"}
_INCIDENCE: Final = "incidence_within_limit"


def place_finding(run: Run, place: int, subject: str, home: Home) -> tuple[int | None, list[Text]]:
    """Return what a run found of the exit of a place, and the criteria that speak against it or are unknown.

    subject  village or county
    """
    found = run_frames(run, home, Scope.everywhere())["places"]
    mine = found.filter((pl.col("place") == place) & (pl.col("subject") == subject))
    told = run_manifest(run, home)["findings"].get(subject, {"decisions": {}, "criteria": {}})
    name = DECISIONS[subject]
    outcomes = dict(mine.select("name", "outcome").iter_rows())
    if name not in told["decisions"]:
        return None, []
    rule = told["decisions"][name]["rule"]
    asked = [one for one in told["criteria"] if one in str(rule)]
    against = [Text(**told["criteria"][one]["title"]) for one in asked if outcomes.get(one) != 1]
    return outcomes.get(name), against


def population_of(run: Run, county: int, home: Home) -> Population:
    """Return the people of a county as a run counted them: poor, exited, never registered, rural."""
    places = run_frames(run, home, Scope.everywhere())["places"]
    row = places.filter((pl.col("place") == county) & (pl.col("subject") == "county") & (pl.col("name") == _INCIDENCE))
    poor, rural = (row["value"][0] or 0, row["whole"][0] or 0) if row.height else (0, 0)
    mine = run_rows(run, home).filter(pl.col("county") == county)
    exited = int(mine.filter(pl.col("status") == StatusKind.EXITED)["persons"].sum())
    return Population(poor=poor, exited=exited, unregistered=max(rural - poor - exited, 0), rural=rural)


def county_checks(
    programme: Programme, people: Population, counts: Mapping[str, int], on: date, county: int
) -> tuple[Check, ...]:
    """Return every rate that the exit of a county asks for, beside its limit; what was not counted has no data."""
    wrong = _share(counts, "wrongly_exited", "exited_examined")
    omitted = _share(counts, "omitted", "unregistered_examined")
    rates = {
        "composite_incidence": composite_incidence(people, wrong, omitted),
        "wrong_exits": wrong,
        "omissions": omitted,
        "recognition": _share(counts, "approve", "asked"),
    }
    limits = {name: limit_on(programme, parameter, on, county) for name, parameter in COUNTY_LIMITS.items()}
    return exit_checks(rates, limits)


def _share(counts: Mapping[str, int], part: str, whole: str) -> Rate:
    return rate(counts.get(part), counts.get(whole))


def checks_of(run: Run, county: int, counts: Mapping[str, int], home: Home) -> tuple[Check, ...]:
    """Return the checks of a county's exit by a run and an evaluation's counts."""
    programme = load().programme(run.programme)
    return county_checks(programme, population_of(run, county, home), counts, run.true_on, county)


def failing(checks: tuple[Check, ...]) -> Text:
    """Return the rates that miss their limit or have no data, in words."""
    names: list[Any] = [RATE_TITLES[check.name] for check in checks if check.outcome is not True]
    return Text(zh="、".join(one.zh for one in names), en=", ".join(one.en for one in names))
