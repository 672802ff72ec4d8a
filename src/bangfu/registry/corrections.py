"""Corrections (更正): one household's rows of the roster, changed cell by cell and handed in like any ledger.

Whoever corrects sees what the register held when the form was opened. Where somebody else has changed a cell
meanwhile, both values are told before anything is handed in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import polars as pl

from bangfu.documents.workbook import ListSheet, write_list
from bangfu.kernel.errors.register import HouseholdUnknown
from bangfu.kernel.texts import Text
from bangfu.params import Field, Parameters
from bangfu.places.scope import Scope
from bangfu.registry.directory import home_of
from bangfu.registry.exports import label_of, roster

TITLE: Final = "更正"
LONGEST: Final = 200
"""Characters of a cell that count."""
_FIXED: Final = ("county_name", "town_name", "village_name", "group_name", "household_no", "person_no", "name")
"""Fields by which intake knows where a row belongs: they are told, not corrected here."""
_EVENTS: Final = frozenset({"natural_change", "change_on"})
"""Fields of comings and goings, which are dated events and no cells to correct."""
_MEMBER: Final = ("person_no", "name")
_DIGITS: Final = 12
HOUSEHOLD: Final = "household"
"""Name of the row of the household's own facts."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the form: its label in a ledger, its field, and whether it can be corrected here."""

    label: str
    field: Field
    fixed: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A household as a ledger has it: one row a person, each a text by label; its own facts in the first row.

    own      columns of the household's own facts
    persons  columns of the members' facts
    rows     row of each member -> texts by label, empty where nothing is recorded; a member keeps the row's name
             when others come or go
    """

    own: tuple[Column, ...]
    persons: tuple[Column, ...]
    rows: Mapping[str, Mapping[str, str]]

    def cells(self) -> dict[tuple[str, str], tuple[Column, str]]:
        """Return column and text of every cell that can be corrected, by row and label; HOUSEHOLD has its own facts."""
        first = next(iter(self.rows.values()))
        own = {(HOUSEHOLD, one.label): (one, first[one.label]) for one in self.own if not one.fixed}
        persons = {
            (row, one.label): (one, texts[one.label])
            for row, texts in self.rows.items()
            for one in self.persons
            if not one.fixed
        }
        return own | persons

    def where(self) -> list[tuple[Text, str]]:
        """Return title and text of what tells which household it is."""
        first = next(iter(self.rows.values()))
        fixed = [one for one in (*self.own, *self.persons) if one.fixed and one.field.name not in _MEMBER]
        return [(one.field.title, first[one.label]) for one in fixed]

    def name_of(self, row: str) -> str:
        """Return the name of the member of a row; nothing for HOUSEHOLD, and for who has left."""
        texts = self.rows.get(row, {})
        return next((texts.get(one.label, "") for one in self.persons if one.field.name == "name"), "")

    def title_of(self, label: str) -> Text:
        """Return what a column is called."""
        return next(one.field.title for one in (*self.own, *self.persons) if one.label == label)


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell that somebody else changed after the form was opened (他人已改).

    shown, now, typed  what stood in the form, what the register says now, what the second person wrote; now is
                       None where the member is no longer in the household
    """

    row: str
    label: str
    shown: str
    now: str | None
    typed: str


Cells = Mapping[tuple[str, str], str]
"""Texts by row and label."""


def sheet_of(scope: Scope, household: int, parameters: Parameters) -> Sheet:
    """Return a household of the scope as a ledger has it, columns without a value too; raises HouseholdUnknown."""
    village = home_of(scope, household)["village"]
    frame = roster(Scope((village,)), parameters, reveal=None, households=[household], blank=True).rows
    if frame.is_empty():
        raise HouseholdUnknown(household=household)
    own, persons = (_columns(parameters, subject, frame.columns) for subject in ("household", "person"))
    told = [column.label for column in persons if column.field.name in _MEMBER]
    names: dict[str, int] = {}
    rows = {}
    for texts in frame.to_dicts():
        name = " ".join(texts[label] for label in told)
        names[name] = names.get(name, 0) + 1
        rows[sha256(f"{name} {names[name]}".encode()).hexdigest()[:_DIGITS]] = texts
    return Sheet(own, persons, rows)


def changed_since(sheet: Sheet, shown: Cells, typed: Cells) -> list[Changed]:
    """Return the cells that are no longer what the form showed, and not what the second person wrote either.

    sheet  the household now
    shown  the cells that the form was opened with
    typed  the cells that came back
    """
    found, cells = [], sheet.cells()
    for (row, label), before in shown.items():
        wanted = typed.get((row, label), before)
        now = cells[row, label][1] if (row, label) in cells else None
        if now not in {before, wanted} and (now is not None or wanted != before):
            found.append(Changed(row, label, before, now, wanted))
    return found


def corrections(sheet: Sheet, typed: Cells) -> dict[tuple[str, str], str]:
    """Return the cells that say something else than the register; an emptied cell says nothing."""
    written = {key: (typed.get(key, "").strip(), text) for key, (_, text) in sheet.cells().items()}
    return {key: new for key, (new, text) in written.items() if new not in {"", text}}


def write_corrections(sheet: Sheet, changed: Cells, out: Path) -> None:
    """Write the rows that are corrected as a ledger: where they belong, and the new cells alone.

    Cells that nobody corrected stay empty, for an empty cell of a ledger changes nothing.
    """
    fixed = [column.label for column in (*sheet.own, *sheet.persons) if column.fixed]
    labels = list(dict.fromkeys([*fixed, *(label for _, label in changed)]))
    first = next(iter(sheet.rows))
    by_row = {(first if row == HOUSEHOLD else row, label): text for (row, label), text in changed.items()}
    touched = {row for row, _ in by_row}
    rows = [
        {label: texts[label] if label in fixed else by_row.get((row, label), "") for label in labels}
        for row, texts in sheet.rows.items()
        if row in touched
    ]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(labels, pl.String))
    write_list(out, [ListSheet(name=TITLE, title="", frame=frame, labels={name: name for name in labels})])


def _columns(parameters: Parameters, subject: str, present: Sequence[str]) -> tuple[Column, ...]:
    fields = parameters.fields[subject].values()
    known = [(label_of(field), field) for field in fields]
    shown = [(label, field) for label, field in known if label in present and field.name not in _EVENTS]
    return tuple(Column(label, field, field.name in _FIXED) for label, field in shown)
