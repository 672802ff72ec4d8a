"""Record the signed authorisations of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl
from django.db import transaction

from bangfu.access.acting import ActingPerson, today
from bangfu.access.scope import scope_required
from bangfu.decisions.actions.record_authorisations import SignedPaper, record_authorisations
from bangfu.decisions.paper_list import PaperRow, read_papers
from bangfu.intake.uploads import HandedFile, check_files, drop_files, keep_files, kept_files
from bangfu.kernel.actors import Can
from bangfu.kernel.home import Home
from bangfu.kernel.texts import mark
from bangfu.params import load
from bangfu.places.scope import Scope
from bangfu.registry.directory import directory

NOT_HERE: Final = mark("No household of your places has this number.")
SEVERAL: Final = mark("Several households of your places have this number. Record this one on the household's page.")


@dataclass(frozen=True, slots=True)
class PapersRecorded:
    """What became of a list: rows = recorded + on_file + refused.

    on_file  rows whose paper was on file already, or stands in the list before
    refused  row of the sheet, counted from 1, and why: an English message id
    """

    rows: int
    recorded: int
    on_file: int
    refused: Sequence[tuple[int, str]]


@transaction.atomic
def record_paper_list(*, by: ActingPerson, file: HandedFile | None, home: Home) -> PapersRecorded:
    """Record the authorisations that a list tells of (批量登记承诺授权书): household number, day, who signed, paper.

    The rows that can be are recorded, the others come back with their reason. The file is not kept.

    by      needs the right to record what households sign; a household elsewhere is as unknown as none
    Raises  NotPermitted, NothingToImport, FileEmpty, FileTooLarge, PapersUnlike and what reading raises
    """
    scope = scope_required(by, Can.HEAR_HOUSEHOLD)
    files = [] if file is None else [file]
    check_files(files)
    upload = keep_files(files, home)
    try:
        read = read_papers(kept_files(upload, home)[0], load(), today())
    finally:
        drop_files(upload, home)
    papers, refused = _placed(read.taken, scope)
    recorded = sum(record_authorisations(by=by, county=county, papers=some) for county, some in papers.items())
    taken = sum(len(some) for some in papers.values())
    every = sorted([*read.refused, *refused])
    return PapersRecorded(taken + len(every), recorded, taken - recorded, every)


def _placed(rows: Sequence[PaperRow], scope: Scope) -> tuple[dict[int, list[SignedPaper]], list[tuple[int, str]]]:
    """Return the papers by county, and the rows that mean no household of the scope, or several."""
    numbers = {row.household_no for row in rows}
    homes = directory(scope).filter(pl.col("household_no").is_in(list(numbers)))
    found: dict[str, list[tuple[int, int]]] = {}
    for number, household, county in homes.select("household_no", "household", "county").iter_rows():
        found.setdefault(number, []).append((household, county))
    papers: dict[int, list[SignedPaper]] = {}
    refused = []
    for row in rows:
        meant = found.get(row.household_no, [])
        if len(meant) != 1:
            refused.append((row.row, SEVERAL if meant else NOT_HERE))
            continue
        ((household, county),) = meant
        papers.setdefault(county, []).append(SignedPaper(household, row.signed_on, row.signer, row.paper))
    return papers, refused
