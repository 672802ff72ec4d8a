"""A department's file to typed rows (部门名单读取), with the reader, headers and cell readers of ledgers.

A row that names nobody is refused with its reason. A damaged identity number refuses nothing here: the
row may still be found by name, birth and place, and the number as written helps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import polars as pl

from bangfu.intake.attempts import DEEPEST_HEADER, TALLEST_HEADER
from bangfu.intake.cells import Read, number_reader, read_day, read_key, read_text, spread
from bangfu.intake.columns import Column
from bangfu.intake.contacts import read_name
from bangfu.intake.headers import UNITS_OF_TYPE, Header, forms, is_unit, stacks, stated_money_unit, unit_of
from bangfu.intake.identity import PROBLEM_OF
from bangfu.intake.layouts import Layout
from bangfu.intake.lists import ListField, ListForm, labels_of_list, list_forms
from bangfu.intake.parsing import DTYPES
from bangfu.intake.plain_cells import PLAIN_NAME
from bangfu.intake.problems import PROBLEMS, Problem, no_problems, problems_at
from bangfu.intake.reading import read_file
from bangfu.intake.rows import aside, field_cells
from bangfu.intake.sheets import Sheet
from bangfu.intake.stated import stated_day
from bangfu.intake.wordings import code_reader
from bangfu.kernel.days import SHANGHAI
from bangfu.kernel.errors.inputs import ListUnlike
from bangfu.kernel.id_columns import examine_ids
from bangfu.kernel.ids import Finding, Repair, tidied
from bangfu.params import Parameters

_TYPES: Final[dict[str, type[pl.DataType]]] = {**DTYPES, "word": pl.String, "key": pl.String, "name": pl.String}
_NO_NUMBER: Final = (Finding.ABSENT.value, Finding.PLACEHOLDER.value)
WHO: Final[dict[str, type[pl.DataType]]] = {
    "sheet": pl.Int32,
    "row": pl.Int32,
    "name": pl.String,
    "id_no": pl.String,
    "written_id": pl.String,
    "sure": pl.Boolean,
    "born_on": pl.Int32,
    "sex": pl.Int16,
    "county_name": pl.String,
    "town_name": pl.String,
    "village_name": pl.String,
    "group_name": pl.String,
    "address": pl.String,
}
"""Columns of every list: where the row stands, and who it is about."""


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list as read.

    form       which list it is
    frame      accepted rows: the columns of WHO, then the list's own fields, null where the file lacks them.
               id_no: a good number; written_id: what is written where there is none, or none can be trusted;
               sure: whether the good number has a check character of its own
    problems   problems.PROBLEMS with `sheet`
    rows       rows of data: accepted + rejected
    stated_on  the day that title or file name tell, None where neither does
    """

    form: ListForm
    frame: pl.DataFrame
    problems: pl.DataFrame
    rows: int
    stated_on: date | None

    @property
    def accepted(self) -> int:
        """Return how many rows may be compared."""
        return self.frame.height

    @property
    def rejected(self) -> int:
        """Return how many rows name nobody."""
        return self.rows - self.frame.height


def read_list(path: Path, kind: str, parameters: Parameters, *, today: date | None = None) -> ReadList:
    """Read a department's file as one kind of list.

    path    workbook or table of text
    kind    a key of lists.list_forms()
    today   the day after which nobody is born; by default the day of the clock
    Raises  what reading.read_file raises; ListUnlike where no sheet has the list's columns
    """
    form = list_forms()[kind]
    day = today or datetime.now(SHANGHAI).date()
    sheets = read_file(path)
    laid = [(number, sheet, layout) for number, sheet in enumerate(sheets) if (layout := list_layout(sheet, form))]
    if not laid:
        wanted = [form.fields[name].labels[0] for name in form.fields]
        raise ListUnlike(file=path.name, title=form.title, wanted="、".join(wanted))
    parts = [_sheet_rows(number + 1, sheet, layout, form, (parameters, day)) for number, sheet, layout in laid]
    titles = [cell for _, sheet, layout in laid for row in sheet.rows(0, layout.header_rows[0]) for cell in row]
    return ReadList(
        form=form,
        frame=pl.concat([frame for frame, _, _ in parts]),
        problems=pl.concat([problems for _, problems, _ in parts]),
        rows=sum(rows for _, _, rows in parts),
        stated_on=stated_day([cell for cell in titles if cell.strip()], path.name, laid[0][1].name),
    )


