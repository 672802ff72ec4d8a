"""The plan of a run: the programme as it stands on a day in an area, looked up once (判定方案)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bangfu.analysis.thresholds import Threshold, thresholds
from bangfu.kernel.errors.parameters import ParameterNotInForce
from bangfu.params import Criterion, Decision, Parameters, Programme, Value
from bangfu.rules.facts import Values

IDENTIFY: Final = "identify"
LINE_RULE: Final = "income_below_line"
"""The function whose threshold is called the line."""
DEPARTURES: Final = ("死亡", "嫁出", "判刑收监", "出国定居", "转出")
"""Natural changes that end a membership, as the national form names them."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Everything that a run needs to know of the law (判定方案).

    programme   the programme
    on          the day for which it is asked
    decisions   its decisions in force on the day; of households the first is identification
    criteria    the criteria that they use, each once
    thresholds  the thresholds of each criterion that has one
    values      further numbers of the law, by name
    items       whether each income item is added, subtracted or left out
    leaving     code numbers of natural changes that end a membership
    """

    programme: Programme
    on: date
    decisions: tuple[Decision, ...]
    criteria: tuple[Criterion, ...]
    thresholds: Mapping[str, tuple[Threshold, ...]]
    values: Mapping[str, Value]
    items: Mapping[str, str]
    leaving: tuple[int, ...]

    @property
    def line_criterion(self) -> Criterion | None:
        """Return the first criterion that compares income with a line, which is identification's; None without one."""
        return next((each for each in self.criteria if each.function == LINE_RULE), None)

    def only(self, decision: str) -> "Plan":
        """Return what the plan asks for one decision's outcome alone: no classes, and no other decision's criteria."""
        (decided,) = (each for each in self.decisions if each.name == decision)
        bare = replace(decided, classes=(), considers=())
        criteria = tuple(each for each in self.criteria if each.name in bare.criteria)
        return replace(self, decisions=(bare,), criteria=criteria)

    def numbers(self, criterion: Criterion) -> Values:
        """Return the further numbers that a criterion needs, by name."""
        return {name: self.values[name].value for name in criterion.values}


def make_plan(parameters: Parameters, programme_id: str, on: date, counties: Iterable[int]) -> Plan:
    """Look up what a programme asks of the households of an area on a day.

    parameters    all parameters
    programme_id  which programme
    on            the day
    counties      codes of the counties of the area
    Returns       the plan
    Raises        ProgrammeUnknown; ParameterNotInForce when the programme does not identify on the day, or
                  a threshold has no value then
    """
    programme = parameters.programme(programme_id)
    identify = programme.decision(IDENTIFY, on)
    others = [each for each in programme.decisions(on) if each.subject == "household" and each.name != IDENTIFY]
    criteria = criteria_asked(programme, (identify, *others))
    area = tuple(counties)
    natural_change = parameters.code_lists["natural_change"]
    return Plan(
        programme=programme,
        on=on,
        decisions=(identify, *others),
        criteria=criteria,
        thresholds={each.name: thresholds(programme, each.threshold, on, area) for each in criteria if each.threshold},
        values={name: programme.value(name, on) for each in criteria for name in each.values},
        items=programme.income_items(on),
        leaving=tuple(number for label in DEPARTURES if (number := natural_change.number(label)) is not None),
    )


def make_place_plan(parameters: Parameters, programme_id: str, on: date, counties: Iterable[int], subject: str) -> Plan:
    """Look up what a programme asks of the villages or counties of an area on a day.

    parameters, programme_id, on, counties  as for `make_plan`
    subject  village or county
    Returns  the plan; without decisions where the programme has none. A criterion whose threshold nobody has
             published yet stands without one: its outcome is unknown, and identification of households goes on
    """
    programme = parameters.programme(programme_id)
    decisions = tuple(each for each in programme.decisions(on) if each.subject == subject)
    criteria = criteria_asked(programme, decisions)
    area = tuple(counties)
    found = {each.name: _published(programme, each.threshold, on, area) for each in criteria if each.threshold}
    return Plan(
        programme=programme,
        on=on,
        decisions=decisions,
        criteria=criteria,
        thresholds=found,
        values={},
        items={},
        leaving=(),
    )


def criteria_asked(programme: Programme, decisions: Iterable[Decision]) -> tuple[Criterion, ...]:
    """Return the criteria that decisions use, each once, in order."""
    names = dict.fromkeys(name for decision in decisions for name in decision.criteria)
    return tuple(programme.criteria[name] for name in names)


def _published(programme: Programme, name: str, on: date, counties: tuple[int, ...]) -> tuple[Threshold, ...]:
    try:
        return thresholds(programme, name, on, counties)
    except ParameterNotInForce:
        return ()
