"""Which notices hang on a day, and which cases stood on one (公示期间): the one place that says so."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet

from bangfu.kernel.bulk import in_list
from bangfu.places.scope import Scope
from bangfu.procedures.lines_in_force import any_line_in_force
from bangfu.procedures.models import CaseState, Notice

EVERYWHERE: Final = Scope.everywhere()


def notices_hanging(on: date, within: Scope = EVERYWHERE) -> QuerySet[Notice]:
    """Return the notices that hang on a day in some places, the latest first (正在公示).

    A notice hangs through its last day. One whose clock an objection stopped hangs on until the cases that wait for its
    days go on, or back: else nobody could read it on the days that count. One of which no line holds is down.
    """
    shown = Q(until__gte=on) | Q(pk__in=_held_up(within))
    found = Notice.objects.filter(within.holds("place"), shown, any_line_in_force(), posted_on__lte=on)
    return found.select_related("act").order_by("-id")


def hangs_on(notice: Notice, on: date) -> bool:
    """Tell whether the days of a notice run, on a day."""
    return notice.posted_on <= on and (notice.until >= on or notice.pk in _held_up(Scope((notice.place,))))


def published_of(cases: Sequence[int]) -> set[int]:
    """Return those of some cases that ever stood on a notice or an announcement."""
    condition, parameter = in_list(connection, "s.case_id", list(cases))
    sql = (
        "SELECT DISTINCT s.case_id FROM procedures_standing s JOIN procedures_notice n ON n.act_id = s.act_id "
        f"WHERE {condition}"
    )
    return _numbers(sql, [parameter])


def _held_up(within: Scope) -> set[int]:
    """Return the notices on which an open case still waits to which somebody objected while they hung.

    Begins at the objections, which are few; CROSS JOIN keeps SQLite to that order.
    """
    inside, places = within.where("o.place")
    sql = (
        "SELECT DISTINCT n.id FROM procedures_objection o CROSS JOIN procedures_standing w "
        "CROSS JOIN procedures_standing p CROSS JOIN procedures_notice n "
        "WHERE w.case_id = o.case_id AND w.live AND w.state = %s AND p.case_id = o.case_id AND p.done = w.done "
        "AND p.posted_on = w.posted_on AND n.act_id = p.act_id AND o.raised_on BETWEEN n.posted_on AND n.until "
        f"AND {inside}"
    )
    return _numbers(sql, [CaseState.OPEN.value, *places])


def _numbers(sql: str, parameters: Sequence[Any]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {number for (number,) in cursor.fetchall()}
