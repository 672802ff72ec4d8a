"""The field catalogue: every field of household, person and village, with its labels (字段目录)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bangfu.kernel.errors.parameters import NameTwice, NameUnknown
from bangfu.kernel.texts import Text
from bangfu.params.code_list import CodeList
from bangfu.params.label import normal_label
from bangfu.params.yaml_file import Cell, Spot, Table

CODED: Final = frozenset({"code", "flags"})
TYPES: Final = CODED | {
    "bool", "card", "count", "day", "dm2", "fen", "id_no", "km", "mu100", "phone", "text", "year",
}  # fmt: skip
SUBJECTS: Final = frozenset({"household", "person", "village"})
CLASSES: Final = range(5)
SENSITIVE: Final = 3
"""The first class that pages mask: identity numbers, phones; above it stand cards and diagnoses."""
_CLASS_OF_TYPE: Final = {"id_no": SENSITIVE, "phone": SENSITIVE, "card": 4}
_CLASS_OF_SUBJECT: Final = {"village": 1}
_USUAL_CLASS: Final = 2
LARGEST_BIT: Final = 62
"""Flags stand in one signed 64-bit integer: bit n for the code n."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field that the register keeps (字段).

    name     the column's name, unit last
    subject  household, person or village
    topic    the group of fields that one dated fact row holds
    type     text, code, flags, bool, count, year, day, fen, dm2, mu100, km, phone, card or id_no
    codes    the code list of a code or flags field
    title    its label on the national form
    aliases  other headers under which ledgers carry it
    privacy  class of the field (数据级别): 0 public, 1 work, 2 work with the household, 3 sensitive, 4 highest
    """

    name: str
    subject: str
    topic: str
    type: str
    codes: str | None
    title: Text
    aliases: tuple[str, ...]
    privacy: int


Fields = dict[str, dict[str, Field]]


class _Labels:
    """Headers already used, so that no header could mean two fields of one sheet."""

    def __init__(self) -> None:
        self.places: dict[str, Spot] = {}

    def add(self, word: str, spot: Spot) -> None:
        label = normal_label(word)
        if label in self.places:
            other = str(self.places[label])
            raise NameTwice(file=spot.file, line=spot.line, kind="the label", name=word, other=other)
        self.places[label] = spot


def _codes_of(table: Table, kind: str, lists: Mapping[str, CodeList]) -> str | None:
    if kind not in CODED:
        return None
    name = table["codes"].text()
    if name not in lists:
        raise _unknown_list(table["codes"], lists)
    if kind == "flags" and max(lists[name].numbers) > LARGEST_BIT:
        raise table["codes"].wrong(
            f"a code list whose numbers do not exceed {LARGEST_BIT}, since the field holds flags"
        )
    return name


def _class_of(table: Table, kind: str, subject: str) -> int:
    """Return the stated class of a field, else the one of its type, else the one of its subject."""
    if "class" in table:
        stated = table["class"].number()
        if stated not in CLASSES:
            raise table["class"].wrong("a class from 0 to 4")
        return stated
    return _CLASS_OF_TYPE.get(kind, _CLASS_OF_SUBJECT.get(subject, _USUAL_CLASS))


def _unknown_list(cell: Cell, lists: Mapping[str, CodeList]) -> NameUnknown:
    known = ", ".join(sorted(lists))
    return NameUnknown(file=cell.file, line=cell.spot.line, kind="the code list", name=cell.text(), known=known)


def _read_topic(topic: str, table: Table, subject: str, lists: Mapping[str, CodeList], labels: _Labels) -> list[Field]:
    table.allow(frozenset({"title", "fields"}))
    table["title"].both()
    fields = []
    for name, cell in table["fields"].table().items():
        entry = cell.table()
        kind = entry["type"].choice(TYPES)
        entry.allow(frozenset({"type", "zh", "en", "aliases", "class"} | ({"codes"} if kind in CODED else set())))
        title = entry.both()
        labels.add(title.zh, entry["zh"].spot)
        aliases = entry["aliases"].cells() if "aliases" in entry else ()
        for alias in aliases:
            labels.add(alias.text(), alias.spot)
        codes = _codes_of(entry, kind, lists)
        words = tuple(alias.text() for alias in aliases)
        fields.append(Field(name, subject, topic, kind, codes, title, words, _class_of(entry, kind, subject)))
    return fields


def read_fields(files: Mapping[str, Table], lists: Mapping[str, CodeList]) -> Fields:
    """Return the fields by subject and name.

    files  the mappings of fields/*.yaml by file name
    lists  the code lists that they may name
    Raises NameTwice for a label that two fields of a household and its persons share (they stand on
    one sheet), or two fields of the village; NameUnknown for a code list that nothing defines.
    """
    fields: Fields = {}
    sheets = {"household": _Labels(), "village": _Labels()}
    sheets["person"] = sheets["household"]
    for file in files.values():
        file.allow(frozenset({"subject", "topics"}))
        subject = file["subject"].choice(SUBJECTS)
        names = fields.setdefault(subject, {})
        for topic, cell in file["topics"].table().items():
            for field in _read_topic(topic, cell.table(), subject, lists, sheets[subject]):
                if field.name in names:
                    spot = cell.spot
                    other = names[field.name].topic
                    raise NameTwice(file=spot.file, line=spot.line, kind="the field", name=field.name, other=other)
                names[field.name] = field
    return fields
