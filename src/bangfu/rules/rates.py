"""Rates of the evaluation of an exit, and the reward for an early one (退出评估的各项比率).

A rate is an exact fraction and compares with its limit as products; nothing is rounded on the way
to a verdict. Nobody counted or nobody asked is no data: the outcome is unknown, never nought per cent.
What is shown to people is rounded to the side that does not flatter, so that one person too many
never reads as exactly on the limit.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from bangfu.kernel.days import whole_months
from bangfu.params import Programme
from bangfu.rules.compare import OPERATORS


class Rate(NamedTuple):
    """A share as it was counted (比率): people found, of people examined; a whole of 0 is no data."""

    part: int
    whole: int


class Limit(NamedTuple):
    """What a rate must keep to (限值): "<=", 200, 10000 is not above two per cent.

    operator   how a rate that passes stands to the limit
    value, of  the limit as a fraction
    """

    operator: str
    value: int
    of: int


class Population(NamedTuple):
    """The people of a village or county on whom its incidence rests (人口基数).

    poor          registered and not exited (建档立卡未脱贫人口)
    exited        registered and exited (脱贫人口)
    unregistered  rural people who were never registered as poor (非建档立卡农业人口)
    rural         rural registered population (农业户籍人口)
    """

    poor: int
    exited: int
    unregistered: int
    rural: int


class Check(NamedTuple):
    """One rate beside its limit (一项指标及其限值); outcome None is unknown."""

    name: str
    rate: Rate
    limit: Limit
    outcome: bool | None


UNCOUNTED: Final = Rate(0, 0)
"""Nobody was counted or asked."""


def limit_on(programme: Programme, name: str, day: date, region: int | None = None) -> Limit:
    """Return the limit that a programme sets on a day in an area (当日当地限值).

    name    a parameter that carries its operator: incidence_limit, wrong_exit_rate_limit, ...
    region  place number of any level; None asks for the nation
    Raises ParameterUnknown; ParameterNotInForce and its kinds where no law gives a value that day.
    """
    parameter = programme.parameter(name)
    assert parameter.operator is not None, f"{name} compares nothing"
    return Limit(parameter.operator, parameter.on(day, region).value, parameter.unit.denominator)


def rate(part: int | None, whole: int | None) -> Rate:
    """Return a share; no data where a count is missing or the whole is empty.

    错退率: wrongly exited, of exited persons examined. 漏评率: omitted, of unregistered persons examined.
    错评率: wrongly listed, of registered persons examined. 群众认可度: households that approve, of valid answers.
    """
    return UNCOUNTED if part is None or not whole else Rate(part, whole)


def incidence(place: Population) -> Rate:
    """Return the incidence of poverty (贫困发生率): registered and not exited, of the rural population."""
    return rate(place.poor, place.rural)


def composite_incidence(place: Population, wrong_exits: Rate, omissions: Rate) -> Rate:
    """Return the composite incidence (综合贫困发生率), exactly.

    Registered and not exited, and those whom the sample leads to expect: the share of wrong exits
    among all who exited, the share of omissions among all who were never registered; of the rural
    population. A part of the people that is empty adds nobody and needs no sample.

    place        the people of the place
    wrong_exits  错退率 of the sample
    omissions    漏评率 of the sample
    Returns      a fraction of large whole numbers; no data where a sample that is needed has none
    """
    (wrong, exits), (omitted, others) = _expected(place.exited, wrong_exits), _expected(place.unregistered, omissions)
    found = place.poor * exits * others + wrong * others + omitted * exits
    return rate(found, place.rural * exits * others)


def keeps(share: Rate, limit: Limit) -> bool | None:
    """Tell whether a rate keeps to its limit (是否达标); None, unknown, without data."""
    if share.whole == 0:
        return None
    kept: bool = OPERATORS[limit.operator](share.part * limit.of, limit.value * share.whole)
    return kept


def exit_checks(rates: Mapping[str, Rate], limits: Mapping[str, Limit]) -> tuple[Check, ...]:
    """Put every rate that the law asks for beside its limit (退出指标逐项核对).

    rates   the rates by the names of `limits`; one that nobody counted stands as no data
    limits  what the law asks of the place: for a village its incidence; for a county composite
            incidence, error rates and recognition as well
    """
    found = ((name, rates.get(name, UNCOUNTED), limit) for name, limit in limits.items())
    return tuple(Check(name, share, limit, keeps(share, limit)) for name, share, limit in found)


def all_hold(outcomes: Iterable[bool | None]) -> bool | None:
    """Join outcomes that must all be yes: one no is no, else one unknown is unknown; nothing asked is unknown."""
    known = list(outcomes)
    if False in known:
        return False
    return None if None in known or not known else True


def may_exit(checks: Sequence[Check]) -> bool | None:
    """Tell whether a village or county may exit by its rates (贫困村、贫困县退出指标结论); None is unknown."""
    return all_hold(check.outcome for check in checks)


def whole_share(share: Rate, limit: Limit) -> int | None:
    """Tell a rate in the unit of its limit, for people to read, rounded to the side that does not flatter.

    Below a ceiling it is rounded up, above a floor down: 2.001 per cent reads 2.01 where 2 is the most.
    """
    if share.whole == 0:
        return None
    if _is_ceiling(limit):
        return -(-share.part * limit.of // share.whole)
    return share.part * limit.of // share.whole


def whole_margin(share: Rate, limit: Limit) -> int | None:
    """Tell how far a rate stays within its limit, in hundredths of a percentage point, for people to read (余量).

    Negative where the limit is missed, though it be by one person; None without data.
    """
    shown = whole_share(share, limit)
    if shown is None:
        return None
    return limit.value - shown if _is_ceiling(limit) else shown - limit.value


def whole_room(share: Rate, limit: Limit, people: int) -> int | None:
    """Tell how many more persons, or households, may be lacking before a rate misses its limit (余量折合数).

    Negative where it is missed: so many are too many. A limit that must be kept strictly leaves one less.

    people   those of whom the rate is a share, for people to read: all examined, or the rural population
    Returns  a whole number, None without data
    """
    if share.whole == 0:
        return None
    within = limit.value * share.whole - share.part * limit.of
    over, under = (within if _is_ceiling(limit) else -within) * people, limit.of * share.whole
    return over // under if limit.operator.endswith("=") else -(-over // under) - 1


def early_exit_reward_fen(planned_on: date, exited_on: date, scale: Sequence[tuple[int, int]]) -> int:
    """Return the reward for an exit before the planned day (早摘帽早奖励、多奖励).

    planned_on  the day for which the exit was planned
    exited_on   the day on which it was approved
    scale       rows of (whole calendar months early, reward in fen), both rising: the earlier, the more
    Returns     fen, of the last row that is reached; 0 where none is
    """
    if exited_on > planned_on:
        return 0
    months = whole_months(exited_on, planned_on)
    return max((fen for early, fen in scale if months >= early), default=0)


def _expected(people: int, sample: Rate) -> tuple[int, int]:
    return (0, 1) if people == 0 else (people * sample.part, sample.whole)


def _is_ceiling(limit: Limit) -> bool:
    return limit.operator.startswith("<")
