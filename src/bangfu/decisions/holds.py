"""What holds back the decision of a case besides its procedure (暂不能决定): an open finding, or a status overtaken."""

from collections.abc import Sequence
from typing import Final

import polars as pl
from django.db import connection

from bangfu.decisions.models import Hit
from bangfu.decisions.standing_now import overtaken
from bangfu.kernel.bulk import in_list, read_frame
from bangfu.params import Step
from bangfu.procedures.course import Course

BLOCKED, OVERTAKEN = "blocked", "overtaken"
_LISTS: Final = ("identified", "relapsed", "monitored")
"""Proposals that put a household on a list; a finding that blocks until answered stops these, and no other."""
_CASES: Final = {"case": pl.Int64, "household": pl.Int64, "proposal": pl.String}


def holds_of(cases: Sequence[int], course: Course, step: Step) -> dict[int, str]:
    """Return case -> why it cannot be decided or entered now: blocked, overtaken. At other steps nothing is held.

    blocked    a list of another department says what must be answered first, and nobody has decided about it
    overtaken  the household is no longer what it was when the case began: the proposal does not fit any more
    """
    last = course.after(step.order) is None
    if not cases or not (last or course.decides(step)):
        return {}
    households = _households(cases)
    blocked = _blocked(households.filter(pl.col("proposal").is_in(list(_LISTS))))
    held = dict.fromkeys(overtaken(households)["case"].to_list(), OVERTAKEN)
    return held | dict.fromkeys(blocked, BLOCKED)


def _households(cases: Sequence[int]) -> pl.DataFrame:
    condition, parameter = in_list(connection, "id", sorted(set(cases)))
    sql = f"SELECT id, subject_id, proposal FROM procedures_case WHERE {condition} AND subject_kind = %s ORDER BY id"
    return read_frame(connection, sql, [parameter, "household"], _CASES)


def _blocked(cases: pl.DataFrame) -> list[int]:
    condition, parameter = in_list(connection, "h.household_id", cases["household"].unique().to_list())
    sql = (
        f"SELECT DISTINCT h.household_id FROM decisions_hit h WHERE {condition} AND h.severity = %s AND NOT EXISTS "
        "(SELECT 1 FROM decisions_disposition d WHERE d.hit_id = h.id)"
    )
    found = read_frame(connection, sql, [parameter, Hit.Severity.BLOCK.value], {"household": pl.Int64})
    return cases.join(found, on="household", how="semi")["case"].to_list()
