"""What can be wrong with a row of a ledger: one sentence each, with its code, severity and remedy.

An error rejects the row, a warning leaves the cell out or doubts it, a notice tells what was mended.
No sentence holds a cell's own text, so none can show a name, an identity number, a phone or a card.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

import polars as pl
import yaml

from bangfu.kernel.texts import Text

PROBLEMS: Final = {
    "row": pl.Int32,
    "column": pl.String,
    "code": pl.String,
    "severity": pl.String,
    "message_zh": pl.String,
    "message_en": pl.String,
}
"""Columns of a table of problems: the sheet's own row number, the header as on the sheet ('' for the row)."""


class Problem(StrEnum):
    """A problem of a row; the value is its code, severity and sentence stand in `problems.yaml`."""

    HOUSEHOLD_NO_MISSING = "BF116"
    NAME_MISSING = "BF117"
    KEY_LOST_DIGITS = "BF118"
    TEXT_TOO_LONG = "BF119"
    NUMBER_UNREADABLE = "BF120"
    NUMBER_NEGATIVE = "BF121"
    NUMBER_TOO_LARGE = "BF122"
    NUMBER_NOT_WHOLE = "BF123"
    DAY_UNREADABLE = "BF124"
    YEAR_UNREADABLE = "BF125"
    ANSWER_UNKNOWN = "BF126"
    LABEL_UNKNOWN = "BF127"
    LABEL_BARE_NUMBER = "BF128"
    STATUS_UNKNOWN = "BF129"
    ID_MISSING = "BF130"
    ID_PLACEHOLDER = "BF131"
    ID_LOST_DIGITS = "BF132"
    ID_MASKED = "BF133"
    ID_MALFORMED = "BF134"
    ID_BIRTH = "BF135"
    ID_FUTURE = "BF136"
    ID_CHECK = "BF137"
    ID_REPAIRED = "BF138"
    ID_OLD_FORM = "BF139"
    ID_CERTIFICATE = "BF140"
    SEX_CONTRADICTS_ID = "BF141"
    BIRTH_CONTRADICTS_ID = "BF142"
    PERSON_TWICE = "BF143"
    PERSON_IN_TWO_HOUSEHOLDS = "BF144"
    TWO_HEADS = "BF145"
    NO_HEAD = "BF146"
    PHONE_UNREADABLE = "BF147"
    CARD_UNREADABLE = "BF148"
    CARD_CHECK = "BF149"
    NAME_UNUSUAL = "BF150"
    FILLED_FROM_ABOVE = "BF171"
    CELL_ERROR = "BF172"
    VILLAGE_MISSING = "BF173"
    SEVERAL_PHONES = "BF174"
    BIRTH_FUTURE = "BF175"
    LIST_NAMES_NOBODY = "BF176"
    TEXT_HIDES_NUMBER = "BF177"

    @property
    def severity(self) -> str:
        """Return error, warning or notice."""
        return _sentences()[self.value][0]

    @property
    def text(self) -> Text:
        """Return the sentence in both languages."""
        return _sentences()[self.value][1]


@cache
def _sentences() -> dict[str, tuple[str, Text]]:
    """Return severity and sentence of every code, read once."""
    document = yaml.safe_load(files("bangfu.intake").joinpath("problems.yaml").read_text("utf-8"))
    return {code: (entry["severity"], Text(zh=entry["zh"], en=entry["en"])) for code, entry in document.items()}


def no_problems() -> pl.DataFrame:
    """Return an empty table of problems."""
    return pl.DataFrame(schema=PROBLEMS)


def problems_at(
    rows: pl.Series, problem: Problem, column: str = "", facts: Mapping[str, Text] | None = None
) -> pl.DataFrame:
    """Return the table of one problem at these rows.

    rows    the sheet's own row numbers
    column  the header as on the sheet, '' for the row as a whole
    facts   texts for the sentence's places, never a cell's own
    """
    if rows.is_empty():
        return no_problems()
    chinese = {name: text.zh for name, text in (facts or {}).items()}
    english = {name: text.en for name, text in (facts or {}).items()}
    return pl.DataFrame({"row": rows.cast(pl.Int32)}).select(
        "row",
        column=pl.lit(column),
        code=pl.lit(problem.value),
        severity=pl.lit(problem.severity),
        message_zh=pl.lit(problem.text.zh % chinese if chinese else problem.text.zh),
        message_en=pl.lit(problem.text.en % english if english else problem.text.en),
    )


def problems_with(rows: pl.DataFrame, problem: Problem, column: str = "") -> pl.DataFrame:
    """Return the table of one problem whose sentence names another row.

    rows  `row`, and `first`: the other row
    """
    if rows.is_empty():
        return no_problems()
    shown = pl.col("first").cast(pl.String)
    return rows.select(
        pl.col("row").cast(pl.Int32),
        column=pl.lit(column),
        code=pl.lit(problem.value),
        severity=pl.lit(problem.severity),
        message_zh=_filled(problem.text.zh, shown),
        message_en=_filled(problem.text.en, shown),
    )


def _filled(sentence: str, shown: pl.Expr) -> pl.Expr:
    before, _, after = sentence.partition("%(first)s")
    return pl.concat_str(pl.lit(before), shown, pl.lit(after))
