"""A recognised sheet to clean typed columns and a table of what is wrong, every row accounted for.

A wrong key, identity number, number, day or standing is an error and rejects its row. A wording that
no list knows, or an unreadable phone, is a warning: the row stays and the cell counts as unknown.
What was mended is a notice. Data rows = accepted + rejected; totals, footers, repeated headers and
empty rows are neither and stand in `Parsed.dropped`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

import polars as pl

from bangfu.intake import families, identity
from bangfu.intake.cells import (
    LARGEST,
    SCALES,
    SIGNED,
    Read,
    number_reader,
    read_day,
    read_key,
    read_text,
    read_year,
    spread,
)
from bangfu.intake.columns import Column
from bangfu.intake.contacts import read_card, read_name, read_phone, read_published
from bangfu.intake.layouts import Layout
from bangfu.intake.ledgers import fields_of
from bangfu.intake.movements import EVENTS
from bangfu.intake.plain_cells import PLAIN_KEY, PLAIN_NAME, PLAIN_PHONE, Plain, plain_number
from bangfu.intake.problems import Problem, no_problems, problems_at
from bangfu.intake.rows import DROPPED, aside, field_cells
from bangfu.intake.sheets import Sheet
from bangfu.intake.wordings import answer_reader, choices, code_reader, flags_reader, mark_reader
from bangfu.kernel.days import SHANGHAI
from bangfu.kernel.texts import Text
from bangfu.params import Field, Parameters

DTYPES: Final[dict[str, type[pl.DataType]]] = {
    "text": pl.String, "phone": pl.String, "card": pl.String, "id_no": pl.String, "code": pl.Int16, "flags": pl.Int64,
    "bool": pl.Int8, "count": pl.Int32, "year": pl.Int32, "day": pl.Int32, "fen": pl.Int64, "mu100": pl.Int64,
    "dm2": pl.Int64, "km": pl.Int64,
}  # fmt: skip
"""The type of a field's column, by the type of the field."""

