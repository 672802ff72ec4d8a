"""Open one case about one household: an application, a clue, an exit, a removal after a comparison."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl
from django.db import transaction

from bangfu.access.acting import today
from bangfu.decisions.monitoring import check_watch
from bangfu.decisions.offers import check_removal
from bangfu.decisions.stability import months_asked, with_stability
from bangfu.decisions.standing_now import FOLLOWS, NOT_LISTED, OF_MONITORING, status_of
from bangfu.kernel.actors import Actor
from bangfu.kernel.errors.procedures import CriteriaNotMet, StatusDoesNotFit
from bangfu.kernel.home import Home
from bangfu.kernel.status import STATUS_NAMES
from bangfu.kernel.texts import Text
from bangfu.places.scope import Scope
from bangfu.procedures.actions.open_cases import Subjects, open_cases
from bangfu.procedures.course import version_on
from bangfu.procedures.notices import PROPOSALS
from bangfu.registry.directory import home_of
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_household, run_manifest, run_rows

_FOUND: Final = {"exited": "exit", "cleared": "clear"}
"""Proposal -> the decision of a run that must have found it: measured facts, never expected ones."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A case to be opened about one household.

    procedure  identify, relapse, exit, remove, clear
    proposal   see procedures.notices.PROPOSALS
    clue       where it comes from: application, visit, department, rule, comparison, ...
    clue_on    the day from which the law's days are counted
    group      code of the class of monitored households; None where there is none
    """

    programme: str
    procedure: str
    proposal: str
    clue: str = "application"
    clue_on: date | None = None
    group: int | None = None


@transaction.atomic
def open_household_case(*, by: Actor, scope: Scope, household: int, wanted: Wanted, run: Run | None, home: Home) -> int:
    """Open a case about a household (发起个案), by the same steps as a list.

    by       needs the right to open cases in its village
    scope    where the person may open cases; outside it a household does not exist
    run      the run whose finding it rests on; an exit or a removal of risk needs one that found it
    Returns  the number of the case
    Raises   HouseholdUnknown, NotPermitted, StatusDoesNotFit, CriteriaNotMet, RemovalNotProposed, ClassMissing,
             ClassDoesNotFit, CaseOpenAlready
    """
    lives = home_of(scope, household)
    _check_status(household, wanted.proposal)
    check_watch(household, wanted.proposal, wanted.group)
    check_removal(household, wanted.proposal, wanted.clue)
    _check_found(household, wanted.proposal, run, home)
    told = {"clue": wanted.clue, "class": wanted.group}
    grounds = json.dumps(told, sort_keys=True)
    frame = pl.DataFrame(
        {
            "place": [lives["village"]],
            "subject_id": [household],
            "proposal": [wanted.proposal],
            "grounds": [grounds],
        },
        schema={"place": pl.Int64, "subject_id": pl.Int64, "proposal": pl.String, "grounds": pl.String},
    )
    subjects = Subjects(lives["county"], "household", frame, None if run is None else run.pk)
    version = version_on(wanted.programme, wanted.procedure, today())
    opened = open_cases(by=by, version=version, subjects=subjects, on=today(), clue_on=wanted.clue_on)
    return int(opened[0])


def _check_status(household: int, proposal: str) -> None:
    last = status_of(household, monitoring=proposal in OF_MONITORING)
    if last not in FOLLOWS[proposal]:
        status = STATUS_NAMES[last] if last is not None else NOT_LISTED
        raise StatusDoesNotFit(status=status, proposal=PROPOSALS[proposal])


def _check_found(household: int, proposal: str, run: Run | None, home: Home) -> None:
    decision = _FOUND.get(proposal)
    if decision is None:
        return
    row = run_household(run, home, household) if run is not None else None
    if run is None or row is None or row.get(decision) != 1:
        title = PROPOSALS[proposal]
        if run is not None:
            told = run_manifest(run, home)["findings"]["decisions"].get(decision)
            title = Text(**told["title"]) if told else title
        raise CriteriaNotMet(criteria=title)
    if proposal == "cleared":
        stands = with_stability(run_rows(run, home).filter(pl.col("household") == household), run, home)
        if stands["stable"].to_list() != [1]:
            raise CriteriaNotMet(criteria=months_asked(run))
