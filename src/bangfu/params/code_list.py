"""Code lists: the closed sets of words that forms use, with a stable number each (代码表)."""

from dataclasses import dataclass, field
from datetime import date

from bangfu.kernel.errors.parameters import NameTwice, WrongKind
from bangfu.kernel.texts import Text
from bangfu.params.label import normal_label
from bangfu.params.source import Source, Sources, source_of
from bangfu.params.yaml_file import Cell, Spot, Table

LARGEST_NUMBER = 32_767
"""Columns carry codes as 16-bit integers."""


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list.

    number   what columns carry
    label    the word of the national form, in both languages
    aliases  local and older wordings that mean the same
    code     what the national database writes for it, with its leading zero; None where it has none
    start, end  first and last day on which it is chosen, None where the list names none; ledgers are read whenever
    source   where its days stand; None without days
    """

    number: int
    label: Text
    aliases: tuple[str, ...]
    code: str | None = None
    start: date | None = None
    end: date | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, eq=False)
class CodeList:
    """One list of codes (代码表). Labels decide, never bare numbers: local systems reorder the numbers."""

    name: str
    title: Text
    source: Source
    entries: tuple[Code, ...]
    _numbers: dict[str, int] = field(repr=False)
    _national: dict[str, int] = field(repr=False)
    _labels: dict[int, Text] = field(repr=False)

    def number(self, label: str) -> int | None:
        """Return the number of a label or alias in any width and spacing, None for an unknown word."""
        return self._numbers.get(normal_label(label))

    def label(self, number: int) -> Text:
        """Return the label of a number; raises KeyError for a number that the list lacks."""
        return self._labels[number]

    def national(self, text: str) -> int | None:
        """Return the number of a code of the national database, None for an unknown one.

        For columns whose header is a name of the national database (aac007), and only there. A lost
        leading zero is made good, since spreadsheets drop it.
        """
        return self._national.get(_without_zeros(normal_label(text)))

    def chosen_on(self, on: date) -> tuple[Code, ...]:
        """Return the entries that may be chosen on a day."""
        return tuple(
            one for one in self.entries if (one.start is None or one.start <= on) and (one.end is None or on <= one.end)
        )

    @property
    def numbers(self) -> frozenset[int]:
        """Return every number of the list."""
        return frozenset(self._labels)


def _without_zeros(code: str) -> str:
    return code.lstrip("0") or "0" if code.isdigit() else code


class _Words:
    """Words that may stand once, with the place where each first stood."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.places: dict[str, tuple[int, Spot]] = {}

    def add(self, word: str, number: int, spot: Spot) -> None:
        if word in self.places:
            other = self.places[word][1]
            raise NameTwice(file=spot.file, line=spot.line, kind=self.kind, name=word, other=str(other))
        self.places[word] = (number, spot)

    def numbers(self) -> dict[str, int]:
        return {word: number for word, (number, _) in self.places.items()}


def _read_code(table: Table, sources: Sources) -> tuple[Code, tuple[Cell, ...]]:
    table.allow(frozenset({"number", "code", "zh", "en", "aliases", "from", "to", "source"}))
    number = table["number"].number()
    if not 0 <= number <= LARGEST_NUMBER:
        raise table["number"].wrong(f"a whole number from 0 to {LARGEST_NUMBER}")
    aliases = table["aliases"].cells() if "aliases" in table else ()
    label = table.both()
    code = table["code"].text() if "code" in table else None
    words = tuple(cell.text() for cell in aliases)
    start, end = table.day_or_none("from"), table.day_or_none("to")
    if start and end and start > end:
        raise table["to"].wrong("a day not before `from`")
    source = source_of(table, sources) if start or end else None
    return Code(number, label, words, code, start, end, source), aliases


def read_code_list(file: Table, name: str, sources: Sources) -> CodeList:
    """Return the code list that a file holds.

    Raises NameTwice for a number, label or alias that stands twice, and what the strict reader raises.
    """
    file.allow(frozenset({"title", "source", "codes"}))
    numbers, words, national = _Words("the number"), _Words("the label"), _Words("the code")
    entries = []
    for table in file["codes"].tables():
        code, aliases = _read_code(table, sources)
        numbers.add(str(code.number), code.number, table.spot)
        labels = {normal_label(table[language].text()): table[language] for language in ("zh", "en")}
        for word, cell in (*labels.items(), *((normal_label(cell.text()), cell) for cell in aliases)):
            words.add(word, code.number, cell.spot)
        if code.code is not None:
            national.add(_without_zeros(normal_label(code.code)), code.number, table["code"].spot)
        entries.append(code)
    if not entries:
        raise WrongKind(
            file=file.spot.file, line=file["codes"].spot.line, key="codes", found="empty", wanted="at least one code"
        )
    return CodeList(
        name=name,
        title=file["title"].both(),
        source=source_of(file, sources),
        entries=tuple(entries),
        _numbers=words.numbers(),
        _national=national.numbers(),
        _labels={code.number: code.label for code in entries},
    )
