"""The history of a household as people read it (变更记录): what was recorded, from which day, by whom, from what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from bangfu.access.field_classes import Sights
from bangfu.kernel.days import OPEN_START, age_on
from bangfu.kernel.status import STATUS_NAMES, StatusKind
from bangfu.kernel.texts import Text
from bangfu.params import Field, Parameters
from bangfu.registry.dossier import Act, Dossier, Entry
from bangfu.registry.masking import SEALED, Told, told
from bangfu.web.happenings import Happened, came_on, happenings
from bangfu.web.household_page import TOPICS

_PLAIN_OF: Final = {(topic, column): name for name, (topic, column) in SEALED.items()}
_UNTOLD: Final = frozenset({"pinyin", "initials", "id_index", "phone_index", "natural_change"})
"""Columns that are not told as such: derived ones, and the reason of a change, which is told in words."""


_EVER: Final = (date.min, 0)


@dataclass(frozen=True, slots=True)
class Altered:
    """One field that was recorded otherwise: before and after, as the reader sees them; sealed values have neither."""

    who: str | None
    title: Text
    before: Told | None
    after: Told | None


@dataclass(slots=True)
class Moment:
    """What one act recorded as true from one day.

    since    the day; None where nobody stated it
    act      who recorded it, when, from which source
    happened who came and who went, another head, a move
    status   changes of the household's status
    first    topics that were recorded for the first time
    altered  fields that were recorded otherwise
    """

    since: date | None
    act: Act
    happened: list[Happened] = field(default_factory=list)
    status: list[Text] = field(default_factory=list)
    first: list[Text] = field(default_factory=list)
    altered: list[Altered] = field(default_factory=list)

    @property
    def batch(self) -> str | None:
        """The number of the batch that it came from, if it came from one."""
        return self.act.subject.removeprefix("batch ") if self.act.subject.startswith("batch ") else None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a dossier, and with which words.

    others  household numbers of the other households that the reader may see
    """

    of: Dossier
    sights: Sights
    parameters: Parameters
    on: date
    others: Mapping[int, str | None]


def timeline(reader: Reader) -> list[Moment]:
    """Return the acts that recorded something of the household, the latest day first."""
    moments: dict[tuple[date, int], Moment] = {}
    before: dict[tuple[str, int | None, str], dict[str, Any]] = {}
    happened, came = happenings(reader.of, reader.others), came_on(reader.of)
    for entry in sorted(reader.of.entries, key=lambda one: (one.effective_from, one.id)):
        if (entry.effective_from, entry.event) < came.get(entry.person, _EVER):
            before[entry.topic, entry.person, ""] = entry.facts  # what the person was elsewhere
            continue
        key = (entry.effective_from, entry.event)
        since = entry.effective_from if entry.effective_from > OPEN_START else None
        moment = moments.setdefault(key, Moment(since, reader.of.acts[entry.event], happened.get(key, [])))
        if entry.topic == "status":
            moment.status.append(STATUS_NAMES[StatusKind(entry.facts["kind"])])
            continue
        told_as = entry.facts.get("item", "") + str(entry.effective_from) if entry.topic == "income" else ""
        subject = (entry.topic, entry.person, told_as)
        if subject in before:
            moment.altered += _altered(reader, entry, before[subject])
        elif TOPICS[entry.topic] not in moment.first:
            moment.first.append(TOPICS[entry.topic])
        before[subject] = entry.facts
    shown = (one for one in moments.values() if one.happened or one.status or one.first or one.altered)
    return sorted(shown, key=lambda one: (one.since or date.min, one.act.at), reverse=True)


def _altered(reader: Reader, entry: Entry, before: dict[str, Any]) -> Iterator[Altered]:
    who = _name_of(reader, entry.person)
    for column, after in entry.facts.items():
        if after == before[column] or column in _UNTOLD:
            continue
        sealed = _PLAIN_OF.get((entry.topic, column))
        described = _field(reader, entry, sealed or column)
        if described is None:
            continue
        if sealed:
            yield Altered(who, described.title, None, None)
            continue
        age = _age_of(reader, entry.person)
        yield Altered(
            who,
            described.title,
            told(described, before[column], reader.sights, reader.parameters, age),
            told(described, after, reader.sights, reader.parameters, age),
        )


def _field(reader: Reader, entry: Entry, column: str) -> Field | None:
    name = entry.facts["item"] if entry.topic == "income" and column == "fen" else column
    subject = "household" if entry.person is None else "person"
    return reader.parameters.fields[subject].get(name) or reader.parameters.fields["person"].get(name)


def _name_of(reader: Reader, person: int | None) -> str | None:
    return reader.of.names.get(person) if person is not None else None


def _age_of(reader: Reader, person: int | None) -> int | None:
    facts = next((facts for number, facts in reader.of.members if number == person), {})
    return age_on(facts.get("born_on"), reader.on)