def list_layout(sheet: Sheet, form: ListForm) -> Layout | None:
    """Return how a sheet is to be read as this list; None where it lacks a person or the list's own columns."""
    top = sheet.rows(0, DEEPEST_HEADER + TALLEST_HEADER)
    best: tuple[tuple[int, ...], dict[str, tuple[Column, ...]], range] | None = None
    for first in range(min(DEEPEST_HEADER, len(top))):
        for height in range(1, TALLEST_HEADER + 1):
            if first + height > len(top) or not any(cell.strip() for cell in top[first]):
                continue
            columns = _columns(stacks(top[first : first + height], first, sheet.merges), form)
            units = sum(bool(column.unit) for (column,) in columns.values())
            rank = (len(columns), units, -height, -first)
            if best is None or rank > best[0]:
                best = (rank, columns, range(first, first + height))
    if best is None:
        return None
    _, columns, header_rows = best
    own = len(form.fields.keys() & columns.keys())
    if own < form.at_least or not {"name", "id_no"} & columns.keys():
        return None
    money = stated_money_unit([cell for row in sheet.rows(0, header_rows[0]) for cell in row if cell.strip()])
    columns = {name: _with_money(form.every[name], claims, money) for name, claims in columns.items()}
    return Layout(form.name, "person", form.title, tuple(header_rows), columns, None, ())


def _columns(headers: Sequence[Header], form: ListForm) -> dict[str, tuple[Column, ...]]:
    """Return which column carries which field; of several for one field the first."""
    index = labels_of_list(form.name)
    found: dict[str, tuple[Column, ...]] = {}
    for number, header in enumerate(headers):
        texts = header.texts[:-1] if len(header.texts) > 1 and is_unit(header.texts[-1]) else header.texts
        below = unit_of(header.texts[-1]) if len(texts) < len(header.texts) else ""
        for text in ("".join(texts), *texts[-1:]):
            reading = next((one for one in forms(text) if one.word in index), None)
            if reading is None:
                continue
            name, unit = index[reading.word], reading.unit or below
            if name not in found and _unit_fits(form.every[name], unit):
                found[name] = (Column(number, header.label, unit),)
                break
    return found


def _unit_fits(field: ListField, unit: str) -> bool:
    return not unit or unit in UNITS_OF_TYPE.get(field.base, frozenset())


def _with_money(field: ListField, claims: tuple[Column, ...], money: str) -> tuple[Column, ...]:
    column = claims[0]
    if field.base != "fen" or column.unit or not money:
        return claims
    return (Column(column.index, column.label, money),)


