"""Answers a law case that asks a function of the law; numbers come from the step, value, limit or scale it names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bangfu.params import Programme, Step, load
from bangfu.rules import rates, steps
from bangfu.rules.rates import Limit, Rate
from bangfu.rules.steps import Span

WORDS = {"yes": True, "no": False, "unknown": None}


@dataclass(frozen=True)
class Asked:
    """One case with what its file says for all cases."""

    case: Mapping[str, Any]

    @property
    def programme(self) -> Programme:
        return load().programme(self.case["programme"])

    @property
    def step(self) -> Step:
        found = self.programme.steps(self.case["procedure"], self.case["day"])
        return next(step for step in found if step.name == self.case["step"])

    @property
    def days(self) -> int:
        """Days within which something must be done: of the value that the case names, else of the step."""
        return self.value if "value" in self.case else self.step.within_days

    @property
    def value(self) -> int:
        return self.programme.value(self.case["value"], self.case["day"]).value

    def limit(self, name: str) -> Limit:
        return rates.limit_on(self.programme, name, self.case["day"], self.case.get("place"))

    @property
    def stops(self) -> list[Span]:
        return [Span(*each) for each in self.case["with"].get("stops", ())]

    def __getattr__(self, name: str) -> Any:
        return self.case["with"][name]


def answer(file: Mapping[str, Any], case: Mapping[str, Any]) -> object:
    """Return what the function that a case names says of it."""
    return LAWS[case["law"]](Asked({**file, **case}))


def expected(case: Mapping[str, Any]) -> object:
    """Return the answer that a case expects, its words as yes, no and unknown."""
    said = case["expect"]
    return WORDS[said] if isinstance(said, str) else said


def _of_two(asked: Asked) -> Rate:
    return rates.rate(asked.part, asked.whole)


def _population(asked: Asked) -> rates.Population:
    return rates.Population(asked.poor, asked.exited, asked.unregistered, asked.rural)


def _named_limit(asked: Asked) -> Limit:
    return asked.limit(asked.case["limit"])


def _composite(asked: Asked) -> bool | None:
    found = rates.composite_incidence(_population(asked), Rate(*asked.wrong_exits), Rate(*asked.omissions))
    return rates.keeps(found, _named_limit(asked))


def _place_exit(asked: Asked) -> bool | None:
    limits = {name: asked.limit(name) for name in asked.case["limits"]}
    counted = {name: Rate(*pair) for name, pair in asked.case["with"].items()}
    return rates.may_exit(rates.exit_checks(counted, limits))


def _quorum(asked: Asked) -> bool:
    return steps.quorum_met(asked.present, asked.entitled, asked.step.quorum_numerator, asked.step.quorum_denominator)


def _majority(asked: Asked) -> bool:
    return steps.majority_met(
        asked.votes_for, asked.present, asked.step.majority_numerator, asked.step.majority_denominator
    )


def _reward(asked: Asked) -> int:
    found = asked.programme.scales[asked.case["scale"]].on(asked.case["day"], asked.case["place"])
    return rates.early_exit_reward_fen(asked.planned_on, asked.exited_on, found.rows if found else ())


def _clearable(asked: Asked) -> bool | None:
    return steps.clearable(asked.since, asked.asked_on, asked.value, no_labour=WORDS[asked.no_labour])


def _last_day(asked: Asked) -> date:
    return steps.last_day(asked.posted_on, asked.step.minimum_days, asked.stops, asked.asked_on)


def _notice(asked: Asked) -> bool:
    return steps.notice_served(asked.posted_on, asked.asked_on, asked.step.minimum_days, asked.stops)


def _in_time(asked: Asked) -> bool:
    """Ask twice, by the days that count and by the last day, which must say the same."""
    by_days = steps.in_time(asked.started_on, asked.asked_on, asked.days, asked.stops)
    by_day = asked.asked_on <= steps.deadline_on(asked.started_on, asked.days, asked.stops, asked.asked_on)
    assert by_days is by_day
    return by_days


LAWS: Mapping[str, Callable[[Asked], object]] = {
    "before_closing": lambda asked: steps.before_closing(asked.asked_on, asked.step.deadline),
    "clearable": _clearable,
    "composite_incidence": _composite,
    "days_served": lambda asked: steps.days_served(asked.posted_on, asked.asked_on, asked.stops),
    "early_exit_reward_fen": _reward,
    "in_time": _in_time,
    "incidence": lambda asked: rates.keeps(rates.incidence(_population(asked)), _named_limit(asked)),
    "keeps": lambda asked: rates.keeps(_of_two(asked), _named_limit(asked)),
    "last_day": _last_day,
    "majority_met": _majority,
    "may_exit": _place_exit,
    "notice_served": _notice,
    "persons_met": lambda asked: steps.persons_met(asked.persons, asked.step.persons),
    "quorum_met": _quorum,
    "stable_months": lambda asked: steps.stable_months(asked.since, asked.asked_on),
    "whole_margin": lambda asked: rates.whole_margin(_of_two(asked), _named_limit(asked)),
}
"""What a case may name under `law`, and how its inputs reach the function."""
