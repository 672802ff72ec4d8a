"""The queues of a person as the page shows them: where each leads, what is due, and by place."""

from dataclasses import dataclass
from datetime import date

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_of
from bangfu.kernel.texts import Text
from bangfu.places.paths import Step as PlaceStep
from bangfu.places.paths import paths_of
from bangfu.places.queries import common_place
from bangfu.procedures.queues import Queue
from bangfu.web.case_sheet import address_of_sheet
from bangfu.web.case_words import verb_of


@dataclass(frozen=True, slots=True)
class QueueShown:
    """One queue.

    verb    what is to be done
    address the sheet of all of it
    places  name, cases and address of the sheet of each village, or of each town where there are many
    late    whether the deadline has passed
    early   whether the notice cannot be closed yet
    """

    queue: Queue
    verb: str
    address: str
    places: list[tuple[Text, int, str]]
    late: bool
    early: bool


_MANY = 30
"""Beyond so many villages the page names towns."""


def queue_shown(actor: ActingPerson, queue: Queue, on: date) -> QueueShown:
    """Return a queue with the addresses of its sheets."""
    villages = list(queue.by_place)
    paths = paths_of(villages)
    hanging = queue.hanging if queue.step.kind == "notice" else None

    def sheet(code: str) -> str:
        return address_of_sheet(queue.course, queue.step, code, hanging=hanging)

    found: dict[int, tuple[PlaceStep, int]] = {}
    depth = -1 if len(villages) <= _MANY else -2
    for village, count in queue.by_place.items():
        path = paths[village]
        step = path[max(depth, -len(path))]
        found[step.number] = (step, found.get(step.number, (step, 0))[1] + count)
    top = common_place(villages)
    mine = top and scope_of(actor, queue.course.right(queue.step)).contains(top)
    code = next((step.code for path in paths.values() for step in path if mine and step.number == top), "")
    return QueueShown(
        queue=queue,
        verb=verb_of(queue.step, hanging=queue.hanging),
        address=sheet(code),
        places=[(step.name, count, sheet(step.code)) for step, count in found.values()],
        late=queue.deadline is not None and queue.deadline < on,
        early=queue.until is not None and queue.until > on,
    )
