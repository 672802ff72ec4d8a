"""The lines of a work sheet: what each says of its case, in a fixed number of queries however many there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from bangfu.decisions.grounds import Grounds, grounds_of
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text
from bangfu.params import Step
from bangfu.places.paths import paths_of
from bangfu.places.queries import names_of
from bangfu.procedures.notices import PROPOSALS
from bangfu.procedures.sheets import Later, later_acts, returns_of
from bangfu.procedures.stops import stops_of, upheld_against
from bangfu.registry.listed import Brief, briefs_of
from bangfu.rules.steps import last_day
from bangfu.web.case_form import Typed

HAND, SECOND = "hand", "second"
"""Why somebody cannot decide a case: had a hand in it, or gave one of two approvals already."""
_NO_VOTES: Final = ("", "", "")


@dataclass(frozen=True, slots=True)
class Line:
    """One case on the sheet.

    standing  the number of the standing shown: what is decided is what was seen
    name      what it is about: a place's name; of households `brief` tells
    why       objection, notice, hand or second where it is not ready; None where it is
    since, until  from when an objection is open; the day on which the notice may be closed
    upheld    whether an objection was right, so that it goes no further until it is sent back or refused
    returned  how often it was sent back, and the last reason
    later     what was done since the person looked; None where nothing was
    """

    case: int
    standing: int
    household: int | None
    brief: Brief | None
    name: str
    village: Text | None
    proposal: Text
    grounds: Grounds
    why: str | None
    since: date | None
    until: date | None
    upheld: bool
    returned: tuple[int, str] | None
    chosen: bool
    later: Later | None
    votes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What every line is told beside its own columns: the step, the day, who waits for what, what was typed."""

    step: Step
    on: date
    waiting: Mapping[int, str]
    typed: Typed | None


def lines_of(frame: pl.DataFrame, around: Around) -> list[Line]:
    """Return cases as lines.

    frame  cases in the columns of procedures.standings.STANDING
    """
    cases = frame["case"].to_list()
    stops, returned, grounds = stops_of(cases), returns_of(cases), grounds_of(frame, Home.current())
    upheld = upheld_against(list(stops)) if stops else set()
    names, briefs = _names(frame), _briefs(frame)
    villages = {place: path[-1].name for place, path in paths_of(frame["place"].unique()).items() if path}
    seen = around.typed.seen if around.typed else None
    later = later_acts(seen) if seen else {}
    votes = around.typed.votes if around.typed else {}
    lines = []
    for row in frame.iter_rows(named=True):
        case, why = row["case"], around.waiting.get(row["case"])
        spans = stops.get(case, [])
        household = row["subject_id"] if row["subject_kind"] == "household" else None
        lines.append(
            Line(
                case=case,
                standing=row["standing"],
                household=household,
                brief=briefs.get(row["subject_id"]) if household is not None else None,
                name=names.get(row["subject_id"], ""),
                village=villages.get(row["place"]),
                proposal=proposal_said(row["proposal"]),
                grounds=grounds[case],
                why=why,
                since=next((span.first for span in spans if span.last is None), None),
                until=_until(row, around, spans),
                upheld=case in upheld,
                returned=returned.get(case),
                chosen=case in seen if seen is not None else why is None,
                later=later.get(case),
                votes=votes.get(case, _NO_VOTES),
            )
        )
    return lines


def proposal_said(proposal: str) -> Text:
    """Return what is proposed, in words."""
    return PROPOSALS.get(proposal, Text(zh=proposal, en=proposal))


def _briefs(frame: pl.DataFrame) -> dict[int, Brief]:
    households = frame.filter(pl.col("subject_kind") == "household")
    return briefs_of(households["county"].unique().to_list(), households["subject_id"].to_list())


def _names(frame: pl.DataFrame) -> dict[int, str]:
    others = frame.filter(pl.col("subject_kind") != "household")
    return names_of(others["subject_id"].to_list()) if others.height else {}


def _until(row: Mapping[str, Any], around: Around, spans: list[Any]) -> date | None:
    if row["posted_on"] is None:
        return None
    return last_day(row["posted_on"], around.step.minimum_days, spans, around.on)
