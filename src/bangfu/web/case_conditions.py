"""What the exit of a place rests on, on the page of its case: every rate beside its limit, with the margin."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bangfu.decisions.margins import Reading
from bangfu.decisions.place_exits import conditions_of, evaluation_of
from bangfu.decisions.place_standing import SUBJECTS
from bangfu.kernel.home import Home
from bangfu.procedures.models import Case
from bangfu.procedures.queries import Passed

_RECORDED: Final = "recorded_poor"


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of a place's exit.

    readings    what the run compared
    evaluation  the rates of a county's evaluation: of the counts typed or recorded, no data before
    unrecorded  whether nobody had recorded the place as poor when the case was opened
    """

    readings: list[Reading]
    evaluation: list[Reading]
    unrecorded: bool


def conditions_seen(case: Case, acts: Sequence[Passed], typed: Mapping[str, str] | None) -> Conditions | None:
    """Return the conditions of the exit that a case is about; None for a household, or where no run stands behind it.

    typed  counts as they were typed into a form that could not be carried out
    """
    if case.run is None or case.subject_kind not in SUBJECTS.values():
        return None
    home = Home.current()
    county = case.subject_kind == "county"
    return Conditions(
        readings=list(conditions_of(case.run, case.subject_id, case.subject_kind, home).values()),
        evaluation=evaluation_of(case.run, case.subject_id, _counts(acts, typed), home) if county else [],
        unrecorded=json.loads(case.grounds).get(_RECORDED) is None,
    )


def _counts(acts: Sequence[Passed], typed: Mapping[str, str] | None) -> dict[str, int]:
    known = {name: int(text) for name, text in (typed or {}).items() if text.isascii() and text.isdecimal()}
    recorded = [passed.form["counts"] for passed in acts if not passed.undone and "counts" in passed.form]
    return known or (dict(recorded[-1]) if recorded else {})
