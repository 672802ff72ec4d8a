"""Income items: which sums count towards a programme's income measure (收入项目)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bangfu.kernel.errors.parameters import NameTwice
from bangfu.params.criterion import unknown
from bangfu.params.field import Field
from bangfu.params.source import Source, Sources, source_of
from bangfu.params.value import rising
from bangfu.params.yaml_file import Cell, Spot, Table

USES: Final = frozenset({"add", "subtract", "exclude"})


@dataclass(frozen=True, slots=True)
class IncomeItem:
    """How one sum of money enters the income of a household.

    name    the column, ends in _fen
    use     add, subtract or exclude (recorded, not counted)
    source  where that stands; provisional where it must be verified
    """

    name: str
    use: str
    source: Source


@dataclass(frozen=True, slots=True)
class IncomeRule:
    """The income items of a programme from a day on, in the order of the formula."""

    start: date
    items: tuple[IncomeItem, ...]
    spot: Spot


def _read_rule(table: Table, fields: Mapping[str, Field], sources: Sources) -> IncomeRule:
    table.allow(frozenset({"from", "items"}))
    known = frozenset(name for name, field in fields.items() if field.type == "fen")
    items: dict[str, IncomeItem] = {}
    for group in table["items"].tables():
        group.allow(frozenset({"use", "names", "source"}))
        use, source = group["use"].choice(USES), source_of(group, sources)
        for cell in group["names"].cells():
            name = cell.text()
            if name not in known:
                raise unknown(cell, "the income item", name, known)
            if name in items:
                raise NameTwice(
                    file=cell.file, line=cell.spot.line, kind="the income item", name=name, other=items[name].use
                )
            items[name] = IncomeItem(name, use, source)
    return IncomeRule(table["from"].day(), tuple(items.values()), table.spot)


def read_income_items(cell: Cell, fields: Mapping[str, Field], sources: Sources) -> tuple[IncomeRule, ...]:
    """Return the versions of the income items, start days rising.

    fields  the fields of the household; only those in fen may be named
    """
    rules = tuple(_read_rule(table, fields, sources) for table in cell.tables())
    rising(tuple((rule.start, rule.spot) for rule in rules), "income_items")
    return rules
