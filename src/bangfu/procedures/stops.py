"""Objections that stop cases: from which day to which, for the clock of notices and deadlines."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db import connection

from bangfu.kernel.bulk import in_list
from bangfu.procedures.models import ActKind
from bangfu.rules.steps import Span

_ANSWERS: Final = (ActKind.RETURNED, ActKind.REFUSED, ActKind.WITHDRAWN)
"""What is done with a case when an objection to it was right."""


def stops_of(cases: Sequence[int]) -> dict[int, list[Span]]:
    """Return case -> the spans of its objections, the open ones without a last day; only cases that have any."""
    condition, parameter = in_list(connection, "o.case_id", list(cases))
    sql = (
        'SELECT o.case_id, o.raised_on, a."on" FROM procedures_objection o '
        f"LEFT JOIN procedures_answer a ON a.objection_id = o.id WHERE {condition} ORDER BY o.id"
    )
    found: dict[int, list[Span]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [parameter])
        for case, first, last in cursor.fetchall():
            found.setdefault(case, []).append(Span(_day(first), None if last is None else _day(last)))
    return found


def upheld_against(cases: Sequence[int]) -> set[int]:
    """Return the cases to which an objection was found right and that were not sent back or ended since.

    The last word on an objection counts: what its appeal was told. A case that stands before its first step is where
    it can be sent at most.
    """
    condition, parameter = in_list(connection, "o.case_id", list(cases))
    sql = (
        "SELECT DISTINCT o.case_id FROM procedures_objection o JOIN procedures_answer a ON a.objection_id = o.id "
        "JOIN procedures_standing w ON w.case_id = o.case_id AND w.live "
        f"WHERE {condition} AND a.upheld AND w.done > 0 AND NOT EXISTS (SELECT 1 FROM procedures_objection f "
        "JOIN procedures_answer b ON b.objection_id = f.id WHERE f.follows_id = o.id) "
        "AND NOT EXISTS (SELECT 1 FROM procedures_standing s JOIN procedures_act t ON t.id = s.act_id "
        "WHERE s.case_id = o.case_id AND s.event_id > a.event_id AND t.kind IN (%s, %s, %s) "
        "AND NOT EXISTS (SELECT 1 FROM procedures_act u WHERE u.undoes_id = t.id))"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [parameter, *(kind.value for kind in _ANSWERS)])
        return {case for (case,) in cursor.fetchall()}


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
