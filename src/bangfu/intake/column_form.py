"""The columns of a sheet as a clerk may correct them: what each was taken for, and what it may be instead (列对应)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bangfu.intake.attempts import DEEPEST_HEADER, TALLEST_HEADER, attempts_of
from bangfu.intake.columns import Matcher, Readings
from bangfu.intake.corrections import Correction, applied, labels_of
from bangfu.intake.gathering import Top
from bangfu.intake.headers import stacks
from bangfu.intake.layouts import Layout, recognise
from bangfu.intake.ledgers import Ledger, fields_of, ledgers
from bangfu.intake.preview import HIDDEN_NUMBER
from bangfu.intake.sheets import Sheet, column_letter
from bangfu.kernel.errors.inputs import HeaderIsRow
from bangfu.params import Field, Parameters

_SAMPLES: Final = 3
_LONGEST_LABEL: Final = 200


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column: its label as on the sheet and as it is remembered, the field it was taken for, some cells below."""

    index: int
    letter: str
    label: str
    key: str
    field: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """A header read as one ledger.

    first, height  the rows of the header, counted from 0, and how many
    columns        those with a label
    fields         what a column of this ledger can be, by topic
    """

    ledger: Ledger
    first: int
    height: int
    columns: tuple[ColumnChoice, ...]
    fields: tuple[Field, ...]


def read_header(
    top: Top, place: tuple[int, int], ledger: str, parameters: Parameters, corrections: Sequence[Correction]
) -> ColumnForm:
    """Read the rows of a header as a ledger of this name.

    place  first row, counted from 0, and number of rows; brought into what can be a header
    """
    known = {one.name: one for one in ledgers().layouts}
    chosen = known.get(ledger, ledgers().layouts[0])
    first = min(max(place[0], 0), max(len(top.rows) - 1, 0), DEEPEST_HEADER - 1)
    height = min(max(place[1], 1), TALLEST_HEADER)
    headers = stacks(top.rows[first : first + height], first, top.merges)
    said = applied(corrections, headers)
    readings = Readings(ledgers(), parameters)
    tries = []
    for subject in ("person", chosen.subject) if chosen.person_if else (chosen.subject,):
        match = Matcher(chosen, subject, readings, parameters).match(
            headers, said.fields if said.ledger == chosen.name else {}
        )
        tries.append((subject, match))
    subject, match = next(
        ((subject, match) for subject, match in tries if {*chosen.person_if} & match.columns.keys()), tries[-1]
    )
    taken = {column.index: name for name, claims in match.columns.items() for column in claims}
    below = top.rows[first + height :]
    columns = tuple(
        ColumnChoice(
            index=index,
            letter=column_letter(index),
            label=header.label,
            key=key,
            field=taken.get(index, ""),
            samples=tuple(row[index] for row in below if row[index].strip())[:_SAMPLES],
        )
        for index, (header, key) in enumerate(zip(headers, labels_of(headers), strict=True))
        if key
    )
    both = {**fields_of("person", parameters), **fields_of(subject, parameters)}
    fields = both if chosen.person_if else fields_of(subject, parameters)
    return ColumnForm(chosen, first, height, columns, tuple(fields.values()))


def correction_of(form: ColumnForm, chosen: Mapping[int, str], layout: str | None) -> Correction:
    """Return what the clerk's choice says beyond what was understood anyway.

    chosen  column -> name of a field, '' for none
    layout  name of the ledger that the sheet was taken for; another one needs all its columns said
    Raises  HeaderIsRow when the labels look like a person's cells
    """
    names = {field.name for field in form.fields}
    every = layout != form.ledger.name
    said = {}
    for column in form.columns:
        field = chosen.get(column.index, column.field)
        field = field if field in names else ""
        if field != column.field or (every and field):
            said[column.key] = field
    if any(HIDDEN_NUMBER in label or len(label) > _LONGEST_LABEL for label in said):
        raise HeaderIsRow(row=form.first + 1)
    return Correction(form.ledger.name, said)


def tried(top: Top, file: str, parameters: Parameters, corrections: Sequence[Correction]) -> Layout:
    """Return how the sheet would be read; raises LedgerUnknown, LedgerElsewhere or HeaderAmbiguous."""
    return recognise(Sheet(top.name, top.rows, top.merges), file, parameters, corrections)


def nearest(top: Top, parameters: Parameters, corrections: Sequence[Correction]) -> tuple[int, int, str]:
    """Return where a header most likely stands in a sheet that is no ledger, and which it resembles.

    Returns  first row, counted from 0, number of rows, name of the ledger ('' where none comes near)
    """
    tries = attempts_of(Sheet(top.name, top.rows, top.merges), parameters, corrections)
    best = max(tries, key=lambda one: (len(one.match.columns), -len(one.missing), -one.height), default=None)
    if best:
        return best.first, best.labels, best.ledger.name
    filled = [sum(bool(cell.strip()) for cell in row) for row in top.rows[:DEEPEST_HEADER]]
    return (filled.index(max(filled)) if filled else 0), 1, ""
