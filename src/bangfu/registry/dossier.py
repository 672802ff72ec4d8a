"""The dossier (户档案): everything that the register holds of one household, with its history.

Read in a fixed number of queries, one a topic, each by the leading keys of an index, and sent together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from django.db import connection

from bangfu.audit.models import Event
from bangfu.kernel.bulk import Row, in_list, read_together
from bangfu.places.scope import Scope
from bangfu.registry.directory import home_of
from bangfu.registry.topics import Topic, topics

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the register: what was recorded of a topic, true from a day.

    topic  name of the topic; `income` and `status` are those of the items and events
    person the member whose fact it is; None for the household's own
    event  the audit event that recorded it
    facts  the topic's columns
    """

    topic: str
    person: int | None
    effective_from: date
    id: int
    event: int
    facts: Facts


@dataclass(frozen=True, slots=True)
class Act:
    """Who recorded rows, when, and from which source: the subject of an audit event, `batch 12`."""

    at: datetime
    actor: str
    subject: str


@dataclass(frozen=True)
class Dossier:
    """Everything of one household.

    household, county, village  numbers
    household_no, group_name    texts, None where nobody stated them
    entries  every row that counts, in the order of topics, subjects and days
    acts     by event
    numbers  person -> person number
    """

    household: int
    household_no: str | None
    county: int
    village: int
    group_name: str | None
    entries: tuple[Entry, ...]
    acts: dict[int, Act]
    numbers: dict[int, str | None]

    @cached_property
    def facts(self) -> Facts:
        """The household's own facts in force, by field; of the sealed ones the seals."""
        return self._in_force(None)

    @cached_property
    def members(self) -> tuple[tuple[int, Facts], ...]:
        """Person number and facts in force of each present member, the head first."""
        people = dict.fromkeys(entry.person for entry in self.entries if entry.person is not None)
        present = [(person, facts) for person in people if (facts := self._in_force(person))["household_id"]]
        mine = [(person, facts) for person, facts in present if facts["household_id"] == self.household]
        return tuple(sorted(mine, key=lambda one: (one[1].get("relation") or 99, one[0])))

    @cached_property
    def others(self) -> frozenset[int]:
        """The other households from which members came, or to which they went."""
        homes = {entry.facts["household_id"] for entry in self.entries if entry.topic == "membership"}
        return frozenset(homes - {None, self.household})

    @cached_property
    def names(self) -> dict[int, str | None]:
        """The name of everybody who is or once was a member, as last recorded while they were."""
        told = [entry for entry in self.entries if entry.topic == "identity"]
        return {entry.person: entry.facts["name"] for entry in told if entry.person is not None}

    @cached_property
    def income(self) -> tuple[date | None, dict[str, int]]:
        """The day from which the latest income counts, and its items in fen."""
        rows = [entry for entry in self.entries if entry.topic == "income"]
        latest = max((entry.effective_from for entry in rows), default=None)
        return latest, {entry.facts["item"]: entry.facts["fen"] for entry in rows if entry.effective_from == latest}

    @cached_property
    def status(self) -> tuple[Entry, ...]:
        """The status events, the first first."""
        return tuple(entry for entry in self.entries if entry.topic == "status")

    def _in_force(self, person: int | None) -> Facts:
        facts: Facts = {}
        for entry in self.entries:
            if entry.person == person and entry.topic not in {"income", "status"}:
                facts |= entry.facts
        return facts


def dossier(scope: Scope, household: int) -> Dossier:
    """Return everything of a household; raises HouseholdUnknown when it does not live in the scope."""
    home = home_of(scope, household)
    counties = sorted({home["county"], home["first_county"]})
    entries, people = _own(counties, household)
    personal, numbers = _of_members(counties, people)
    entries += _while_here(personal, household)
    return Dossier(
        household=household,
        household_no=home["household_no"],
        county=home["county"],
        village=home["village"],
        group_name=home["group_name"],
        entries=tuple(entries),
        acts=_acts({entry.event for entry in entries}),
        numbers=numbers,
    )


