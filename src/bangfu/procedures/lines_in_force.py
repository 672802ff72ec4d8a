"""Which lines of a notice still hold (在公示的行): a case that was sent back, refused or withdrawn is on no board.

A notice is kept as it was posted. What hangs of it are the lines whose case waits there or has gone on from there; of
a case that was posted twice at the same step only the later line hangs. One query answers for any number of lines.
"""

from collections.abc import Collection
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bangfu.procedures.models import CaseState, Standing

_GOES_ON: Final = (CaseState.OPEN.value, CaseState.FINISHED.value)


def lines_in_force(acts: Collection[int]) -> set[tuple[int, int]]:
    """Return (act, case) of every line that still holds, of the notices that these acts posted."""
    return set(_posted().filter(act_id__in=acts).values_list("act_id", "case_id"))


def any_line_in_force() -> Exists:
    """Return the condition that a line of a notice still holds, as Django asks it of notices."""
    return Exists(_posted().filter(act_id=OuterRef("act_id")))


def _posted() -> QuerySet[Standing]:
    """Return where cases stood when they were posted, of those that still wait there or went on from there.

    `at` is then the order of the notice's step, by which the standing in force is judged.
    """
    again = Standing.objects.filter(
        case_id=OuterRef("case_id"), at=OuterRef("at"), act_id__gt=OuterRef("act_id"), act__notice__isnull=False
    )
    waits = Q(case__standings__done=F("at") - 1, case__standings__posted_on__isnull=False)
    return Standing.objects.filter(
        waits | Q(case__standings__done__gte=F("at")),
        ~Exists(again),
        case__standings__live=True,
        case__standings__state__in=_GOES_ON,
    )
