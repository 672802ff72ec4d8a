"""What opening a watch over a household, or ending it, must say (监测对象): its class, and how the risk was removed."""

from typing import Final

from bangfu.decisions.standing_now import NOT_LISTED, status_of
from bangfu.kernel.errors.exits import ClassDoesNotFit, ClassMissing, ClearingUnexplained
from bangfu.kernel.status import STATUS_NAMES, StatusKind
from bangfu.kernel.texts import Text
from bangfu.params import load

UNSTABLE: Final = 1
"""Code of the class 脱贫不稳定户 in the list `monitored_class`: who was registered and exited."""


def check_watch(household: int, proposal: str, group: int | None, cleared_how: int | None) -> None:
    """Refuse a watch without a class, in a class that the household cannot be of, or ended without telling how.

    group        code of the list `monitored_class`
    cleared_how  code of the list of the same name
    Raises       ClassMissing, ClassDoesNotFit, ClearingUnexplained
    """
    if proposal == "monitored":
        _check_class(household, group)
    elif proposal == "cleared" and cleared_how is None:
        raise ClearingUnexplained(ways=_choices("cleared_how"))


def _check_class(household: int, group: int | None) -> None:
    if group is None:
        raise ClassMissing(classes=_choices("monitored_class"))
    status = status_of(household, monitoring=False)
    if group == UNSTABLE and status != StatusKind.EXITED:
        entries = load().code_lists["monitored_class"].entries
        label = next(entry.label for entry in entries if entry.number == group)
        raise ClassDoesNotFit(group=label, status=NOT_LISTED if status is None else STATUS_NAMES[status])


def _choices(codes: str) -> Text:
    labels = [entry.label for entry in load().code_lists[codes].entries]
    return Text(zh="、".join(one.zh for one in labels), en="; ".join(one.en for one in labels))
