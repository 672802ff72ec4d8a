"""Which column of a header carries which field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bangfu.intake.corrections import labels_of
from bangfu.intake.headers import UNITS_OF_TYPE, Form, Header, forms, is_unit, unit_of
from bangfu.intake.ledgers import Ledger, Ledgers, all_labels, fields_of, label_index
from bangfu.intake.sheets import column_letter
from bangfu.params import CodeList, Field, Parameters, normal_label

NO_CORRECTION: Final[Mapping[str, str]] = {}
_NATIONAL_LENGTH: Final = 6
_FEN_OF: Final = {"": 100, "元": 100, "百元": 10_000, "千元": 100_000, "万元": 1_000_000}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet that carries a field.

    index     number of the column, counted from 0
    label     its header as on the sheet, levels joined by a stroke
    unit      the unit of its numbers as the header or title tells: 元, 万元, 亩, 平方米 ...; '' where none does
    bit       for a column of its own for one code of a flags field: the code
    national  whether its header is a name of the national database, so that bare code numbers hold
    year      the year that stands in its header
    """

    index: int
    label: str
    unit: str = ""
    bit: int | None = None
    national: bool = False
    year: int | None = None

    @property
    def letter(self) -> str:
        """Return the column's name as spreadsheets show it."""
        return column_letter(self.index)

    @property
    def unit_fen(self) -> int | None:
        """Return how many fen one unit of a money column is; None for a unit that is not money."""
        return _FEN_OF.get(self.unit)


