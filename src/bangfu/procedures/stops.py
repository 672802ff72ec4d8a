"""Objections that stop cases: from which day to which, for the clock of notices and deadlines."""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from bangfu.kernel.bulk import in_list
from bangfu.rules.steps import Span


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


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
