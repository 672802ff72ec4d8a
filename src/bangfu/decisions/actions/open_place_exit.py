"""Open the exit of a village or a county."""

from typing import Final

import polars as pl
from django.db import transaction

from bangfu.access.acting import today
from bangfu.decisions.place_exits import place_finding
from bangfu.kernel.actors import Actor
from bangfu.kernel.codes import Level
from bangfu.kernel.errors.procedures import CriteriaNotMet
from bangfu.kernel.errors.register import PlaceUnknown
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text
from bangfu.places.models import Place
from bangfu.places.scope import Scope, chain_of
from bangfu.procedures.actions.open_cases import Subjects, open_cases
from bangfu.procedures.course import version_on
from bangfu.snapshots.models import Run

_SUBJECTS: Final = {Level.VILLAGE: "village", Level.COUNTY: "county"}


@transaction.atomic
def open_place_exit(*, by: Actor, scope: Scope, run: Run, place: int, home: Home) -> int:
    """Open the exit of a village or county whose run shows that it meets the standard (贫困村、贫困县退出).

    by       needs the right to open cases at the place
    scope    where the person may open cases
    Returns  the number of the case
    Raises   PlaceUnknown, CriteriaNotMet where a criterion is missed or unknown, NotPermitted, CaseOpenAlready
    """
    found = Place.objects.filter(number=place).first()
    if found is None or found.level not in _SUBJECTS or not scope.contains(place):
        raise PlaceUnknown(place=place)
    subject = _SUBJECTS[Level(found.level)]
    outcome, against = place_finding(run, place, subject, home)
    if outcome != 1:
        words = Text(zh="、".join(one.zh for one in against), en=", ".join(one.en for one in against))
        raise CriteriaNotMet(criteria=words)
    frame = pl.DataFrame(
        {"place": [place], "subject_id": [place], "proposal": ["exited"], "grounds": ["{}"]},
        schema={"place": pl.Int64, "subject_id": pl.Int64, "proposal": pl.String, "grounds": pl.String},
    )
    subjects = Subjects(chain_of(place), subject, frame, run.pk)
    version = version_on(run.programme, f"exit_{subject}", today())
    return int(open_cases(by=by, version=version, subjects=subjects, on=today())[0])
