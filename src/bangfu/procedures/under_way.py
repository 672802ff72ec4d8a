"""What is under way (在办事项): a subject has at most one open case of a programme, whichever procedure it goes by."""

from collections.abc import Sequence

import polars as pl
from django.db import connection

from bangfu.kernel.bulk import in_list, read_frame
from bangfu.kernel.errors.procedures import CaseOpenAlready
from bangfu.procedures.models import CaseState


def under_way(county: int, programme: str, kind: str, subjects: Sequence[int]) -> set[int]:
    """Return which of some subjects of a county have an open case of a programme.

    Every case proposes a status in its programme, so two at once would contradict each other, an exit and a removal
    for instance; another programme has a list of its own and goes its own way.
    """
    condition, parameter = in_list(connection, "c.subject_id", list(subjects))
    sql = (
        "SELECT DISTINCT c.subject_id FROM procedures_case c "
        "JOIN procedures_standing s ON s.case_id = c.id AND s.live "
        f"WHERE c.county = %s AND c.subject_kind = %s AND {condition} AND c.programme = %s AND s.state = %s"
    )
    wanted = [county, kind, parameter, programme, CaseState.OPEN.value]
    return set(read_frame(connection, sql, wanted, {"subject": pl.Int64})["subject"])


def check_none_under_way(county: int, programme: str, kind: str, subjects: Sequence[int]) -> None:
    """Refuse subjects that have an open case of the programme, or are named twice; raises CaseOpenAlready."""
    taken = len(subjects) - len(set(subjects)) or len(under_way(county, programme, kind, subjects))
    if taken:
        raise CaseOpenAlready(count=taken)
