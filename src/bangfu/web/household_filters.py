"""The filters of the list of households: what an address may say, and nothing personal among it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict

from bangfu.kernel.status import STATUS_NAMES
from bangfu.snapshots.lists import OUTCOMES, REGISTERED, SORTS, Asked

COLUMNS: Final = ("members", "income", "outcome", "status", "main_cause", "housing_grade", "water_safe")
"""Columns that a reader may choose, in the order of the table; number, head and village always stand there."""
USUAL: Final = ("members", "income", "outcome", "status")
OF_REGISTER: Final = ("main_cause", "housing_grade", "water_safe")
"""Columns that are fields of the register; the others come from the run or the directory."""
_LONGEST_NUMBER: Final = 18


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters, sorting and columns of a list, each empty or one of what it may be."""

    place: str = ""
    run: str = ""
    outcome: str = ""
    gap: str = ""
    status: int | str | None = None
    sort: str = "number"
    columns: tuple[str, ...] = USUAL

    @classmethod
    def of(cls, given: QueryDict) -> "Filters":
        """Read filters from an address or a form; what they cannot be is left out."""
        columns = given.getlist("column")
        return cls.stored({**{name: given.get(name, "") for name in _NAMES}, "columns": columns})

    @classmethod
    def stored(cls, kept: Mapping[str, Any]) -> "Filters":
        """Read filters from plain values."""
        status = REGISTERED if kept.get("status") == REGISTERED else _number(kept.get("status"))
        outcome, sort = kept.get("outcome"), kept.get("sort")
        columns = tuple(name for name in COLUMNS if name in (kept.get("columns") or ()))
        return cls(
            place=str(kept.get("place") or "")[:40],
            run=str(kept.get("run") or "")[:80],
            outcome=outcome if outcome in OUTCOMES else "",
            gap=str(kept.get("gap") or "")[:60],
            status=status if status in {REGISTERED, *(kind.value for kind in STATUS_NAMES)} else None,
            sort=sort if sort in SORTS else "number",
            columns=columns or USUAL,
        )

    def plain(self) -> dict[str, Any]:
        """Return the filters as plain values, those in force alone."""
        usual = Filters()
        values = {name: getattr(self, name) for name in _NAMES if getattr(self, name) != getattr(usual, name)}
        return values | ({"columns": list(self.columns)} if self.columns != USUAL else {})

    def address(self, **changes: Any) -> str:
        """Return the part of an address after `?` that says the same, with some values changed."""
        plain = replace(self, **changes).plain()
        pairs = [(name, value) for name, value in plain.items() if name != "columns"]
        pairs += [("column", name) for name in plain.get("columns", [])]
        return urlencode(pairs)

    def asked(self, words: str = "") -> Asked:
        """Return what the query takes."""
        return Asked(
            place=self.place,
            run=self.run or None,
            outcome=self.outcome,
            gap=self.gap,
            status=self.status,
            words=words,
            sort=self.sort,
            facts=tuple(name for name in self.columns if name in OF_REGISTER),
        )


_NAMES: Final = ("place", "run", "outcome", "gap", "status", "sort")


def page_of(given: QueryDict) -> int:
    """Return the number of the page that an address names, the first where it names none."""
    return max(_number(given.get("page")) or 1, 1)


def _number(value: object) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None