_KEYS: Final = frozenset({"household_no", "from_household_no", "person_no", "village_code"})
_NAMES: Final = frozenset({"name", "head_name"})
_TEXTS: Final = dict.fromkeys(_KEYS, read_key) | dict.fromkeys(_NAMES, read_name) | {"group_name": read_published}
_TOLD_BY_ID: Final = ("sex", "born_on", "disability_kind", "disability_grade")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sheet's rows, typed.

    frame     accepted rows: `row` (the sheet's own number, Int32) and one column for each field of the
              layout, typed as DTYPES tells; sheets with id_no also have sex, born_on, disability_kind and
              disability_grade, as far as the numbers tell them
    problems  see `problems.PROBLEMS`; sorted by row
    rows      data rows: accepted + rejected
    dropped   rows that are no data: row, reason (empty, total, note, header)
    """

    frame: pl.DataFrame
    problems: pl.DataFrame
    rows: int
    dropped: pl.DataFrame

    @property
    def accepted(self) -> int:
        """Return the number of accepted rows."""
        return self.frame.height

    @property
    def rejected(self) -> int:
        """Return the number of rejected rows."""
        return self.rows - self.frame.height

    @property
    def rejected_rows(self) -> pl.Series:
        """Return the sheet's own numbers of the rejected rows, in order."""
        return self.problems.filter(pl.col("severity") == "error")["row"].unique().sort()


@dataclass(slots=True)
class _Work:
    """What parsing gathers on its way."""

    layout: Layout
    parameters: Parameters
    today: date
    row: pl.Series
    columns: dict[str, pl.Series] = field(default_factory=dict)
    found: list[pl.DataFrame] = field(default_factory=list)

    def note(self, at: pl.Series, problem: Problem, name: str = "", facts: dict[str, Text] | None = None) -> None:
        """Record a problem of the rows where `at` holds, in the column of field `name`."""
        if at.any():
            self.found.append(problems_at(self.row.filter(at), problem, self.layout.label(name), facts))

    def note_named(self, names: pl.Series, column: Column, facts: dict[str, Text]) -> None:
        """Record the problems that a column's reading named, cell by cell."""
        if names.null_count() == len(names):
            return
        for name in names.drop_nulls().unique().sort().to_list():
            at = (names == name).fill_null(value=False)
            self.found.append(problems_at(self.row.filter(at), Problem[name], column.label, facts))


def parse(sheet: Sheet, layout: Layout, parameters: Parameters, *, today: date | None = None) -> Parsed:
    """Type the cells of a sheet and find what is wrong with its rows.

    sheet   as read; layout  as recognised
    today   the day after which nobody is born; by default the day of the clock
    Returns rows, problems and what was set aside; never raises for what a cell holds
    """
    cells = field_cells(sheet, layout)
    reasons = aside(sheet, layout, cells)
    numbers = pl.int_range(layout.first_row + 1, sheet.height + 1, dtype=pl.Int32, eager=True).rename("row")
    keep = reasons.is_null()
    dropped = pl.DataFrame({"row": numbers, "reason": reasons}, schema=DROPPED).filter(~keep)
    work = _Work(layout, parameters, today or datetime.now(SHANGHAI).date(), numbers.filter(keep))
    cells = {column: texts.filter(keep) for column, texts in cells.items()}
    _fill_households(work, cells)
    _read_fields(work, cells)
    _check_keys(work)
    frame = pl.DataFrame({"row": work.row, **work.columns})
    if layout.subject == "person":
        _check_families(work, frame)
    problems = pl.concat([no_problems(), *work.found]).sort("row", "column", "code", maintain_order=True)
    errors = problems.filter(pl.col("severity") == "error")["row"].unique()
    accepted = frame.filter(~pl.col("row").is_in(errors.implode()))
    return Parsed(accepted, problems, frame.height, dropped)


def _fill_households(work: _Work, cells: dict[Column, pl.Series]) -> None:
    """Give members below their household's first row its number and place, where these cells are left empty."""
    columns = work.layout.columns
    if work.layout.subject != "person" or not {"household_no", "name", "relation"} <= columns.keys():
        return
    numbers = cells[columns["household_no"][0]]
    relation = cells[columns["relation"][0]]
    heads = _head_words(work.parameters)
    member = cells[columns["name"][0]].is_not_null() & relation.is_not_null() & ~relation.is_in(heads)
    empty = (numbers.is_null() & member).fill_null(value=False)
    if not empty.any():
        return
    for name in ("household_no", "county_name", "town_name", "village_name", "group_name"):
        for column in columns.get(name, ()):
            texts = cells[column]
            above = texts.fill_null(strategy="forward") if name == "household_no" else _above(texts, numbers)
            cells[column] = pl.select(pl.when(empty & texts.is_null()).then(above).otherwise(texts)).to_series()
    work.note(empty & cells[columns["household_no"][0]].is_not_null(), Problem.FILLED_FROM_ABOVE, "household_no")


def _above(texts: pl.Series, numbers: pl.Series) -> pl.Series:
    """Return each row's place as its household's first row says it, not as any row before says it."""
    stated = pl.select(pl.when(numbers.is_not_null()).then(texts.fill_null("")).otherwise(None)).to_series()
    return stated.fill_null(strategy="forward").replace("", None)


def _head_words(parameters: Parameters) -> list[str]:
    """Return the words that ledgers write for the head."""
    head = next(entry for entry in parameters.code_lists["relation"].entries if entry.number == families.HEAD)
    words = [head.label.zh, *head.aliases]
    return [*words, *(number + word for number in ("01", "1") for word in words)]


def _read_fields(work: _Work, cells: dict[Column, pl.Series]) -> None:
    """Read every field of the layout; identity numbers last, since they tell sex and birth day."""
    known = fields_of(work.layout.subject, work.parameters)
    numbers = []
    for name, claims in work.layout.columns.items():
        if known[name].type == "id_no":
            numbers.append(name)
        elif known[name].type == "flags":
            work.columns[name] = _flags(work, known[name], claims, cells)
        else:
            work.columns[name] = _single(work, known[name], claims[0], cells[claims[0]])
    for name in numbers:
        _identity(work, name, cells[work.layout.columns[name][0]])
    order = {name: place for place, name in enumerate(work.layout.columns)}
    work.columns = dict(sorted(work.columns.items(), key=lambda item: order.get(item[0], len(order))))


def _single(work: _Work, known: Field, column: Column, texts: pl.Series) -> pl.Series:
    values, problems = spread(texts, _reader(work, known, column), DTYPES[known.type], _plain(known, column))
    facts = {"choices": choices(work.parameters.code_lists[known.codes])} if known.codes else {}
    work.note_named(problems, column, facts)
    return values.rename(known.name)


def _flags(work: _Work, known: Field, claims: Iterable[Column], cells: dict[Column, pl.Series]) -> pl.Series:
    """Read the columns of a flags field into one mask; null where none of them says anything."""
    codes = work.parameters.code_lists[known.codes or ""]
    answers = work.parameters.code_lists["yes_no"]
    masks = {}
    for column in claims:
        read = flags_reader(codes, national=column.national)
        if column.bit is not None:
            read = mark_reader(column.bit, answers)
        masks[str(column.index)], problems = spread(cells[column], read, pl.Int64)
        work.note_named(problems, column, {"choices": choices(codes)})
    frame = pl.DataFrame(masks)
    union = pl.reduce(lambda one, other: one | other, [pl.col(name).fill_null(0) for name in frame.columns])
    said = pl.any_horizontal(pl.all().is_not_null())
    return frame.select(pl.when(said).then(union).alias(known.name)).to_series()


def _reader(work: _Work, known: Field, column: Column) -> Read:
    """Return how cells of this field are read."""
    lists = work.parameters.code_lists
    match known.type:
        case "code":
            return code_reader(known.name, lists[known.codes or ""], national=column.national)
        case "bool":
            return answer_reader(lists["yes_no"])
        case "fen" | "mu100" | "dm2" | "km" | "count":
            return number_reader(known.type, column.unit, signed=known.name in SIGNED)
        case "day":
            return read_day
        case "year":
            return read_year
        case "phone":
            return read_phone
        case "card":
            return read_card
        case _:
            return _TEXTS.get(known.name, read_text)


def _plain(known: Field, column: Column) -> Plain | None:
    """Return how most cells of this field are written, where that can be read by column."""
    match known.type:
        case "fen" | "mu100" | "dm2" | "km":
            scale = SCALES[known.type].get(column.unit, SCALES[known.type][""])
            return plain_number(scale, LARGEST[known.type]) if scale in {1, 100, 1000} else None
        case "phone":
            return PLAIN_PHONE
        case "text":
            return PLAIN_KEY if known.name in _KEYS else PLAIN_NAME if known.name in _NAMES else None
        case _:
            return None


def _identity(work: _Work, name: str, texts: pl.Series) -> None:
    """Read a column of identity numbers; the person's own also tells sex, birth day and disability."""
    kinds = work.columns.get("id_kind") if name == "id_no" else None
    told, problems = identity.read_ids(texts, kinds, work.today)
    work.note_named(problems, work.layout.columns[name][0], {})
    work.columns[name] = told["id_no"]
    if name != "id_no":
        return
    work.note(texts.is_null(), Problem.ID_MISSING, name)
    stated = pl.DataFrame({key: series for key, series in work.columns.items() if key in _TOLD_BY_ID})
    if "sex" in stated.columns:
        work.note(identity.contradicting_sex(stated, told), Problem.SEX_CONTRADICTS_ID, "sex")
    if "born_on" in stated.columns:
        work.note(identity.contradicting_birth(stated, told), Problem.BIRTH_CONTRADICTS_ID, "born_on")
        work.note(identity.born_later(stated, work.today), Problem.BIRTH_FUTURE, "born_on")
    for key in _TOLD_BY_ID:
        known = told[key].cast(pl.Int32 if key == "born_on" else pl.Int16)
        own = (
            stated[key].cast(known.dtype)
            if key in stated.columns
            else pl.repeat(None, len(known), dtype=known.dtype, eager=True)
        )
        work.columns[key] = known.zip_with(known.is_not_null(), own).rename(key)


def _check_keys(work: _Work) -> None:
    """Record the rows that lack what they cannot do without."""
    if work.layout.subject == "village":
        given = [work.columns[name].is_not_null() for name in ("village_name", "village_code") if name in work.columns]
        work.note(pl.select(~pl.any_horizontal(given)).to_series(), Problem.VILLAGE_MISSING, "village_name")
        return
    label = work.layout.label("household_no")
    told = pl.concat([no_problems(), *work.found]).filter(pl.col("column") == label)["row"]
    missing = work.columns["household_no"].is_null() & ~work.row.is_in(told.implode())
    work.note(missing, Problem.HOUSEHOLD_NO_MISSING, "household_no")
    if work.layout.subject == "person":
        work.note(work.columns["name"].is_null(), Problem.NAME_MISSING, "name")


def _check_families(work: _Work, frame: pl.DataFrame) -> None:
    if work.layout.name == EVENTS:  # who moves stands in two households, and nobody else of them is listed
        return
    for key in ("id_no", "person_no"):
        if key in frame.columns:
            work.found.append(families.doubled_persons(frame, key, work.layout.label(key)))
    if "relation" in frame.columns:
        work.found.append(families.wrong_heads(frame, work.layout.label("relation")))
