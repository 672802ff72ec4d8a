"""Open the exit of a village or a county."""

import json

import polars as pl
from django.db import transaction

from bangfu.access.acting import today
from bangfu.audit.actions import lock_chain
from bangfu.decisions.place_exits import place_finding
from bangfu.decisions.place_standing import SUBJECTS, exit_of, latest_of, recorded_of
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.codes import Level
from bangfu.kernel.errors.exits import PlaceExitedAlready, PlaceNotPoor, RunNotLatest
from bangfu.kernel.errors.procedures import CriteriaNotMet
from bangfu.kernel.errors.register import PlaceUnknown
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text, day_said
from bangfu.places.models import Place
from bangfu.places.scope import Scope, chain_of
from bangfu.procedures.actions.open_cases import Subjects, open_cases
from bangfu.procedures.course import version_on
from bangfu.snapshots.models import Run


@transaction.atomic
def open_place_exit(*, by: Actor, scope: Scope, run: Run, place: int, home: Home) -> int:
    """Open the exit of a village or county whose run shows that it meets the standard (贫困村、贫困县退出).

    The run is the latest of a programme in force: an older one tells of another day. A place exits once, until a later
    decision reverses it. Whether it is on record as poor goes into the grounds, where nobody recorded it as well.

    by       needs the right to open cases at the place
    scope    where the person may open cases
    Returns  the number of the case
    Raises   PlaceUnknown, NotPermitted, ParameterUnknown, ParameterNotInForce, RunNotLatest, PlaceExitedAlready,
             PlaceNotPoor, CriteriaNotMet where a criterion is missed or unknown, CaseOpenAlready
    """
    found = Place.objects.filter(number=place).first()
    if found is None or found.level not in SUBJECTS or not scope.contains(place):
        raise PlaceUnknown(place=place)
    level = Level(found.level)
    require(by, Can.OPEN_CASES, place)
    version = version_on(run.programme, f"exit_{SUBJECTS[level]}", today())
    _check_latest(run)
    lock_chain(chain_of(place))
    grounds = _checked_standing(place, level, run.programme)
    outcome, against = place_finding(run, place, SUBJECTS[level], home)
    if outcome != 1:
        words = Text(zh="、".join(one.zh for one in against), en=", ".join(one.en for one in against))
        raise CriteriaNotMet(criteria=words)
    frame = pl.DataFrame(
        {"place": [place], "subject_id": [place], "proposal": ["exited"], "grounds": [grounds]},
        schema={"place": pl.Int64, "subject_id": pl.Int64, "proposal": pl.String, "grounds": pl.String},
    )
    subjects = Subjects(chain_of(place), SUBJECTS[level], frame, run.pk)
    return int(open_cases(by=by, version=version, subjects=subjects, on=today())[0])


def _check_latest(run: Run) -> None:
    latest = latest_of(run.programme)
    if latest is not None and latest != run:
        raise RunNotLatest(day=day_said(run.true_on), latest=day_said(latest.true_on))


def _checked_standing(place: int, level: Level, programme: str) -> str:
    """Return the grounds: whether the place is on record as poor; raises PlaceExitedAlready, PlaceNotPoor."""
    exited = exit_of(place, programme)
    if exited is not None:
        raise PlaceExitedAlready(day=day_said(exited.effective_from), case=exited.case_id)
    recorded = recorded_of(place, level, programme, today())
    if recorded.poor is False:
        assert recorded.attribute is not None, "only a ledger says that a place is not poor"
        assert recorded.since is not None, "what is recorded holds from a day"
        raise PlaceNotPoor(attribute=recorded.attribute, day=day_said(recorded.since))
    return json.dumps({"recorded_poor": recorded.poor})
