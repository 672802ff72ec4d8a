"""Count tries at a public door, over all processes, and stop who tries too often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from bangfu.access.models import Attempt
from bangfu.kernel.errors.access import TooManyAttempts
from bangfu.kernel.home import Home

_KEPT: Final = timedelta(days=1)
_MINUTE_S: Final = 60


@dataclass(frozen=True, slots=True)
class Limit:
    """How often something may be tried: at most so many times within a time of a day at most."""

    door: str
    most: int
    within: timedelta


def count_attempts(tried: Mapping[Limit, str]) -> list[int]:
    """Note a try and return its numbers (计次限制); what it was about is kept as keyed digests, never in words.

    The try is written before it is counted: of several at the same moment in several processes no more than the
    limit go on. One that is refused does not count, so that the wait is never longer than the limit's time.

    tried   limit -> whose tries it counts: a number, an address
    Raises  TooManyAttempts
    """
    keys, now = Home.current().keys, timezone.now()
    digests = {limit: keys.digest(f"attempt|{limit.door}|{whose}").hex() for limit, whose in tried.items()}
    with transaction.atomic():
        Attempt.objects.filter(at__lt=now - _KEPT).delete()
        noted = [Attempt.objects.create(door=limit.door, key=key, at=now).pk for limit, key in digests.items()]
    for limit, key in digests.items():
        mine = Attempt.objects.filter(door=limit.door, key=key, at__gte=now - limit.within)
        if mine.count() > limit.most:
            forget_attempts(noted)
            raise TooManyAttempts(minutes=int(limit.within.total_seconds()) // _MINUTE_S)
    return noted


def forget_attempts(numbers: Sequence[int]) -> None:
    """Drop tries that turned out right: only wrong ones count against somebody."""
    Attempt.objects.filter(pk__in=numbers).delete()
