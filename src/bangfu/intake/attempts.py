"""Tries the first rows of a sheet as the header of every ledger (表头试读)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bangfu.intake.columns import Match, Matcher, Readings
from bangfu.intake.corrections import Applied, Correction, applied
from bangfu.intake.headers import Header, is_index_row, is_unit, stacks
from bangfu.intake.ledgers import Ledger, ledgers
from bangfu.intake.sheets import Sheet
from bangfu.params import Parameters

DEEPEST_HEADER: Final = 15
"""Rows among which the header begins."""
TALLEST_HEADER: Final = 3
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Attempt:
    """One reading of one block of rows as the header of one ledger.

    corrected  whether a clerk said that such a header is this ledger's
    labels     how many of its rows hold labels; the others hold units and column numbers
    """

    ledger: Ledger
    subject: str
    first: int
    height: int
    match: Match
    corrected: bool = False
    labels: int = 0

    @property
    def missing(self) -> list[tuple[str, ...]]:
        """Return the required fields (or choices of them) that are not there."""
        return [names for names in self.ledger.required if not any(name in self.match.columns for name in names)]

    @property
    def marks(self) -> int:
        """Return how many of the ledger's own marks are there."""
        return len(self.ledger.signature & self.match.columns.keys())

    @property
    def holds(self) -> bool:
        """Tell whether the block is a header of this ledger."""
        if self.corrected:
            return not self.missing
        there = self.match.columns.keys()
        own = not self.ledger.one_of or bool(self.ledger.one_of & there)
        return not self.missing and own and self.marks >= self.ledger.at_least and not self.ledger.without & there


def _fit(attempt: Attempt) -> tuple[int, int, int, int, int]:
    """Order the blocks of one ledger: what a clerk said, most fields, most columns, the lowest and earliest header."""
    return (attempt.corrected, len(attempt.match.columns), attempt.match.claims, -attempt.height, -attempt.first)


def rank(attempt: Attempt) -> tuple[int, int, int, int, int]:
    """Order attempts: what a clerk said, most marks, most columns, the lowest and earliest header."""
    return (attempt.corrected, attempt.marks, len(attempt.match.columns), -attempt.height, -attempt.first)


def attempts_of(sheet: Sheet, parameters: Parameters, corrections: Sequence[Correction]) -> list[Attempt]:
    """Return for each ledger (and each subject it may have) its best reading of the first rows."""
    top = sheet.rows(0, DEEPEST_HEADER + TALLEST_HEADER)
    blocks = {
        (first, height): stacks(top[first : first + height], first, sheet.merges)
        for first in range(min(DEEPEST_HEADER, len(top)))
        for height in range(1, TALLEST_HEADER + 1)
        if first + height <= len(top) and any(cell.strip() for cell in top[first])
    }
    attempts = []
    readings = Readings(ledgers(), parameters)
    said = {block: applied(corrections, headers) for block, headers in blocks.items()}
    blocks = {
        block: headers for block, headers in blocks.items() if said[block].ledger or _may_be_header(headers, readings)
    }
    for ledger in ledgers().layouts:
        for subject in ("person", ledger.subject) if ledger.person_if else (ledger.subject,):
            matcher = Matcher(ledger, subject, readings, parameters)
            tried = [_attempt(matcher, block, headers, said[block]) for block, headers in blocks.items()]
            best = max(tried, key=_fit, default=None)
            if best and len(best.match.columns) >= _FEWEST:
                attempts.append(_extended(best, sheet, matcher, top))
    return [one for one in attempts if _subject_fits(one)]


def _attempt(matcher: Matcher, block: tuple[int, int], headers: Sequence[Header], said: Applied) -> Attempt:
    """Read one block as a header of the matcher's ledger, with what a clerk said of that ledger's columns."""
    corrected = said.ledger == matcher.ledger.name
    match = matcher.match(headers, said.fields) if corrected else matcher.match(headers)
    return Attempt(matcher.ledger, matcher.subject, *block, match, corrected, labels=block[1])


def _may_be_header(headers: Sequence[Header], readings: Readings) -> bool:
    """Tell whether a block has columns enough that some ledger knows; rows of data have none."""
    return sum(readings[header.texts].known for header in headers if header.texts) >= _FEWEST


def _subject_fits(attempt: Attempt) -> bool:
    """Tell whether a ledger that may be about persons is read with the right subject."""
    if not attempt.ledger.person_if:
        return True
    about_persons = any(name in attempt.match.columns for name in attempt.ledger.person_if)
    return about_persons == (attempt.subject == "person")


def _extended(attempt: Attempt, sheet: Sheet, matcher: Matcher, top: Sequence[Sequence[str]]) -> Attempt:
    """Take rows of units, of national names and of column numbers below the header into it."""
    height = attempt.height
    while attempt.first + height < len(top):
        row = top[attempt.first + height]
        words = [cell for cell in row if cell.strip()]
        labels = sum(matcher.knows(cell) for cell in words)
        units = all(is_unit(cell) for cell in words) and matcher.takes_units(attempt.match, row)
        if not (units or is_index_row(row) or (labels > _FEWEST and labels * 2 >= len(words))):
            break
        height += 1
        if not is_index_row(row) and not attempt.corrected:
            block = top[attempt.first : attempt.first + height]
            match = matcher.match(stacks(block, attempt.first, sheet.merges))
            if units or len(match.columns) >= len(attempt.match.columns):
                attempt = replace(attempt, match=match)
    return replace(attempt, height=height)
