"""The criteria of a programme as expressions: each function with its arguments (判定条件)."""

from collections.abc import Callable, Mapping
from functools import reduce
from inspect import signature
from operator import and_, or_
from types import MappingProxyType
from typing import Any, Final

import narwhals as nw
import polars as pl

import bangfu.rules
from bangfu.analysis.plan import Plan
from bangfu.analysis.thresholds import threshold_column
from bangfu.params import UNITS, Criterion
from bangfu.rules.facts import Columns, Values
from bangfu.rules.people import out_of_school, uninsured

PERSON_RULES: Final[Mapping[str, tuple[str, Callable[..., nw.Expr]]]] = MappingProxyType(
    {"education_gap": ("out_of_school", out_of_school), "medical_gap": ("uninsured", uninsured)}
)
"""Rules of households that take over a fact of their members: the fact, and the rule of one person."""

DERIVED_VALUES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "education_gap": "out_of_school_count",
        "income_above_line": "income_pc_fen",
        "income_below_line": "income_pc_fen",
        "medical_gap": "uninsured_count",
    }
)
"""What a rule shows as its value where that is not a recorded field."""

JOINS: Final = MappingProxyType({"all_of": and_, "any_of": or_})


def criterion_column(criterion: Criterion, plan: Plan) -> nw.Expr:
    """Give the rule of a criterion what it asks for by the names of its arguments.

    criterion  a criterion of households, villages or counties
    plan       the plan that holds its threshold and further numbers; a threshold that nobody has published
               yet leaves the criterion unknown
    Returns    a boolean column for a table that carries the fields of the criterion and `county`
    """
    found = plan.thresholds.get(criterion.name)
    if criterion.threshold is not None and not found:
        return nw.lit(None, nw.Boolean)
    offered = {
        "operator": criterion.operator,
        "codes": criterion.codes,
        "values": plan.numbers(criterion),
        "limit_of": UNITS[found[0].value.unit].denominator if found else 1,
    }
    threshold = threshold_column(found) if found else None
    return _call(getattr(bangfu.rules, criterion.function), offered, threshold)


def person_fact(criterion: Criterion, values: Values) -> tuple[str, nw.Expr] | None:
    """Tell the fact of persons that a criterion takes over, as a name and a column; None when it takes none."""
    if criterion.function not in PERSON_RULES:
        return None
    name, rule = PERSON_RULES[criterion.function]
    return name, _call(rule, {"codes": criterion.codes, "values": values}, None)


def shown_column(criterion: Criterion) -> str:
    """Return the column that shows what a criterion looked at: a derived value, else its first field."""
    return DERIVED_VALUES.get(criterion.function, criterion.fields[0])


def decide(rule: Any) -> pl.Expr:
    """Turn a rule tree into an expression over the judged criteria (判定规则).

    rule     a criterion's name, or ("all_of", (...)), ("any_of", (...)), ("not", rule)
    Returns  a boolean column; an unknown criterion counts only where it can change the outcome
    """
    if isinstance(rule, str):
        return pl.col(rule)
    word, inner = rule
    if word == "not":
        return ~decide(inner)
    decided: pl.Expr = reduce(JOINS[word], [decide(part) for part in inner])
    return decided


def _call(rule: Callable[..., nw.Expr], offered: Mapping[str, Any], threshold: nw.Expr | None) -> nw.Expr:
    asked = list(signature(rule).parameters)[1:]
    return rule(
        Columns(), **{name: offered.get(name, threshold) for name in asked if offered.get(name, threshold) is not None}
    )