_ITEMS: Final = Topic("income", "registry_income_item", "household_id", {"item": str, "fen": int})
_EVENTS: Final = Topic(
    "status",
    "registry_status_event",
    "household_id",
    {"kind": int, "monitored_class": int, "cleared_how": int, "inherited": bool},
)


def _own(counties: Sequence[int], household: int) -> tuple[list[Entry], list[int]]:
    """Return the rows of the household's own topics, and the persons who are or once were members."""
    own = [topic for topic in topics().values() if topic.key == "household_id"]
    own += [_ITEMS, _EVENTS]
    condition, county = in_list(connection, "county", counties)
    sql = f"SELECT DISTINCT person_id FROM registry_membership WHERE {condition} AND household_id = %s"
    *rows, people = read_together(
        connection, [*(_question(topic, counties, [household]) for topic in own), (sql, [county, household])]
    )
    entries = [entry for topic, found in zip(own, rows, strict=True) for entry in _entries(topic, found)]
    return entries, sorted(person for (person,) in people)


def _of_members(counties: Sequence[int], people: Sequence[int]) -> tuple[list[Entry], dict[int, str | None]]:
    """Return the rows of the topics of these persons, and their person numbers."""
    if not people:
        return [], {}
    personal = [topic for topic in topics().values() if topic.key == "person_id"]
    condition, parameter = in_list(connection, "id", people)
    sql = f"SELECT id, person_no FROM registry_person WHERE {condition}"
    *rows, numbers = read_together(
        connection, [*(_question(topic, counties, people) for topic in personal), (sql, [parameter])]
    )
    entries = [entry for topic, found in zip(personal, rows, strict=True) for entry in _entries(topic, found)]
    return entries, dict(numbers)


def _question(topic: Topic, counties: Sequence[int], subjects: Sequence[int]) -> tuple[str, list[object]]:
    """Return how to ask for the rows of a topic that count, by day and order of recording."""
    in_county, county = in_list(connection, "f.county", counties)
    of_subject, subject = in_list(connection, f"f.{topic.key}", subjects)
    names = ", ".join(f"f.{name}" for name in (topic.key, "effective_from", "id", "event_id", *topic.columns))
    sql = (
        f"SELECT {names} FROM {topic.table} f WHERE {in_county} AND {of_subject} "
        "AND f.event_id NOT IN (SELECT undone_id FROM registry_undo) ORDER BY f.effective_from, f.id"
    )
    return sql, [county, subject]


def _entries(topic: Topic, rows: Iterable[Row]) -> Iterable[Entry]:
    personal = topic.key == "person_id"
    for key, day, row, event, *facts in rows:
        told = dict(zip(topic.columns, facts, strict=True))
        yield Entry(topic.name, key if personal else None, day, row, event, told)


def _while_here(entries: Sequence[Entry], household: int) -> Iterable[Entry]:
    """Leave out what was recorded of those who left, after they did: it is no business of this household."""
    homes: dict[int | None, list[Entry]] = {}
    for entry in entries:
        if entry.topic == "membership":
            homes.setdefault(entry.person, []).append(entry)
    left: dict[int | None, Entry] = {}
    for person, stays in homes.items():
        if stays[-1].facts["household_id"] != household:
            here = [turn for turn, stay in enumerate(stays) if stay.facts["household_id"] == household]
            left[person] = stays[here[-1] + 1] if here else stays[0]
    for entry in entries:
        end = left.get(entry.person)
        if end is None or (entry.effective_from <= end.effective_from and entry.event <= end.event):
            yield entry


def _acts(events: set[int]) -> dict[int, Act]:
    told = Event.objects.filter(id__in=events).values_list("id", "at", "actor_name", "subject")
    return {number: Act(at, actor, subject) for number, at, actor, subject in told}
