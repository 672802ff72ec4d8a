"""What hangs on the boards of villages (公示栏): anybody reads it while it hangs, who keeps the register also later."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count

from bangfu.access.acting import ActingPerson
from bangfu.kernel.actors import Can
from bangfu.kernel.errors import ParameterError
from bangfu.kernel.errors.procedures import NoticeUnknown
from bangfu.kernel.texts import Text
from bangfu.params import Step, load
from bangfu.places.models import Place
from bangfu.places.scope import Scope
from bangfu.procedures.course import Course, Version, course_of
from bangfu.procedures.hanging import hangs_on, notices_hanging
from bangfu.procedures.lines_in_force import lines_in_force
from bangfu.procedures.models import Case, Notice
from bangfu.procedures.notices import columns_of
from bangfu.procedures.stops import stops_of
from bangfu.rules.steps import Span

SUPERVISION: Final = "supervision_phone"
"""The parameter that says which telephone stands on every notice."""
_LAST_SHOWN: Final = 20
"""How many of those taken down a village's page shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a notice: its number as it was posted, its cells, and the case behind it, which nobody is shown."""

    number: int
    cells: tuple[str, ...]
    case: int


@dataclass(frozen=True, slots=True)
class Hung:
    """A notice as people read it.

    columns  titles of the cells of each line
    lines    while it hangs those that hold; of a notice taken down all that it had
    left_out how many lines do not hold any more
    hangs    whether it hangs on the day
    stopped  whether an objection stopped its clock, so that it hangs longer than its paper says
    phone    the telephone for supervision on the day of posting, '' where the law names none
    """

    notice: Notice
    course: Course
    step: Step
    columns: tuple[Text, ...]
    lines: tuple[Line, ...]
    left_out: int
    hangs: bool
    stopped: bool
    phone: str

    @property
    def title(self) -> Text:
        """What it is: 第一次公示."""
        return self.step.title


def hung_notice(number: int, on: date, reader: ActingPerson | None) -> Hung:
    """Return a notice; once it is taken down, or no line of it holds, only to who reads the register of its place.

    reader  None for the public
    Raises  NoticeUnknown
    """
    notice = Notice.objects.filter(pk=number).select_related("act").first()
    if notice is None:
        raise NoticeUnknown(notice=number)
    hung = told(notice, hangs=hangs_on(notice, on))
    if hung.hangs and hung.lines:
        return hung
    if reader is None or not reader.may(Can.READ_REGISTER, notice.place):
        raise NoticeUnknown(notice=number)
    return told(notice, hangs=False)


def told(notice: Notice, *, hangs: bool) -> Hung:
    """Return a notice with its lines and its step; what hangs has the lines that hold, another all that it had."""
    return told_all([notice], hangs=hangs)[0]


def told_all(notices: Sequence[Notice], *, hangs: bool) -> list[Hung]:
    """Return notices with their lines and steps, as `told` does, asking the database no more often for many."""
    rows = {one.pk: json.loads(one.rows) for one in notices}
    first = {number: int(mine[0][-1]) for number, mine in rows.items() if mine}
    kinds = dict(Case.objects.filter(pk__in=first.values()).values_list("pk", "subject_kind"))
    held = lines_in_force([one.act_id for one in notices]) if hangs else None
    stops = stops_of([case for _, case in held]) if held else {}
    found = []
    for notice in notices:
        act = notice.act
        course = course_of(Version(act.programme, act.procedure, act.law_from))
        lines = tuple(
            Line(turn, tuple(row[:-1]), int(row[-1]))
            for turn, row in enumerate(rows[notice.pk], start=1)
            if held is None or (act.pk, int(row[-1])) in held
        )
        hung = Hung(
            notice=notice,
            course=course,
            step=course.step(act.step),
            columns=columns_of(kinds.get(first.get(notice.pk, 0), "household")),
            lines=lines,
            left_out=len(rows[notice.pk]) - len(lines),
            hangs=hangs,
            stopped=hangs and notice.kind == "notice" and _stopped(notice, lines, stops),
            phone=supervision_phone(act.programme, notice.posted_on),
        )
        found.append(hung)
    return found


def _stopped(notice: Notice, lines: Sequence[Line], stops: Mapping[int, Sequence[Span]]) -> bool:
    during = (notice.posted_on, notice.until)
    return any(during[0] <= span.first <= during[1] for line in lines for span in stops.get(line.case, ()))


def notices_of(place: int, on: date, reader: ActingPerson | None) -> tuple[list[Notice], list[Notice]]:
    """Return the notices of a village that hang, and the last ones taken down as far as the reader may see them."""
    hanging = list(notices_hanging(on, Scope((place,))).filter(place=place))
    if reader is None or not reader.may(Can.READ_REGISTER, place):
        return hanging, []
    mine = Notice.objects.filter(place=place, posted_on__lte=on).exclude(pk__in=[one.pk for one in hanging])
    return hanging, list(mine.select_related("act").order_by("-id")[:_LAST_SHOWN])


def notices_below(place: int, on: date) -> list[Notice]:
    """Return every notice that hangs in a place or below it, by village and number."""
    return list(notices_hanging(on, Scope((place,))).order_by("place", "id"))


def hanging_counts(places: Sequence[int], on: date) -> dict[int, int]:
    """Return how many notices hang in each of some places of one level and below them."""
    hanging = notices_hanging(on).order_by()
    by_village = dict(hanging.values_list("place").annotate(count=Count("pk")))
    above = Place.objects.filter(number__in=by_village).values_list("number", "town", "county", "city", "province")
    wanted, counts = set(places), dict.fromkeys(places, 0)
    for village, *others in above:
        for place in wanted.intersection((village, *others)):
            counts[place] += by_village[village]
    return counts


def supervision_phone(programme: str, on: date) -> str:
    """Return the telephone that a programme names for complaints on a day; '' where it names none."""
    try:
        return str(load().programme(programme).value(SUPERVISION, on).value)
    except ParameterError:
        return ""
