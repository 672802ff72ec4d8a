"""Comparisons in the words of the law (低于、超过、不低于、以上、以下).

The operator is a part of the criterion and dated like the rest of it: 低于 and 不满 are `<`, 超过 and
高于 `>`, 不低于 and 以上 `>=`, 不超过 and 以下 `<=`; 以上 and 以下 include the number (民法典第一千二百五十九条).
"""

import operator as signs
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import narwhals as nw

OPERATORS: Final[Mapping[str, Callable[[Any, Any], Any]]] = MappingProxyType(
    {"<": signs.lt, "<=": signs.le, ">": signs.gt, ">=": signs.ge}
)
"""The comparison behind each sign that a criterion may carry."""


def compare(value: nw.Expr, operator: str, limit: nw.Expr | int) -> nw.Expr:
    """Compare a value with its limit by the sign that the criterion carries.

    value, limit  whole numbers or columns of the same unit
    operator      one of `OPERATORS`
    Returns       a boolean or a boolean column; unknown when either side is
    """
    outcome: nw.Expr = OPERATORS[operator](value, limit)
    return outcome
