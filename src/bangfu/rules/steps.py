"""Days, quorum and majority of a procedure (程序的期间、到会人数与表决).

A period in days begins with the day after the act that starts it, and its last day belongs to it
(民法典第二百零一条、第二百零二条；2017年10月前民法通则第一百五十四条): of a notice of five days posted
on the 1st, the 6th is day five and the last, and the notice may be closed on it. Days are days of
the calendar. A day on which an objection is open at any time is not counted, for the notice and for
every deadline alike, so nobody loses by a doubt that others raised.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from bangfu.kernel.days import whole_months

_DAY: Final = timedelta(days=1)


class Span(NamedTuple):
    """The days on which an objection was open, both included (异议未办结期间).

    first  the day on which it was raised
    last   the day on which it was answered; None while it is open
    """

    first: date
    last: date | None


def quorum_met(present: int, entitled: int, numerator: int, denominator: int) -> bool:
    """Tell whether enough of those entitled attend for the meeting to be held (到会人数达到规定).

    三分之二以上 includes two thirds exactly. Where a quorum is asked, nobody entitled means that no
    meeting can be held (村民委员会组织法第二十六条).

    present, entitled       persons who attend, and persons who may
    numerator, denominator  least share of those entitled; 0 of 1 asks for none
    """
    if numerator == 0:
        return True
    return entitled > 0 and present * denominator >= entitled * numerator


def majority_met(votes_for: int, present: int, numerator: int, denominator: int) -> bool:
    """Tell whether more than the asked share of those present agree (到会人员过半数同意).

    过半数 is strict: half of those present is no majority. Who abstains counts as present
    (村民委员会组织法第二十六条).

    votes_for, present      votes for the proposal, and persons who attend
    numerator, denominator  share of those present that the votes must exceed; 0 of 1 asks for no vote
    """
    return numerator == 0 or votes_for * denominator > present * numerator


def persons_met(persons: Iterable[object], needed: int) -> bool:
    """Tell whether enough different persons have decided (不同人员分别作出); one person twice is one.

    persons  those who decided, by whatever tells persons apart
    needed   how many different ones the step asks for
    """
    return len(set(persons)) >= needed


def days_served(posted_on: date, on: date, stops: Sequence[Span]) -> int:
    """Count the days that a notice has hung, up to and with a day (公示已满天数).

    The day of posting does not count; a day on which an objection is open at any time does not either.

    posted_on  the day on which the notice was posted
    on         the last day that counts; 0 days where it is not after the posting
    stops      the objections, in any order, overlapping or not
    """
    first, count = posted_on + _DAY, max((on - posted_on).days, 0)
    return count - sum(_length(each) for each in _stopped(first, on, stops))


def notice_served(posted_on: date, on: date, minimum_days: int, stops: Sequence[Span]) -> bool:
    """Tell whether a notice has hung as long as it must (公示期满); on the last day of the period it has.

    posted_on     the day on which the notice was posted
    on            the day on which it would be closed
    minimum_days  days that it must hang: on day 4 of 5 the answer is no, on day 5 yes
    stops         the objections to it
    """
    return days_served(posted_on, on, stops) >= minimum_days


def last_day(posted_on: date, minimum_days: int, stops: Sequence[Span], on: date) -> date:
    """Return the day on which a notice has hung long enough if nothing further stops it (公示期满日).

    An objection that is still open is taken as answered on `on`: what it costs beyond is not known yet.

    posted_on     the day on which the notice was posted
    minimum_days  days that it must hang; 0 returns the day of posting
    stops         the objections to it
    on            the day on which the question is asked
    """
    end = posted_on + _DAY * minimum_days
    known = [Span(each.first, max(each.first, on) if each.last is None else each.last) for each in stops]
    for stop in _stopped(posted_on + _DAY, date.max, known):
        if stop[0] <= end:
            end += _DAY * _length(stop)
    return end


def deadline_on(started_on: date, within_days: int, stops: Sequence[Span], on: date) -> date:
    """Return the last day on which an act is in time (办理期限届满日); an open objection stops this clock too.

    It is counted as the days of a notice are: day 15 of 15 is in time, day 16 is late.

    started_on   the day of the act that starts the clock, which does not count
    within_days  days within which the act must be done
    stops        the objections to the case
    on           the day on which the question is asked
    """
    return last_day(started_on, within_days, stops, on)


def in_time(started_on: date, on: date, within_days: int, stops: Sequence[Span]) -> bool:
    """Tell whether an act on a day keeps its deadline (在规定时限内); on the last day it does.

    started_on   the day of the act that starts the clock, which does not count
    on           the day of the act
    within_days  days within which it must be done
    stops        the objections to the case
    """
    return days_served(started_on, on, stops) <= within_days


def before_closing(on: date, deadline: date | None) -> bool:
    """Tell whether an act on a day keeps a last day that was set for all (在规定日期前完成); that day is included.

    on        the day of the act
    deadline  the last day, None where none was set
    """
    return deadline is None or on <= deadline


def stable_months(since: date, on: date) -> int:
    """Count the whole calendar months for which income has been stable (收入稳定的月数).

    A month is over on the day of the same number, or on the last day of a month that has no such
    day (民法典第二百零二条); 0 where `on` is earlier.

    since  the day from which income has been stable
    on     the day on which it is judged
    """
    return whole_months(since, on)


def clearable(since: date | None, on: date, months_at_least: int, *, no_labour: bool | None) -> bool | None:
    """Tell whether a household has been stable long enough for its risk to be marked as removed (可标注风险消除).

    A household without any labour lives on the safety net; it stays monitored however long it is
    stable (整户无劳动能力的兜底保障户继续监测，暂不标注风险消除).

    since            the day from which income has been stable, None where nobody recorded it
    on               the day on which it is judged
    months_at_least  months that income must be stable
    no_labour        whether the whole household is without labour, None where that is unknown
    Returns          yes, no, or None for unknown; one lack is enough for no whatever else is unknown
    """
    if no_labour or (since is not None and stable_months(since, on) < months_at_least):
        return False
    return None if no_labour is None or since is None else True


def _stopped(first: date, last: date, stops: Sequence[Span]) -> Iterator[tuple[date, date]]:
    """Yield the stretches of days between two days on which an objection is open, each day once, in order."""
    reached = first
    for stop in sorted(stops, key=lambda each: each.first):
        start, end = max(stop.first, reached), last if stop.last is None else min(stop.last, last)
        if start <= end:
            yield (start, end)
            reached = end + _DAY


def _length(stretch: tuple[date, date]) -> int:
    return (stretch[1] - stretch[0] + _DAY).days
