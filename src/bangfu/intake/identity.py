"""Identity numbers of a ledger, and what contradicts them."""

from datetime import date
from typing import Final

import polars as pl

from bangfu.intake.problems import Problem
from bangfu.kernel.days import day_number
from bangfu.kernel.id_columns import examine_ids
from bangfu.kernel.ids import Finding, Repair, tidied

PROBLEM_OF: Final = {
    Finding.ABSENT: Problem.ID_MISSING,
    Finding.PLACEHOLDER: Problem.ID_PLACEHOLDER,
    Finding.SCIENTIFIC: Problem.ID_LOST_DIGITS,
    Finding.LOST_DIGITS: Problem.ID_LOST_DIGITS,
    Finding.MASKED: Problem.ID_MASKED,
    Finding.CHARACTERS: Problem.ID_MALFORMED,
    Finding.LENGTH: Problem.ID_MALFORMED,
    Finding.BIRTH: Problem.ID_BIRTH,
    Finding.FUTURE: Problem.ID_FUTURE,
    Finding.CHECK: Problem.ID_CHECK,
}
NOTICE_OF: Final = {
    Repair.WRITING: Problem.ID_REPAIRED,
    Repair.OLD_FORM: Problem.ID_OLD_FORM,
    Repair.CERTIFICATE: Problem.ID_CERTIFICATE,
}
_FIRST_DAY_OF_YEAR: Final = 101
OTHER_DOCUMENTS: Final = (4, 5, 6, 9)
"""Codes of id_kind whose numbers are no identity numbers: officer's card, passport, birth certificate, other."""


def read_ids(cells: pl.Series, kinds: pl.Series | None, today: date) -> tuple[pl.DataFrame, pl.Series]:
    """Read a column of identity numbers.

    cells    cleaned cells
    kinds    codes of the list id_kind, where the ledger has that column
    Returns  the frame of `examine_ids`, numbers of other documents kept as written; and the names of
             the problems, cell by cell (null where there is none)
    """
    found = examine_ids(cells, today)
    names = {finding.value: problem.name for finding, problem in PROBLEM_OF.items()}
    notices = {repair.value: problem.name for repair, problem in NOTICE_OF.items()}
    found = found.with_columns(
        problem=pl.coalesce(
            pl.col("finding").replace_strict(names, default=None, return_dtype=pl.String),
            pl.col("repair").replace_strict(notices, default=None, return_dtype=pl.String),
        )
    )
    if kinds is not None and kinds.is_in(OTHER_DOCUMENTS).any():
        other = kinds.is_in(OTHER_DOCUMENTS).fill_null(value=False) & cells.is_not_null()
        written = cells.map_elements(tidied, return_dtype=pl.String, skip_nulls=True)
        kept = pl.col("id_no").is_null() & other & ~pl.col("finding").is_in([Finding.ABSENT, Finding.PLACEHOLDER])
        found = found.with_columns(
            id_no=pl.when(kept).then(written).otherwise(pl.col("id_no")),
            problem=pl.when(kept).then(None).otherwise(pl.col("problem")),
        )
    return found.drop("problem", "finding", "repair"), found["problem"]


def contradicting_sex(frame: pl.DataFrame, told: pl.DataFrame) -> pl.Series:
    """Tell the rows whose sex differs from that of their identity number."""
    return (frame["sex"] != told["sex"]).fill_null(value=False)


def contradicting_birth(frame: pl.DataFrame, told: pl.DataFrame) -> pl.Series:
    """Tell the rows whose birth day differs from that of their identity number.

    Ledgers often give the month only, or the year only: the first day then stands for the whole.
    """
    both = frame.select(said=pl.col("born_on")).with_columns(true=told["born_on"])
    said, true = pl.col("said"), pl.col("true")
    year_only = (said % 10_000 == _FIRST_DAY_OF_YEAR) & (said // 10_000 == true // 10_000)
    month_only = (said % 100 == 1) & (said // 100 == true // 100)
    return both.select(((said != true) & ~year_only & ~month_only).fill_null(value=False)).to_series()


def born_later(frame: pl.DataFrame, today: date) -> pl.Series:
    """Tell the rows whose stated birth day lies after today."""
    return (frame["born_on"] > day_number(today)).fill_null(value=False)
