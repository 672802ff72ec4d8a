"""What the register knows of a village itself (村情)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bangfu.params import Field, load
from bangfu.places.scope import Scope
from bangfu.registry.queries import AsOf, facts_at
from bangfu.registry.topics import topics


@dataclass(frozen=True, slots=True)
class VillageFact:
    """One recorded fact of a village: its field, the whole number, and the day from which it holds."""

    field: Field
    value: Any
    since: date


def village_facts(scope: Scope, village: int, on: date) -> list[VillageFact]:
    """Return the recorded facts of a village as true on a day, in the order of the catalogue; none outside the scope.

    What nobody recorded is left out: it is unknown, not nought.
    """
    fields = load().fields["village"]
    found = []
    for topic in topics().values():
        if topic.key != "village":
            continue
        for row in facts_at(scope, topic, AsOf(on), [village]).iter_rows(named=True):
            known = [name for name in topic.columns if name in fields and row[name] is not None]
            found += [VillageFact(fields[name], row[name], row["effective_from"]) for name in known]
    order = {name: position for position, name in enumerate(fields)}
    return sorted(found, key=lambda fact: order[fact.field.name])