@dataclass(frozen=True, slots=True)
class Match:
    """The columns that a header gives a ledger.

    columns  fields, each with the columns that claim it, in the sheet's order
    ignored  labels that no field of the ledger has
    """

    columns: Mapping[str, tuple[Column, ...]]
    ignored: tuple[str, ...]

    @property
    def claims(self) -> int:
        """Return how many columns carry a field."""
        return sum(map(len, self.columns.values()))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a header's stack of labels may stand for, whatever the ledger.

    label    the labels as people would call the column
    texts    the labels without a unit below them
    unit     that unit, '' for none
    words    what to look up: all levels together first, the lowest last
    whole    all levels as one normal label
    foreign  whether a word of it speaks of helpers or officials
    known    whether any ledger has a field of such a label; the cells of data hardly ever are one
    """

    label: str
    texts: tuple[str, ...]
    unit: str
    words: tuple[str, ...]
    whole: str
    foreign: bool
    known: bool


class Readings(dict[tuple[str, ...], Reading]):
    """The readings of stacks of labels, each made once for all ledgers that try it."""

    def __init__(self, words: Ledgers, parameters: Parameters) -> None:
        """Read with the words that `ledgers.yaml` and the field catalogue define."""
        super().__init__()
        self.ledgers = words
        self._labels = all_labels(parameters)
        self._measures = parameters.code_lists.get("measure_class")

    def __missing__(self, stack: tuple[str, ...]) -> Reading:
        """Read a stack."""
        has_unit = len(stack) > 1 and is_unit(stack[-1])
        texts = stack[:-1] if has_unit else stack
        whole = normal_label("".join(stack))
        foreign = any(word in whole for word in self.ledgers.foreign)
        unit = unit_of(stack[-1]) if has_unit else ""
        words = self._words(texts)
        known = any(map(self._is_label, {*words, texts[0], texts[-1]}))
        reading = Reading(Header(stack).label, texts, unit, tuple(words), whole, foreign, known)
        self[stack] = reading
        return reading

    def _is_label(self, text: str) -> bool:
        return any(
            form.word in self._labels or (self._measures and self._measures.number(form.word) is not None)
            for form in forms(text)
        )

    def _words(self, texts: Sequence[str]) -> list[str]:
        words = ["".join(texts[start:]) for start in range(len(texts))]
        if len(texts) > 1 and any(form.word in self.ledgers.generic for form in forms(normal_label(texts[-1]))):
            above = normal_label("".join(texts[:-1]))
            if not any(word in above for word in self.ledgers.neutral):
                words.pop()
        return words


@dataclass(slots=True)
class Matcher:
    """Finds the fields of one ledger's subject in headers; remembers what it has looked up."""

    ledger: Ledger
    subject: str
    readings: Readings
    parameters: Parameters
    index: dict[str, str] = field(init=False)
    fields: dict[str, Field] = field(init=False)
    measures: CodeList | None = field(init=False)
    known: dict[str, tuple[str, Form] | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Build the index of labels."""
        self.index = label_index(self.ledger, self.subject, self.parameters)
        self.fields = fields_of(self.subject, self.parameters)
        takes_measures = self.ledger.measures and "measures" in self.fields
        self.measures = self.parameters.code_lists.get("measure_class") if takes_measures else None

    def match(self, headers: Sequence[Header], corrected: Mapping[str, str] = NO_CORRECTION) -> Match:
        """Return which field each column carries.

        corrected  what a clerk said of columns, by label (see `corrections`); it stands above all else
        """
        found: dict[str, list[Column]] = {}
        ignored = []
        about_others = False
        said = self._said(headers, corrected)
        for number, header in enumerate(headers):
            if not header.texts:
                about_others = False
                continue
            reading = self.readings[header.texts]
            if number in said:
                continue
            about_others = self._about_others(reading, before=about_others)
            claimed = self._column(number, reading) if reading.known and not about_others else None
            if claimed and claimed[0] not in said.values():
                found.setdefault(claimed[0], []).append(claimed[1])
            else:
                ignored.append(reading.label)
        for number, name in said.items():
            reading = self.readings[headers[number].texts]
            if name:
                unit = reading.unit or forms(reading.texts[-1])[-1].unit
                found.setdefault(name, []).append(Column(number, reading.label, unit))
            else:
                ignored.append(reading.label)
        return Match({name: tuple(columns) for name, columns in found.items()}, tuple(ignored))

    def _said(self, headers: Sequence[Header], corrected: Mapping[str, str]) -> dict[int, str]:
        """Return the columns of which a clerk spoke with their fields, '' for none of this subject's."""
        if not corrected:
            return {}
        named = ((number, corrected.get(label)) for number, label in enumerate(labels_of(headers)) if label)
        return {number: name if name in self.fields else "" for number, name in named if name is not None}

    def knows(self, text: str) -> bool:
        """Tell whether a cell alone is the label of a field."""
        return self._look_up(text) is not None

    def takes_units(self, match: Match, row: Sequence[str]) -> bool:
        """Tell whether a row gives at least one column of the match a unit that its field can have."""
        columns = [(name, column.index) for name, claims in match.columns.items() for column in claims]
        return any(
            row[index].strip() and is_unit(row[index]) and _unit_fits(self.fields[name], unit_of(row[index]))
            for name, index in columns
        )

    def _about_others(self, reading: Reading, *, before: bool) -> bool:
        """Tell whether the column is about helpers or officials: by its own label, or beside such a one."""
        if reading.foreign and not self._look_up(reading.whole):
            return True
        return before and reading.whole in self.readings.ledgers.beside

    def _column(self, number: int, reading: Reading) -> tuple[str, Column] | None:
        for text in self._words(reading):
            known = self._look_up(text)
            if known and _unit_fits(self.fields[known[0]], reading.unit):
                name, form = known
                national = form.word.isascii() and len(form.word) == _NATIONAL_LENGTH
                unit = form.unit or reading.unit
                return name, Column(number, reading.label, unit, national=national, year=form.year)
        measure = self._measure(reading.texts[-1])
        return ("measures", Column(number, reading.label, bit=measure)) if measure is not None else None

    def _words(self, reading: Reading) -> tuple[str, ...]:
        """Return the words to look up; a column of its own for one code has the field's name at its highest level."""
        if len(reading.texts) > 1:
            highest = self._look_up(reading.texts[0])
            if highest and self.fields[highest[0]].type == "flags":
                return (*reading.words, reading.texts[0])
        return reading.words

    def _look_up(self, text: str) -> tuple[str, Form] | None:
        if text not in self.known:
            self.known[text] = next(
                (
                    (self.index[form.word], form)
                    for form in forms(text)
                    if form.word in self.index and _unit_fits(self.fields[self.index[form.word]], form.unit)
                ),
                None,
            )
        return self.known[text]

    def _measure(self, text: str) -> int | None:
        if self.measures is None:
            return None
        return next((bit for form in forms(text) if (bit := self.measures.number(form.word)) is not None), None)


def _unit_fits(known: Field, unit: str) -> bool:
    """Tell whether numbers of this unit can be the field's; a header without a unit always fits."""
    if not unit:
        return True
    if "months" in known.name:
        return unit == "月"
    return unit in UNITS_OF_TYPE.get(known.type, frozenset())
