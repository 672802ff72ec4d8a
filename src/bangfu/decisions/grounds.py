"""Why cases are proposed (提出依据): the criteria of the run that found them, in words, with its income per head."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bangfu.decisions.place_exits import DECISIONS as PLACES
from bangfu.decisions.proposing import STABLE
from bangfu.decisions.stability import months_asked
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text
from bangfu.procedures.sheets import found_by
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_manifest, run_rows

_DECISIONS: Final = {"exited": "exit", "cleared": "clear"}
"""Proposal -> the decision of the programme that it follows; all others follow `identify`."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why one case is proposed.

    run            the run that found it; None where none did
    met, unmet     titles of the criteria that made it so, by whether each is met
    income_pc_fen  income per head in the run; None where unknown
    """

    run: Run | None = None
    met: tuple[Text, ...] = ()
    unmet: tuple[Text, ...] = ()
    income_pc_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """The rule that a proposal follows: its title and where it stands; from the manifest of the run."""

    title: Text
    source: Mapping[str, str]


def grounds_of(cases: pl.DataFrame, home: Home) -> dict[int, Grounds]:
    """Return why each case is proposed.

    cases  rows in the columns of procedures.standings.STANDING
    """
    found = found_by(cases["case"].to_list())
    households = cases.filter(pl.col("subject_kind") == "household")
    subjects = dict(households.select("case", "subject_id").iter_rows())
    runs = Run.objects.in_bulk({run for run, _ in found.values() if run is not None})
    told: dict[int, Grounds] = {}
    for number, run in runs.items():
        mine = {case: grounds for case, (of, grounds) in found.items() if of == number}
        told |= _of_run(run, home, mine, subjects)
    return {case: told.get(case, Grounds()) for case in found}


def law_of(run: Run, proposal: str, home: Home, subject: str = "household") -> Law | None:
    """Return the rule that a proposal follows; None where the run decided no such thing.

    subject  household, village or county: places have rules of their own
    """
    findings = run_manifest(run, home)["findings"]
    if subject in PLACES:
        decided = findings.get(subject, {"decisions": {}})["decisions"].get(PLACES[subject])
    else:
        decided = findings["decisions"].get(_DECISIONS.get(proposal, "identify"))
    return None if decided is None else Law(Text(**decided["title"]), decided["source"])


def because_of(
    run: Run, home: Home, because: Mapping[int, str]
) -> dict[int, tuple[tuple[Text, ...], tuple[Text, ...], int | None]]:
    """Return household -> titles of the criteria met and not met, and income per head; who is not in the run has none.

    because  household -> the criteria that made its outcome so, joined by commas
    """
    findings = run_manifest(run, home)["findings"]["criteria"]
    titles = {name: Text(**one["title"]) for name, one in findings.items()}
    rows = run_rows(run, home).filter(pl.col("household").is_in(list(because)))
    told = {}
    for row in rows.select("household", "income_pc_fen", *titles).iter_rows(named=True):
        named = because[row["household"]].split(",")
        names = [name for name in named if name in titles]
        met, unmet = (tuple(titles[name] for name in names if row[name] == outcome) for outcome in (1, 0))
        if STABLE in named:
            unmet = (*unmet, months_asked(run))
        told[row["household"]] = (met, unmet, row["income_pc_fen"])
    return told


def _of_run(
    run: Run, home: Home, mine: Mapping[int, Mapping[str, Any]], subjects: Mapping[int, int]
) -> dict[int, Grounds]:
    because = {subjects[case]: grounds.get("because") or "" for case, grounds in mine.items() if case in subjects}
    told = because_of(run, home, because)
    return {case: Grounds(run, *told.get(subjects.get(case, 0), ((), (), None))) for case in mine}
