"""Reforms: what a programme would ask if the law were otherwise (政策调整).

A reform alters the plan of a run and nothing else: the same rules judge the same facts by other numbers,
so that its result differs from the run only by what was altered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bangfu.analysis.plan import Plan, criteria_asked
from bangfu.analysis.thresholds import Threshold, thresholds
from bangfu.kernel.errors.parameters import ParameterUnknown, ReformWithoutEffect
from bangfu.kernel.texts import Text
from bangfu.params import Criterion, Rule, Value

INCLUSIONS: Final = ("add", "subtract", "exclude")
PARAMETER: Final = Text(zh="参数", en="parameter")
CRITERION: Final = Text(zh="标准", en="criterion")
ITEM: Final = Text(zh="收入项目", en="income item")
INCLUSION: Final = Text(zh="收入项目算法", en="way to count an income item")


@dataclass(frozen=True, slots=True)
class Reform:
    """What is asked otherwise than the law asks (调整内容).

    values   parameters by name, each a whole number in the parameter's unit, the same everywhere
    items    income items by column, each to add, subtract or exclude
    also     criteria of which each alone is enough to be identified
    only_if  criteria that must hold besides
    """

    values: Mapping[str, int] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    only_if: tuple[str, ...] = ()


def reformed(plan: Plan, reform: Reform, counties: Iterable[int]) -> Plan:
    """Return the plan as the reform would have it (调整后的判定方案).

    plan      the plan of the run
    reform    what is altered
    counties  codes of the counties of the area
    Raises    ParameterUnknown for a name that the programme does not have, ReformWithoutEffect for a
              parameter that identification does not use
    """
    _check_names(plan, reform)
    identify, *others = plan.decisions
    decision = replace(identify, rule=_rule(identify.rule, reform))
    criteria = criteria_asked(plan.programme, (decision, *others))
    area = tuple(counties)
    found = {each.name: _thresholds(plan, each, area) for each in criteria if each.threshold}
    names = {name for each in criteria for name in each.values}
    values = {name: plan.programme.value(name, plan.on) for name in names}
    used = {each.threshold for each in criteria} | names
    for name in reform.values:
        if name not in used:
            raise ReformWithoutEffect(
                programme=plan.programme.id, name=name, known=", ".join(sorted(filter(None, used)))
            )
    altered = {name: replace(value, value=reform.values.get(name, value.value)) for name, value in values.items()}
    return replace(
        plan,
        decisions=(decision, *others),
        criteria=criteria,
        thresholds={name: _altered(each, reform.values) for name, each in found.items()},
        values=altered,
        items={**plan.items, **reform.items},
    )


def _rule(rule: Rule, reform: Reform) -> Rule:
    widened: Rule = ("any_of", (rule, *reform.also)) if reform.also else rule
    return ("all_of", (widened, *reform.only_if)) if reform.only_if else widened


def _thresholds(plan: Plan, criterion: Criterion, counties: tuple[int, ...]) -> tuple[Threshold, ...]:
    if criterion.name in plan.thresholds:
        return plan.thresholds[criterion.name]
    return thresholds(plan.programme, str(criterion.threshold), plan.on, counties)


def _altered(found: tuple[Threshold, ...], values: Mapping[str, int]) -> tuple[Threshold, ...]:
    stated: Value = found[0].value
    if stated.name not in values:
        return found
    return (Threshold(replace(stated, value=values[stated.name], region=None), None),)


def _check_names(plan: Plan, reform: Reform) -> None:
    programme = plan.programme
    asked: list[tuple[Text, str, Mapping[str, object]]]
    asked = [(PARAMETER, name, programme.parameters) for name in reform.values]
    asked += [(CRITERION, name, programme.criteria) for name in (*reform.also, *reform.only_if)]
    asked += [(ITEM, name, plan.items) for name in reform.items]
    asked += [(INCLUSION, word, dict.fromkeys(INCLUSIONS)) for word in reform.items.values()]
    for kind, name, known in asked:
        if name not in known:
            raise ParameterUnknown(programme=programme.id, kind=kind, name=name, known=", ".join(sorted(known)))
