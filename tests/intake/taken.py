"""What parsing makes of small ledgers, in the words of the tests."""

from datetime import date

import polars as pl

from bangfu.intake.layouts import recognise
from bangfu.intake.parsing import parse
from bangfu.intake.sheets import Sheet
from bangfu.params import load
from tests.intake.builders import ROSTER, rows_of

PARAMETERS = load()
TODAY = date(2026, 1, 1)


def parsed(rows, merges=(), file_name="ledger.xlsx"):
    """A sheet of these rows, recognised and parsed."""
    sheet = Sheet("Sheet1", [[str(cell) for cell in row] for row in rows], merges)
    return parse(sheet, recognise(sheet, file_name, PARAMETERS), PARAMETERS, today=TODAY)


def roster(*people, header=ROSTER):
    """A roster of these lines, parsed."""
    return parsed(rows_of(header, *people))


def codes(result, row=None):
    """The codes of the problems found, in one row or in all."""
    found = result.problems if row is None else result.problems.filter(pl.col("row") == row)
    return found["code"].to_list()


def only(result):
    """The single row of a ledger in which nothing is wrong."""
    assert result.problems.is_empty(), result.problems["message_zh"].to_list()
    return result.frame.row(0, named=True)


def number(code_list, label):
    """The number of a wording."""
    return PARAMETERS.code_lists[code_list].number(label)


def told(rows, file_name="ledger.xlsx", merges=()):
    """The layout of a sheet of these rows."""
    return recognise(Sheet("Sheet1", rows, merges), file_name, PARAMETERS)
