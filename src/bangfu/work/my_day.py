"""What waits for a person (我的一天): each app tells its part in a module `my_day`, and pages show all of it.

An app that has something to bring defines `waiting(actor)` there; nothing is registered anywhere else.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, cast

from django.apps import apps

from bangfu.access.acting import ActingPerson

_HOUSE: Final = "bangfu."


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for somebody (待办).

    kind      what it is, `<app>.<noun>`, for instance `intake.approve`
    message   an English message id with %(name)s places, translated by the page
    facts     what fills the places; a `Text` is said in the language of the page
    count     how many there are of it
    route     name of the route that shows it; the page leaves the link out where no such route exists
    arguments parts of the route's address; `query` what stands in it after the question mark
    due       the day on which it should be done; None where there is none
    """

    kind: str
    message: str
    count: int
    route: str
    facts: Mapping[str, object] = field(default_factory=dict)
    arguments: Mapping[str, object] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    due: date | None = None


def collect(actor: ActingPerson) -> list[Waiting]:
    """Return what waits for the person in every app, what is due first before the rest."""
    found = [one for waiting in _sources() for one in waiting(actor)]
    return sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.kind))


def _sources() -> Iterator[Callable[[ActingPerson], list[Waiting]]]:
    for config in apps.get_app_configs():
        name = f"{config.name}.my_day"
        if not config.name.startswith(_HOUSE) or find_spec(name) is None:
            continue
        module: Any = import_module(name)
        if hasattr(module, "waiting"):
            yield cast("Callable[[ActingPerson], list[Waiting]]", module.waiting)
