"""What happened in a household, in the words of its history: who came, who went, another head, a move (大事记)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bangfu.kernel.texts import Text
from bangfu.places.queries import names_of
from bangfu.registry.dossier import Dossier, Entry

_CAME: Final = {
    1: Text(zh="添丁", en="Born"),
    2: Text(zh="嫁入", en="Married in"),
    3: Text(zh="转入", en="Moved in"),
}
_WENT: Final = {
    11: Text(zh="去世", en="Died"),
    12: Text(zh="嫁出", en="Married out"),
    13: Text(zh="判刑收监", en="Imprisoned"),
    14: Text(zh="出国定居", en="Settled abroad"),
    15: Text(zh="转出", en="Moved out"),
}
_JOINED: Final = Text(zh="新增成员", en="Joined")
_LEFT: Final = Text(zh="减少成员", en="Left")
_FROM_ANOTHER: Final = Text(zh="从另一户转入", en="Came from another household")
_TO_ANOTHER: Final = Text(zh="转到另一户", en="Went to another household")
_HEAD: Final = Text(zh="户主变更为", en="New head")
_MOVED: Final = Text(zh="整户搬迁到", en="The household moved to")
_HEAD_CODE: Final = 1


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened.

    who   whom it is about, or where the household went
    home  number and household number of the other household, where the reader may see it
    """

    text: Text
    who: str | None = None
    home: tuple[int, str | None] | None = None


Told = dict[tuple[date, int], list[Happened]]
"""What happened, by the day and the audit event that recorded it."""


def happenings(of: Dossier, others: Mapping[int, str | None]) -> Told:
    """Return what happened in a household.

    others  household numbers of the other households that the reader may see
    """
    told: Told = {}
    last: dict[tuple[str, int | None], Entry] = {}
    for entry in sorted(of.entries, key=lambda one: (one.effective_from, one.id)):
        before = last.get((entry.topic, entry.person))
        found = list(_of_entry(of, entry, before, others))
        if found:
            told.setdefault((entry.effective_from, entry.event), []).extend(found)
        last[entry.topic, entry.person] = entry
    return told


def came_on(of: Dossier) -> dict[int | None, tuple[date, int]]:
    """Return day and audit event with which each member came from another household, for those who did."""
    found: dict[int | None, tuple[date, int]] = {}
    elsewhere: set[int | None] = set()
    for entry in of.entries:
        if entry.topic != "membership":
            continue
        if entry.facts["household_id"] not in {None, of.household}:
            elsewhere.add(entry.person)
        elif entry.person in elsewhere and entry.facts["household_id"] == of.household:
            found.setdefault(entry.person, (entry.effective_from, entry.event))
    return found


def _of_entry(of: Dossier, entry: Entry, before: Entry | None, others: Mapping[int, str | None]) -> Iterator[Happened]:
    if entry.topic == "membership":
        yield from _of_member(of, entry, before, others)
    elif entry.topic == "residence" and before and entry.facts["village"] != before.facts["village"]:
        village = entry.facts["village"]
        name = names_of([village]).get(village, str(village))
        yield Happened(_MOVED, name)


def _of_member(of: Dossier, entry: Entry, before: Entry | None, others: Mapping[int, str | None]) -> Iterator[Happened]:
    home, was = entry.facts["household_id"], before.facts["household_id"] if before else None
    who, code = of.names.get(entry.person or 0), entry.facts["natural_change"]
    if home == of.household != was:
        if was is not None:
            yield Happened(_FROM_ANOTHER, who, (was, others[was]) if was in others else None)
        elif code in _CAME or before:
            yield Happened(_CAME.get(code, _JOINED), who)
    elif was == of.household != home:
        if home is None:
            yield Happened(_WENT.get(code, _LEFT), who)
        else:
            yield Happened(_TO_ANOTHER, who, (home, others[home]) if home in others else None)
    elif before and home == of.household and _HEAD_CODE == entry.facts["relation"] != before.facts["relation"]:
        yield Happened(_HEAD, who)
