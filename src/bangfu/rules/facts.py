"""The facts that a rule reads, of one household or of a table of them.

A rule asks its subject for facts by name: `household.housing_grade`. On a table the subject is
`Columns`, every fact is a column, and unknown is null. Rules that only compare and multiply also
take a single object whose attributes are known numbers.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import narwhals as nw


class Facts(Protocol):
    """Anything that gives its facts by name: the columns of a table, or one household, person or village."""

    def __getattr__(self, name: str, /) -> nw.Expr:
        """Return the fact of this name."""


class Columns:
    """The columns of a table as the facts of each of its rows (表列)."""

    def __getattr__(self, name: str, /) -> nw.Expr:
        """Return the column of this name."""
        return nw.col(name)


def answered(fact: nw.Expr) -> nw.Expr:
    """Turn a recorded 1, 0 or null into yes, no or unknown (是、否、不详)."""
    return fact == 1


Codes = Mapping[str, Sequence[int]]
"""Code numbers that mean yes to a criterion, by the field that carries them."""

Values = Mapping[str, int]
"""Further numbers of the law that a criterion needs, such as ages, by name."""
