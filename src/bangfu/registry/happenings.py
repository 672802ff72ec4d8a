"""What happens in a household (家庭成员变动), written as the rows of a ledger of changes (自然增减台账).

Whoever uses the form chooses a kind and fills in a few fields; intake reads the rows like any ledger's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

import polars as pl

from bangfu.documents.workbook import ListSheet, write_list
from bangfu.kernel.texts import Text
from bangfu.params import Parameters
from bangfu.registry.corrections import Sheet
from bangfu.registry.exports import label_of

TITLE: Final = "家庭成员变动"
MOVED_IN: Final = "转入"
"""The word for coming from another household, in the code list of natural change."""
HEAD: Final = "户主"
_COLUMNS: Final = (
    *("village_code", "village_name", "group_name", "household_no", "person_no", "name", "id_no", "relation"),
    *("from_household_no", "natural_change", "change_on", "sex", "born_on"),
)
_ALWAYS: Final = frozenset({"household_no", "name", "natural_change", "change_on"})
"""Columns by which intake knows the ledger, filled in or not."""


class Kind(StrEnum):
    """What can happen in a household."""

    JOIN = "join"
    LEAVE = "leave"
    SPLIT = "split"
    MERGE = "merge"
    MOVE = "move"
    HEAD = "head"


KIND_NAMES: Final = {
    Kind.JOIN: Text(zh="增加成员：新生儿、嫁入、转入", en="Somebody joins: birth, marriage, moving in"),
    Kind.LEAVE: Text(zh="减少成员：死亡、嫁出、转出等", en="Somebody leaves: death, marriage, moving out"),
    Kind.HEAD: Text(zh="户主变更", en="Another head"),
    Kind.SPLIT: Text(zh="分户：部分成员另立一户", en="The household splits: some form a new one"),
    Kind.MERGE: Text(zh="并户：全部成员并入另一户", en="The household merges into another"),
    Kind.MOVE: Text(zh="整户搬迁到另一村或另一组", en="The whole household moves to another village or group"),
}


@dataclass(frozen=True, slots=True)
class Home:
    """Where a household is: code and name of its village, and its number."""

    village_code: str
    village_name: str
    household_no: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened on a day.

    why        the word of natural change, for who joins or leaves
    who        the rows of the sheet that go
    relations  row of the sheet -> relation to the head from that day on, of who stays and of who goes
    newcomer   field -> text of who joins: name, id_no, relation, sex, born_on
    to         the household that forms, or that takes all in; where the household itself goes when it moves
    group      the natural village to which it moves, where that is known
    """

    kind: Kind
    on: date
    why: str = ""
    who: Sequence[str] = ()
    relations: Mapping[str, str] = field(default_factory=dict)
    newcomer: Mapping[str, str] = field(default_factory=dict)
    to: Home | None = None
    group: str = ""


def rows_of(sheet: Sheet, home: Home, happening: Happening) -> list[dict[str, str]]:
    """Return the rows of a ledger of changes that tell what happened: field -> text."""
    day = happening.on.isoformat()
    if happening.kind == Kind.JOIN:
        return [_at(home) | {**happening.newcomer, "natural_change": happening.why, "change_on": day}]
    if happening.kind == Kind.MOVE:
        assert happening.to is not None
        first = next(iter(sheet.rows))
        return [_at(happening.to) | _member(sheet, first) | {"group_name": happening.group, "change_on": day}]
    goes = _at(home) | {"natural_change": happening.why}
    if happening.to is not None:
        goes = _at(happening.to) | {"natural_change": MOVED_IN, "from_household_no": home.household_no}
    rows = [
        goes
        | _member(sheet, row)
        | {"relation": happening.relations.get(row, "") if happening.to else "", "change_on": day}
        for row in happening.who
    ]
    held = relations_of(sheet)
    return rows + [
        _at(home) | _member(sheet, row) | {"relation": relation, "change_on": day}
        for row, relation in happening.relations.items()
        if row not in happening.who and relation not in {"", held[row]}
    ]


def relations_of(sheet: Sheet) -> dict[str, str]:
    """Return the relation of each member to the head, by row of the sheet."""
    label = next((one.label for one in sheet.persons if one.field.name == "relation"), "")
    return {row: texts.get(label, "") for row, texts in sheet.rows.items()}


def write_happening(rows: Sequence[Mapping[str, str]], parameters: Parameters, out: Path) -> None:
    """Write the rows as a ledger of changes; a column in which nothing stands is left out."""
    fields = parameters.fields["person"]
    kept = [name for name in _COLUMNS if name in _ALWAYS or any(row.get(name) for row in rows)]
    labels = {name: label_of(fields[name]) for name in kept}
    frame = pl.DataFrame([{labels[name]: row.get(name, "") for name in kept} for row in rows])
    write_list(out, [ListSheet(name=TITLE, title="", frame=frame, labels={name: name for name in frame.columns})])


def _at(home: Home) -> dict[str, str]:
    return {
        "village_code": home.village_code,
        "village_name": home.village_name,
        "household_no": home.household_no,
    }


def _member(sheet: Sheet, row: str) -> dict[str, str]:
    """Return by what intake knows a member again: person number and name."""
    texts = sheet.rows[row]
    return {one.field.name: texts[one.label] for one in sheet.persons if one.field.name in {"person_no", "name"}}
