"""What opening a watch over a household must say (监测对象): its class."""

from collections.abc import Sequence
from typing import Final

from bangfu.access.acting import today
from bangfu.decisions.standing_now import NOT_LISTED, status_of
from bangfu.kernel.errors.exits import ClassDoesNotFit, ClassMissing
from bangfu.kernel.status import STATUS_NAMES, StatusKind
from bangfu.kernel.texts import Text
from bangfu.params import load

UNSTABLE: Final = 1
"""Code of the class 脱贫不稳定户 in the list `monitored_class`: who was registered and exited."""


def check_watch(household: int, proposal: str, group: int | None) -> None:
    """Refuse a watch without a class of its day, or in a class that the household cannot be of.

    group   code of the list `monitored_class`
    Raises  ClassMissing, ClassDoesNotFit
    """
    if proposal != "monitored":
        return
    entries = load().code_lists["monitored_class"].chosen_on(today())
    if group not in {entry.number for entry in entries}:
        raise ClassMissing(classes=_joined([entry.label for entry in entries]))
    status = status_of(household, monitoring=False)
    if group == UNSTABLE and status != StatusKind.EXITED:
        label = next(entry.label for entry in entries if entry.number == group)
        raise ClassDoesNotFit(group=label, status=NOT_LISTED if status is None else STATUS_NAMES[status])


def _joined(labels: Sequence[Text]) -> Text:
    return Text(zh="、".join(one.zh for one in labels), en="; ".join(one.en for one in labels))
