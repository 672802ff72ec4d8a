"""The frames that a run reads, and how facts of persons become facts of their household."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw

from bangfu.rules.facts import Columns
from bangfu.rules.people import left_household

_YES: Final = 1
_NO: Final = -1


@dataclass(frozen=True, slots=True)
class Frames:
    """One registered area as frozen in a snapshot (快照表): native tables of Polars, DuckDB or another engine.

    households, persons, villages, places  tables with the columns of the field catalogue
    """

    households: Any
    persons: Any
    villages: Any
    places: Any


def lazy(native: Any) -> nw.LazyFrame[Any]:
    """Return a native table as a lazy frame, whatever engine it belongs to."""
    frame: nw.LazyFrame[Any] = nw.from_native(native).lazy()
    return frame


def fold_members(
    persons: nw.LazyFrame[Any], facts: Mapping[str, nw.Expr], leaving: tuple[int, ...]
) -> nw.LazyFrame[Any]:
    """Fold persons into one row per household, in one pass (家庭成员汇总).

    persons  one row per member
    facts    boolean columns of persons by name; the household takes over a yes of one member, and is
             unknown while one member may be one
    leaving  code numbers of the natural changes that end a membership
    Returns  `household`, `persons` (members counted), and for each fact its outcome (1 yes, 0 unknown,
             -1 no) and `<fact>_count`, the members of whom it is known
    """
    members = persons.filter(~left_household(Columns(), leaving)).select(
        "household", **{name: _signed(fact) for name, fact in facts.items()}
    )
    return members.group_by("household").agg(
        nw.len().alias("persons"),
        *(nw.col(name).max() for name in facts),
        *((nw.col(name) == _YES).cast(nw.Int64).sum().alias(f"{name}_count") for name in facts),
    )


def folded_outcome(name: str) -> nw.Expr:
    """Read a folded person fact as an outcome of the household; a household without members is unknown."""
    return nw.when(nw.col(name) != 0).then(nw.col(name) == _YES)


def _signed(fact: nw.Expr) -> nw.Expr:
    """Turn yes, no and unknown into 1, -1 and 0, so that the largest of a household is its outcome."""
    return (fact.cast(nw.Int8) * (_YES - _NO) + _NO).fill_null(0)
