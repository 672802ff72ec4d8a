"""Criteria: one question of the law each, with its threshold, its fields and its sentences (认定条件)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bangfu.kernel.errors.parameters import NameUnknown, TextPlaceUnknown
from bangfu.kernel.texts import Text
from bangfu.params.code_list import CodeList
from bangfu.params.field import Fields
from bangfu.params.source import Source, Sources, source_of
from bangfu.params.unit import OPERATORS
from bangfu.params.yaml_file import Cell, Table

PLACES: Final = {"value": "0", "threshold": "0"}
KEYS: Final = frozenset(
    {
        "function",
        "title",
        "when_yes",
        "when_no",
        "when_unknown",
        "operator",
        "threshold",
        "values",
        "fields",
        "codes",
        "source",
    }
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a programme (认定条件).

    name         its key in rules and runs
    function     the function in bangfu.rules that answers it
    title        its name
    yes, no, unknown  what the household is told; places %(value)s and %(threshold)s hold shown numbers
                 (yuan with two decimals, per cent, counts) without unit, the unit stands in the text
    operator     how value and threshold are compared, None where the function compares nothing
    threshold    name of the parameter compared with, or None
    fields       the fields that decide, first the decisive one
    source       where the criterion stands
    provisional  true where the source must still be verified
    values       names of further parameters that the function needs (ages, periods)
    codes        numbers of codes that mean yes, by field
    """

    name: str
    function: str
    title: Text
    yes: Text
    no: Text
    unknown: Text
    operator: str | None
    threshold: str | None
    fields: tuple[str, ...]
    source: Source
    provisional: bool
    values: tuple[str, ...] = ()
    codes: Mapping[str, tuple[int, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What a programme's files may refer to: parameters, fields, code lists and sources."""

    parameters: frozenset[str]
    fields: Fields
    code_lists: Mapping[str, CodeList]
    sources: Sources

    def field_names(self) -> frozenset[str]:
        """Return the names of all fields, whatever their subject."""
        return frozenset(name for fields in self.fields.values() for name in fields)

    def list_of(self, cell: Cell) -> CodeList:
        """Return the code list of the field that a key names; raises NameUnknown."""
        for fields in self.fields.values():
            field = fields.get(cell.key)
            if field is not None and field.codes is not None:
                return self.code_lists[field.codes]
        coded = frozenset(field.name for fields in self.fields.values() for field in fields.values() if field.codes)
        raise unknown(cell, "the field with codes", cell.key, coded)


def unknown(cell: Cell, kind: str, name: str, known: frozenset[str]) -> NameUnknown:
    """Return the error that a name is not defined."""
    words = ", ".join(sorted(known))
    return NameUnknown(file=cell.file, line=cell.spot.line, kind=kind, name=name, known=words)


def fillable(cell: Cell) -> Text:
    """Return a text in both languages whose places can all be filled; raises TextPlaceUnknown."""
    text = cell.both()
    for wording in (text.zh, text.en):
        try:
            wording % PLACES
        except (KeyError, ValueError, TypeError):
            known = ", ".join(f"%({name})s" for name in PLACES)
            raise TextPlaceUnknown(file=cell.file, line=cell.spot.line, text=wording, known=known) from None
    return text


def _known_parameter(cell: Cell, names: Names) -> str:
    if cell.text() not in names.parameters:
        raise unknown(cell, "the parameter", cell.text(), names.parameters)
    return cell.text()


def _known_fields(table: Table, names: Names) -> tuple[str, ...]:
    known = names.field_names() | DERIVED
    for cell in table["fields"].cells():
        if cell.text() not in known:
            raise unknown(cell, "the field", cell.text(), known)
    return table["fields"].texts()


DERIVED: Final = frozenset({"status", "income_year", "age", "head", "members", "poor_persons"})
"""Columns that snapshots derive, beside the fields of the catalogue."""


def _codes(cell: Cell, names: Names) -> tuple[int, ...]:
    codes = names.list_of(cell)
    numbers = []
    for label in cell.cells():
        number = codes.number(label.text())
        if number is None:
            raise unknown(
                label, f"the code of {codes.name}", label.text(), frozenset(e.label.zh for e in codes.entries)
            )
        numbers.append(number)
    return tuple(sorted(numbers))


def read_criterion(name: str, table: Table, names: Names) -> Criterion:
    """Return one criterion.

    Raises NameUnknown for a parameter, field, code list or label that nothing defines,
    TextPlaceUnknown for a text that cannot be filled, and what the strict reader raises.
    """
    table.allow(KEYS)
    source = source_of(table, names.sources)
    values = table["values"].cells() if "values" in table else ()
    return Criterion(
        name=name,
        function=table.text_or("function", name),
        title=table["title"].both(),
        yes=fillable(table["when_yes"]),
        no=fillable(table["when_no"]),
        unknown=fillable(table["when_unknown"]),
        operator=table["operator"].choice(OPERATORS) if "operator" in table else None,
        threshold=_known_parameter(table["threshold"], names) if "threshold" in table else None,
        fields=_known_fields(table, names),
        source=source,
        provisional=source.provisional,
        values=tuple(_known_parameter(cell, names) for cell in values),
        codes={key: _codes(cell, names) for key, cell in table["codes"].table().items()} if "codes" in table else {},
    )
