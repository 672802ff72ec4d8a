"""Compiles conditions of the data-quality catalogue to column expressions.

Three outcomes throughout: a comparison with an unknown value is unknown, and a rule fires only
where its condition is known to be true. A count of persons is an interval (those known to meet the
condition, those who may), so that an unknown person never makes a rule fire.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from hashlib import sha256
from typing import Final

import narwhals as nw

from bangfu.analysis.quality.conditions import (
    Column,
    Comparison,
    Condition,
    Constant,
    Count,
    Law,
    Side,
    Sum,
)
from bangfu.analysis.quality.fields import QualityField
from bangfu.kernel.errors.parameters import QualityRuleWrong

_BELOW: Final[Mapping[str, Callable[[nw.Expr, nw.Expr], nw.Expr]]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
}
_MIRRORED: Final = {">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the greatest that a side may be; one expression when it is certain."""

    low: nw.Expr
    high: nw.Expr | None = None


@dataclass(slots=True)
class Compiler:
    """Compiles the conditions of one subject and collects the counts that they need.

    fields     the columns of every subject by name, each with its type and code list
    subject    person, household or village: whose columns the conditions name
    threshold  gives the expression of a dated law value
    counts     filled: the counts and sums that the expressions need, by the column that holds each
    laws       filled: the dated values that the expressions need
    code       code of the rule being compiled, for errors
    """

    fields: Mapping[str, Mapping[str, QualityField]]
    subject: str
    threshold: Callable[[Law], nw.Expr]
    counts: dict[str, Count | Sum] = field(default_factory=dict)
    laws: set[Law] = field(default_factory=set)
    code: str = ""

    def compile(self, condition: Condition, code: str) -> nw.Expr:
        """Return the boolean expression of `condition`: true, false or null for unknown.

        code  the rule's code, for the QualityRuleWrong of an unknown field or label
        """
        self.code = code
        return self._compile(condition)

    def _compile(self, condition: Condition) -> nw.Expr:
        if isinstance(condition, Comparison):
            return self._comparison(condition)
        parts = [self._compile(part) for part in condition.parts]
        if condition.how == "not":
            return ~parts[0]
        if condition.how == "all":
            return reduce(lambda left, right: left & right, parts)
        return reduce(lambda left, right: left | right, parts)

    def _comparison(self, comparison: Comparison) -> nw.Expr:
        left, op, right = comparison.left, comparison.op, comparison.right
        if isinstance(left, Column):
            known = self.field_of(left.name)
            if right is None:
                missing = nw.col(left.name).is_null()
                return missing if op == "is_null" else ~missing
            if isinstance(right, Constant) and op in ("in", "not_in", "has"):
                return self._membership(known, op, right)
            if isinstance(right, Constant):
                right = Constant(known.number(right.value, self.code))
        assert right is not None, self.code
        return _compare(
            op,
            self._interval(left, comparison.times),
            self._interval(right, comparison.other_times),
        )

    def _membership(self, known: QualityField, op: str, right: Constant) -> nw.Expr:
        numbers = known.numbers(right.value, self.code)
        column = nw.col(known.name)
        if op == "has":
            bits = [(column // (1 << number)) % 2 == 1 for number in numbers]
            return reduce(lambda left, right: left | right, bits)
        inside = column.is_in(numbers)
        return inside if op == "in" else ~inside

    def _interval(self, side: Side, times: int) -> Interval:
        if isinstance(side, Constant):
            return Interval(nw.lit(int(str(side.value)), dtype=nw.Int64))
        if isinstance(side, Law):
            self.laws.add(side)
            return Interval(_product(self.threshold(side), times))
        if isinstance(side, Column):
            self.field_of(side.name)
            return Interval(_product(nw.col(side.name).cast(nw.Int64), times))
        name = count_name(side)
        self.counts[name] = side
        low = _product(nw.col(name), times)
        if isinstance(side, Sum) or side.which is None:
            return Interval(low)
        return Interval(low, _product(nw.col(f"{name}_high"), times))

    def field_of(self, name: str) -> QualityField:
        """Return the subject's field of that name; raises QualityRuleWrong when there is none."""
        found = self.fields[self.subject].get(name)
        if found is None:
            raise QualityRuleWrong(rule=self.code, part=name)
        return found


def count_name(side: Count | Sum) -> str:
    """Return the name of the column that holds a count: equal counts share one column."""
    digest = sha256(json.dumps(repr(side)).encode()).hexdigest()
    return f"count_{digest[:16]}"


def _compare(op: str, left: Interval, right: Interval) -> nw.Expr:
    if op in _MIRRORED:
        return _compare(_MIRRORED[op], right, left)
    if op == "!=":
        return ~_compare("==", left, right)
    if op == "==":
        equal = left.low == right.low
        certain = [side.low == side.high for side in (left, right) if side.high is not None]
        return reduce(_only_where, certain, equal)
    below = _BELOW[op]
    if left.high is None and right.high is None:
        return below(left.low, right.low)
    sure = below(left.low if left.high is None else left.high, right.low)
    possible = below(left.low, right.low if right.high is None else right.high)
    return _only_where(sure, sure == possible)


def _product(side: nw.Expr, times: int) -> nw.Expr:
    return side if times == 1 else side * times


def _only_where(outcome: nw.Expr, certain: nw.Expr) -> nw.Expr:
    return nw.when(certain).then(outcome)
