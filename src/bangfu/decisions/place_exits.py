"""What a village or a county must show to exit (贫困村、贫困县退出): rates beside their limits, margins, reward."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from bangfu.decisions.margins import HOUSEHOLDS, PERSONS, Among, Reading, amount_reading, rate_reading
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
    "incidence_within_limit": Text(zh="贫困发生率", en="incidence"),
    "composite_incidence": Text(zh="综合贫困发生率", en="composite incidence"),
    "wrong_exits": Text(zh="错退率", en="wrong-exit rate"),
    "omissions": Text(zh="漏评率", en="omission rate"),
    "recognition": Text(zh="群众认可度", en="public recognition"),
}
DECISIONS: Final = {"village": "exit_village", "county": "exit_county"}
_INCIDENCE: Final = "incidence_within_limit"
_INCIDENCE_LIMIT: Final = "incidence_limit"
_VILLAGE_INCOME: Final = Text(zh="村人均可支配收入", en="income per head of the village")


def place_finding(run: Run, place: int, subject: str, home: Home) -> tuple[int | None, list[Text]]:
    """Return what a run found of the exit of a place, and the criteria that speak against it or are unknown.

    subject  village or county
    """
    outcomes, told = _found(run, place, subject, home)
    name = DECISIONS[subject]
    if name not in told["decisions"]:
        return None, []
    readings = conditions_of(run, place, subject, home)
    asked = _asked(told["decisions"][name]["rule"])
    against = [
        readings[one].sentence if one in readings else Text(**told["criteria"][one]["title"])
        for one, wanted in asked.items()
        if outcomes.get(one, (None,))[0] != wanted
    ]
    return outcomes.get(name, (None,))[0], against


def conditions_of(run: Run, place: int, subject: str, home: Home) -> dict[str, Reading]:
    """Return the conditions that a run compared for the exit of a place by name, each beside its limit with the margin.

    A condition that is a plain yes or no has no margin and is left out.
    """
    outcomes, told = _found(run, place, subject, home)
    decided = told["decisions"].get(DECISIONS[subject])
    readings = {}
    for name, wanted in _asked(decided["rule"]).items() if decided else ():
        criterion = told["criteria"][name]
        _, value, whole = outcomes.get(name, (None, None, None))
        title = RATE_TITLES.get(name, Text(**criterion["title"]))
        limits = {one["name"] for one in criterion["thresholds"]}
        if wanted == 1 and limits == {_INCIDENCE_LIMIT}:
            limit = limit_on(load().programme(run.programme), _INCIDENCE_LIMIT, run.true_on, place)
            share = rate(value, whole)
            readings[name] = rate_reading(title, share, limit, Among(share.whole, PERSONS))
        elif wanted == 0 and criterion["operator"] == "<" and len(limits) == 1:
            line = load().programme(run.programme).value(limits.pop(), run.true_on, place)
            readings[name] = amount_reading(_VILLAGE_INCOME, value, line.value)
    return readings


def evaluation_of(run: Run, county: int, counts: Mapping[str, int], home: Home) -> list[Reading]:
    """Return the rates of a county's evaluation beside their limits, with margins; what was not counted has no data."""
    rural = population_of(run, county, home).rural
    return [
        rate_reading(RATE_TITLES[one.name], one.rate, one.limit, _among(one, rural))
        for one in checks_of(run, county, counts, home)
    ]


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
    """Return the rates that miss their limit or have no data, in words: the rate, the limit and how far it is off."""
    missed = [
        rate_reading(RATE_TITLES[one.name], one.rate, one.limit, _among(one, 0)).sentence
        for one in checks
        if one.outcome is not True
    ]
    return Text(zh="；".join(one.zh for one in missed), en="; ".join(one.en for one in missed))


def _among(check: Check, rural: int) -> Among:
    """Return of whom a rate is a share; a composite one stands for the rural population, where that is known."""
    if check.name == "composite_incidence":
        return Among(rural, PERSONS)
    return Among(check.rate.whole, HOUSEHOLDS if check.name == "recognition" else PERSONS)


def _found(run: Run, place: int, subject: str, home: Home) -> tuple[dict[str, Any], Mapping[str, Any]]:
    """Return name -> (outcome, value, whole) of a place in a run, and what the run's manifest tells of its kind."""
    found = run_frames(run, home, Scope.everywhere())["places"]
    mine = found.filter((pl.col("place") == place) & (pl.col("subject") == subject))
    told = run_manifest(run, home)["findings"].get(subject, {"decisions": {}, "criteria": {}})
    return {name: row for name, *row in mine.select("name", "outcome", "value", "whole").iter_rows()}, told


def _asked(rule: Any, wanted: int = 1) -> dict[str, int]:
    """Return the criteria of a rule, each with the outcome that speaks for it."""
    if isinstance(rule, str):
        return {rule: wanted}
    word, *parts = rule
    turned = 1 - wanted if word == "not" else wanted
    return {name: outcome for part in parts for name, outcome in _asked(part, turned).items()}
