"""A list of signed authorisations to rows (授权书清单读取): household numbers and days; a row is taken or refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from bangfu.intake.attempts import DEEPEST_HEADER
from bangfu.intake.cells import Read, cleaned, read_day, read_key, read_text, spread
from bangfu.intake.headers import forms
from bangfu.intake.reading import read_file
from bangfu.intake.sheets import Sheet
from bangfu.intake.wordings import code_reader
from bangfu.kernel.days import number_day
from bangfu.kernel.errors.comparisons import PapersUnlike
from bangfu.kernel.hidden_numbers import hides_number
from bangfu.kernel.texts import mark
from bangfu.params import Parameters
from bangfu.procedures.said import LONGEST_PAPER

HEAD: Final = 1
"""Code of the list `relation`: the head, who signs where the list does not say who did."""
NO_HOUSEHOLD: Final = mark("The household number is missing or cannot be read.")
NO_DAY: Final = mark("The day of signing is missing or cannot be read.")
AHEAD: Final = mark("The day of signing lies ahead.")
NO_SIGNER: Final = mark("Who signed is none of the relations to the head.")
NO_PAPER: Final = mark("The number of the paper is too long, or quotes a number of a person.")
_LABELS: Final = {
    "household_no": ("户编号", "户号", "户编码", "农户编号"),
    "signed_on": ("签署日期", "授权日期", "承诺日期", "签字日期", "签订日期"),
    "signer": ("签署人", "签署人与户主关系", "与户主关系", "签字人"),
    "paper": ("归档编号", "授权书编号", "承诺书编号", "档案编号", "编号"),
}
_NEEDED: Final = frozenset({"household_no", "signed_on"})
_FIELD_OF: Final = {label: name for name, labels in _LABELS.items() for label in labels}


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row that can be taken; `paper` is the household's number where the list numbers no papers."""

    row: int
    household_no: str
    signed_on: date
    signer: int
    paper: str


@dataclass(frozen=True, slots=True)
class ReadPapers:
    """A list as read: rows = taken + refused.

    refused  row of the sheet, counted from 1, and why: an English message id
    """

    taken: Sequence[PaperRow]
    refused: Sequence[tuple[int, str]]


def read_papers(path: Path, parameters: Parameters, today: date) -> ReadPapers:
    """Read the first sheet that has the columns of household number and day of signing.

    Raises  what reading.read_file raises; PapersUnlike where no sheet has these columns
    """
    for sheet in read_file(path):
        for line in range(min(DEEPEST_HEADER, sheet.height)):
            columns = _columns(sheet.rows(line, line + 1)[0])
            if columns.keys() >= _NEEDED:
                return _read(sheet, line + 1, columns, (parameters, today))
    raise PapersUnlike(file=path.name)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Return which column carries which field; of several for one field the first."""
    found: dict[str, int] = {}
    for number, cell in enumerate(cells):
        words = (reading.word for reading in forms(cell)) if cell.strip() else ()
        name = next((_FIELD_OF[word] for word in words if word in _FIELD_OF), None)
        if name is not None:
            found.setdefault(name, number)
    return found


def _read(sheet: Sheet, first: int, columns: Mapping[str, int], setting: tuple[Parameters, date]) -> ReadPapers:
    parameters, today = setting
    cells = cleaned(pl.DataFrame({name: sheet.columns[index].slice(first) for name, index in columns.items()}))
    relation = code_reader("relation", parameters.code_lists["relation"], national=True)
    readers: dict[str, tuple[Read, type[pl.DataType]]] = {
        "household_no": (read_key, pl.String),
        "signed_on": (read_day, pl.Int32),
        "signer": (relation, pl.Int16),
        "paper": (read_text, pl.String),
    }
    read = {name: spread(cells[name], *readers[name])[0] for name in columns}
    told = pl.DataFrame({f"said {name}": cells[name].is_not_null() for name in columns})
    frame = pl.DataFrame({name: read.get(name, pl.Series([None] * cells.height)) for name in _LABELS})
    rows = pl.concat([frame, told], how="horizontal").with_row_index("row", first + 1)
    filled = rows.filter(pl.any_horizontal(f"said {name}" for name in columns))
    taken, refused = [], []
    for row in filled.iter_rows(named=True):
        why = _refusal(row, today)
        if why:
            refused.append((row["row"], why))
            continue
        day, signer = number_day(row["signed_on"]), row["signer"] or HEAD
        taken.append(PaperRow(row["row"], row["household_no"], day, signer, row["paper"] or row["household_no"]))
    return ReadPapers(taken, refused)


def _refusal(row: Mapping[str, object], today: date) -> str:
    """Return why a row cannot be taken; '' for one that can."""
    signed_on, paper = row["signed_on"], row["paper"]
    if row["household_no"] is None:
        return NO_HOUSEHOLD
    if not isinstance(signed_on, int):
        return NO_DAY
    if number_day(signed_on) > today:
        return AHEAD
    if row.get("said signer") and row["signer"] is None:
        return NO_SIGNER
    if isinstance(paper, str) and (len(paper) > LONGEST_PAPER or hides_number(paper)):
        return NO_PAPER
    return ""
