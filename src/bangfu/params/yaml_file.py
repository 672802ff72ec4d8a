"""Strict reading of YAML: every mapping, list and scalar keeps its file and line.

The files hold law, so nothing is guessed: an unknown key, a missing key or a value of another
kind stops the load with a sentence that says where and what to do.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import yaml

from bangfu.kernel.errors.parameters import (
    KeyMissing,
    KeyUnknown,
    NameTwice,
    ParameterFileUnreadable,
    TranslationMissing,
    WrongKind,
)
from bangfu.kernel.texts import Text
from bangfu.params.yaml_nodes import BOOL, DAY, INT, NULL, STR, TAG, Nodes

INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]*)")
_KINDS: Final = {
    "str": "text",
    "int": "a whole number",
    "float": "a number with a point",
    "bool": "true or false",
    "null": "empty",
    "timestamp": "a day",
    "seq": "a list",
    "map": "a mapping",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands: the file's path below the folder of parameters, and the line from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        """Return `file, line n`."""
        return f"{self.file}, line {self.line}"


class Cell(NamedTuple):
    """One value of a parameter file with the key that holds it and its place."""

    key: str
    node: yaml.Node
    file: str

    @property
    def spot(self) -> Spot:
        """Tell where the value stands."""
        return Spot(self.file, self.node.start_mark.line + 1)

    def wrong(self, wanted: str) -> WrongKind:
        """Return the error that this value is of another kind than `wanted`."""
        found = _KINDS.get(self.node.tag.removeprefix(TAG), self.node.tag)
        if isinstance(self.node, yaml.ScalarNode) and self.node.value:
            found = f"{found} ({self.node.value})"
        return WrongKind(file=self.file, line=self.spot.line, key=self.key, found=found, wanted=wanted)

    def _scalar(self, tag: str, wanted: str) -> str:
        if self.node.tag != tag:
            raise self.wrong(wanted)
        return str(self.node.value)

    def is_scalar(self) -> bool:
        """Tell whether the value is neither a list nor a mapping."""
        return isinstance(self.node, yaml.ScalarNode)

    def is_null(self) -> bool:
        """Tell whether the value is an explicit null."""
        return self.is_scalar() and self.node.tag == NULL

    def text(self) -> str:
        """Return the value as text that is not blank."""
        text = self._scalar(STR, "text (put quotes around a number that is text)")
        if not text.strip():
            raise self.wrong("text that is not blank")
        return text

    def number(self) -> int:
        """Return the value as a whole number in plain decimal digits."""
        text = self._scalar(INT, "a whole number")
        if not INTEGER.fullmatch(text):
            raise self.wrong("a whole number in plain digits, without leading zeros")
        return int(text)

    def day(self) -> date:
        """Return the value as a day written YYYY-MM-DD."""
        text = self._scalar(DAY, "a day as YYYY-MM-DD")
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self.wrong("a day of the calendar as YYYY-MM-DD") from None

    def flag(self) -> bool:
        """Return the value as true or false."""
        text = self._scalar(BOOL, "true or false")
        if text not in {"true", "false"}:
            raise self.wrong("true or false")
        return text == "true"

    def choice(self, allowed: AbstractSet[str]) -> str:
        """Return the value as one of the allowed words."""
        text = self.text()
        if text not in allowed:
            raise self.wrong("one of: " + ", ".join(sorted(allowed)))
        return text

    def cells(self) -> tuple["Cell", ...]:
        """Return the values of a list, each with its own place."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.wrong("a list")
        return tuple(Cell(self.key, node, self.file) for node in self.node.value)

    def texts(self) -> tuple[str, ...]:
        """Return the values of a list of texts."""
        return tuple(cell.text() for cell in self.cells())

    def table(self) -> "Table":
        """Return the value as a mapping."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong("a mapping")
        return _table(self.node, self.file)

    def tables(self) -> tuple["Table", ...]:
        """Return the value as a list of mappings."""
        return tuple(cell.table() for cell in self.cells())

    def both(self) -> Text:
        """Return the value as a text in both languages, written {zh: ..., en: ...}."""
        table = self.table()
        table.allow(frozenset({"zh", "en"}))
        return table.both()

    def plain(self) -> object:
        """Return the value as plain dicts, lists, texts, whole numbers, truth values and nulls."""
        if isinstance(self.node, yaml.MappingNode):
            return {key: cell.plain() for key, cell in self.table().items()}
        if isinstance(self.node, yaml.SequenceNode):
            return [cell.plain() for cell in self.cells()]
        if self.is_null():
            return None
        kinds = {INT: self.number, BOOL: self.flag}
        return kinds.get(self.node.tag, self.text)()


@dataclass(frozen=True, slots=True)
class Table:
    """One mapping of a parameter file (文件中的一个条目)."""

    spot: Spot
    cells: dict[str, Cell]

    def __getitem__(self, key: str) -> Cell:
        """Return the value of a key; raises KeyMissing."""
        if key not in self.cells:
            raise KeyMissing(file=self.spot.file, line=self.spot.line, key=key)
        return self.cells[key]

    def __contains__(self, key: str) -> bool:
        """Tell whether the key is written."""
        return key in self.cells

    def items(self) -> Iterator[tuple[str, Cell]]:
        """Return the keys and values in the order of the file."""
        return iter(self.cells.items())

    def allow(self, keys: AbstractSet[str]) -> None:
        """Raise KeyUnknown for the first key that is not one of `keys`."""
        if self.cells.keys() <= keys:
            return
        key, cell = next((key, cell) for key, cell in self.cells.items() if key not in keys)
        raise KeyUnknown(file=self.spot.file, line=cell.spot.line, key=key, known=", ".join(sorted(keys)))

    def both(self) -> Text:
        """Return the text that the mapping's own keys zh and en hold; raises TranslationMissing."""
        for language in ("zh", "en"):
            if language not in self.cells:
                raise TranslationMissing(file=self.spot.file, line=self.spot.line, key=language)
        return Text(zh=self.cells["zh"].text(), en=self.cells["en"].text())

    def text_or(self, key: str, default: str) -> str:
        """Return the text of a key, or the default where it is not written."""
        return self.cells[key].text() if key in self.cells else default

    def text_or_none(self, key: str) -> str | None:
        """Return the text of a key, or None where it is not written or null."""
        return None if key not in self.cells or self.cells[key].is_null() else self.cells[key].text()

    def number_or_none(self, key: str) -> int | None:
        """Return the whole number of a key, or None where it is not written."""
        return self.cells[key].number() if key in self.cells else None

    def day_or_none(self, key: str) -> date | None:
        """Return the day of a key, or None where it is not written."""
        return self.cells[key].day() if key in self.cells else None

    def both_or_none(self, key: str) -> Text | None:
        """Return the text in both languages of a key, or None where it is not written."""
        return self.cells[key].both() if key in self.cells else None

    def texts_or_none(self, key: str) -> tuple[str, ...]:
        """Return the list of texts of a key, empty where it is not written."""
        return self.cells[key].texts() if key in self.cells else ()


def _table(node: yaml.MappingNode, file: str) -> Table:
    cells: dict[str, Cell] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in cells:
            line = key_node.start_mark.line + 1
            raise NameTwice(file=file, line=line, kind="the key", name=key, other=f"line {cells[key].spot.line}")
        cells[key] = Cell(key, value_node, file)
    return Table(Spot(file, node.start_mark.line + 1), cells)


def parse_file(content: bytes, file: str) -> Table:
    """Return the mapping that a parameter file holds.

    content  the bytes of the file, UTF-8
    file     its path below the folder of parameters, for errors
    Raises ParameterFileUnreadable, WrongKind (not a mapping), NameTwice (a key twice).
    """
    text = _text(content, file)
    try:
        node = yaml.compose(text, Loader=Nodes)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise ParameterFileUnreadable(file=file, line=line, problem=error.problem or "broken") from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise ParameterFileUnreadable(file=file, line=line, problem="a forbidden character") from None
    if not isinstance(node, yaml.MappingNode):
        raise WrongKind(file=file, line=1, key="the file", found="not a mapping", wanted="a mapping of keys")
    return _table(node, file)


def _text(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ParameterFileUnreadable(file=file, line=line, problem="not UTF-8") from None