def _sheet_rows(
    number: int, sheet: Sheet, layout: Layout, form: ListForm, setting: tuple[Parameters, date]
) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Return the accepted rows, the problems and the count of data rows of one sheet."""
    parameters, today = setting
    cells = field_cells(sheet, layout)
    keep = aside(sheet, layout, cells).is_null()
    row = pl.int_range(layout.first_row + 1, sheet.height + 1, dtype=pl.Int32, eager=True).rename("row").filter(keep)
    columns: dict[str, pl.Series] = {}
    found = [no_problems()]
    for name, (column,) in layout.columns.items():
        texts = cells[column].filter(keep)
        if name == "id_no":
            numbers, problems = _numbers(texts, today)
            columns.update({key: numbers[key] for key in numbers.columns})
        else:
            field = form.every[name]
            plain = PLAIN_NAME if field.base == "name" else None
            values, problems = spread(texts, _reader(field, column, parameters), _TYPES[field.base], plain)
            columns[f"stated_{name}" if name in {"born_on", "sex"} else name] = values
        found += _told(row, problems, column.label)
    frame = _complete(pl.DataFrame({"row": row, **columns}), form, number)
    nobody = frame.select(pl.col("name").is_null() & pl.col("id_no").is_null()).to_series()
    found.append(problems_at(row.filter(nobody), Problem.LIST_NAMES_NOBODY))
    told = pl.concat(found).with_columns(sheet=pl.lit(number, pl.Int32)).select("sheet", *PROBLEMS)
    return frame.filter(~nobody), told, frame.height


def _reader(field: ListField, column: Column, parameters: Parameters) -> Read:
    match field.base:
        case "fen" | "count" | "dm2":
            return number_reader(field.base, column.unit, signed=False)
        case "day":
            return read_day
        case "name":
            return read_name
        case "key":
            return read_key
        case "code":
            return code_reader(field.name, parameters.code_lists[field.type.partition(":")[2]], national=True)
        case _:
            return read_text


def _numbers(texts: pl.Series, today: date) -> tuple[pl.DataFrame, pl.Series]:
    """Read identity numbers; what cannot be trusted stands beside as it was written."""
    found = examine_ids(texts, today)
    good = found["id_no"].is_not_null()
    widened = (found["repair"] == Repair.OLD_FORM.value).fill_null(value=False)
    trust = good & ~widened
    odd = texts.is_not_null() & ~trust & ~found["finding"].is_in(_NO_NUMBER).fill_null(value=False)
    written = texts.zip_with(odd, pl.Series([None], dtype=pl.String).new_from_index(0, len(texts)))
    names = {finding.value: problem.name for finding, problem in PROBLEM_OF.items() if finding not in _NO_NUMBER}
    problems = found["finding"].replace_strict(names, default=None, return_dtype=pl.String)
    kinds = {"kind": "disability_kind", "grade": "disability_grade"}
    return found.select(
        "id_no",
        written.map_elements(tidied, return_dtype=pl.String, skip_nulls=True).alias("written_id"),
        trust.alias("sure"),
        "born_on",
        "sex",
        *(pl.col(told).alias(f"told_{name}") for name, told in kinds.items()),
    ), problems


def _told(row: pl.Series, names: pl.Series, label: str) -> list[pl.DataFrame]:
    """Return the problems of one column; in a list they leave the cell out and refuse nothing."""
    told = []
    for name in names.drop_nulls().unique().sort().to_list():
        at = (names == name).fill_null(value=False)
        told.append(problems_at(row.filter(at), Problem[name], label).with_columns(severity=pl.lit("warning")))
    return told


def _complete(frame: pl.DataFrame, form: ListForm, number: int) -> pl.DataFrame:
    """Return the rows with every column that the list may have; what the number tells stands above what is stated."""
    columns = set(frame.columns)

    def of(name: str) -> pl.Expr:
        return pl.col(name) if name in columns else pl.lit(None)

    own = {name: _TYPES[field.base] for name, field in form.fields.items()}
    both = {
        "born_on": pl.coalesce(of("born_on").cast(pl.Int32), of("stated_born_on").cast(pl.Int32)),
        "sex": pl.coalesce(of("sex").cast(pl.Int16), of("stated_sex").cast(pl.Int16)),
        "sure": of("sure").cast(pl.Boolean).fill_null(value=False),
        "sheet": pl.lit(number, pl.Int32),
        **{name: pl.coalesce(of(name).cast(own[name]), of(f"told_{name}").cast(own[name])) for name in own},
    }
    kinds: dict[str, type[pl.DataType]] = {**WHO, **own}
    return frame.select(both.get(name, of(name)).cast(kind).alias(name) for name, kind in kinds.items())
