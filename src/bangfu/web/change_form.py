"""The form of what happened in a household (家庭成员变动): what came back of it, and what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from bangfu.kernel.codes import Level
from bangfu.kernel.errors.register import HouseholdUnknown, PlaceUnknown
from bangfu.params import Parameters
from bangfu.places.models import Place
from bangfu.places.queries import resolve
from bangfu.places.scope import Scope
from bangfu.registry.corrections import LONGEST, Sheet
from bangfu.registry.directory import home_of
from bangfu.registry.happenings import HEAD, Happening, Home, Kind, relations_of
from bangfu.registry.queries import households_by_no

FIRST_DEPARTURE: Final = 11
_NEWCOMER: Final = ("name", "id_no", "relation", "sex", "born_on")
_LONGEST_NUMBER: Final = 60
_WRONG: Final = {
    "on": gettext_lazy("Give the day of the change, such as 2017-03-02; it is not in the future."),
    "why": gettext_lazy("Choose what happened."),
    "name": gettext_lazy("Give the name of the new member."),
    "who": gettext_lazy("Choose at least one member."),
    "all": gettext_lazy("If everybody goes, it is no split: choose a merge or a move."),
    "number": gettext_lazy("Give the number of the new household; no other household may have it."),
    "other": gettext_lazy("No other household of your area has this number."),
    "guest": gettext_lazy("The other household keeps its head: give everybody their relation to that head."),
    "head_there": gettext_lazy("The new household needs one head."),
    "head_here": gettext_lazy("Who stays needs one head."),
    "same": gettext_lazy("Nobody's relation to the head is another than in the register."),
    "place": gettext_lazy("Choose another village of your area, or name another group."),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """The household that the form is about.

    sheet  its members, as a ledger has them
    home   where it is
    area   where the person who fills in the form works
    today  after which no change lies
    """

    sheet: Sheet
    home: Home
    number: int
    group: str | None
    area: Scope
    parameters: Parameters
    today: date


@dataclass(slots=True)
class Filled:
    """What came back of a form, so that it can be shown again, and its problems by the name of the field."""

    kind: Kind
    texts: Mapping[str, str]
    who: list[str]
    relations: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)

    def refuse(self, name: str, reason: str) -> None:
        """Note what is wrong with a field; the first reason stands."""
        self.wrong.setdefault(name, str(_WRONG[reason]))


def read_form(form: QueryDict, kind: Kind, setting: Setting) -> tuple[Filled, Happening | None]:
    """Return what came back, and what happened by it; None where something is wrong."""
    known = {entry.label.zh for entry in setting.parameters.code_lists["relation"].entries}
    held = relations_of(setting.sheet)
    relations = {row: form.get(f"relation.{row}", held[row]) for row in held}
    filled = Filled(
        kind=kind,
        texts={name: form.get(name, "").strip()[:LONGEST] for name in form},
        who=[row for row in held if row in form.getlist("who")],
        relations={row: text if text in known else held[row] for row, text in relations.items()},
    )
    on = _day(filled, setting.today)
    made = _READERS[kind](filled, setting, on or setting.today)
    return filled, None if filled.wrong else made


def words_of(kind: Kind, parameters: Parameters) -> list[str]:
    """Return the words of natural change for who joins, or for who leaves."""
    leaving = kind == Kind.LEAVE
    entries = parameters.code_lists["natural_change"].entries
    return [one.label.zh for one in entries if (one.number >= FIRST_DEPARTURE) == leaving]


def _day(filled: Filled, today: date) -> date | None:
    try:
        on = date.fromisoformat(filled.texts.get("on", ""))
    except ValueError:
        on = None
    if on is None or on > today:
        filled.refuse("on", "on")
        return None
    return on


def _why(filled: Filled, setting: Setting) -> str:
    why = filled.texts.get("why", "")
    if why not in words_of(filled.kind, setting.parameters):
        filled.refuse("why", "why")
    return why


def _join(filled: Filled, setting: Setting, on: date) -> Happening:
    newcomer = {name: filled.texts.get(name, "") for name in _NEWCOMER}
    if not newcomer["name"]:
        filled.refuse("name", "name")
    return Happening(Kind.JOIN, on, why=_why(filled, setting), newcomer=newcomer)


def _leave(filled: Filled, setting: Setting, on: date) -> Happening:
    why = _why(filled, setting)
    _chosen(filled)
    _one_head(filled, staying=True)
    return Happening(Kind.LEAVE, on, why=why, who=filled.who, relations=filled.relations)


def _split(filled: Filled, setting: Setting, on: date) -> Happening:
    number = filled.texts.get("household_no", "")[:_LONGEST_NUMBER]
    if not number or not households_by_no([number]).is_empty():
        filled.refuse("household_no", "number")
    _chosen(filled)
    if len(filled.who) == len(filled.relations):
        filled.refuse("who", "all")
    elif filled.who:
        if [filled.relations[row] for row in filled.who].count(HEAD) != 1:
            filled.refuse("relations", "head_there")
        _one_head(filled, staying=True)
    to = Home(setting.home.village_code, setting.home.village_name, number)
    return Happening(Kind.SPLIT, on, who=filled.who, relations=filled.relations, to=to)


def _merge(filled: Filled, setting: Setting, on: date) -> Happening | None:
    number = filled.texts.get("household_no", "")[:_LONGEST_NUMBER]
    found = households_by_no([number])["household_id"].to_list()
    try:
        other = next((one for one in found if one != setting.number), 0)
        village = home_of(setting.area, other)["village"]
    except HouseholdUnknown:
        filled.refuse("household_no", "other")
        return None
    if any(relation in {"", HEAD} for relation in filled.relations.values()):
        filled.refuse("relations", "guest")
    place = Place.objects.get(number=village)
    to = Home(place.code, place.name, number)
    return Happening(Kind.MERGE, on, who=list(filled.relations), relations=filled.relations, to=to)


def _move(filled: Filled, setting: Setting, on: date) -> Happening | None:
    code, listed = filled.texts.get("code", ""), filled.texts.get("village", "")
    group = filled.texts.get("group", "")
    try:
        place = resolve(setting.area, code or int(listed))
    except (PlaceUnknown, ValueError, OverflowError):
        filled.refuse("village", "place")
        return None
    stays = place.code == setting.home.village_code and group in {"", setting.group}
    if place.level != Level.VILLAGE or stays:
        filled.refuse("village", "place")
    to = Home(place.code, place.name, setting.home.household_no)
    return Happening(Kind.MOVE, on, to=to, group=group)


def _head(filled: Filled, setting: Setting, on: date) -> Happening:
    _one_head(filled, staying=False)
    if filled.relations == relations_of(setting.sheet):
        filled.refuse("relations", "same")
    return Happening(Kind.HEAD, on, relations=filled.relations)


def _chosen(filled: Filled) -> None:
    if not filled.who:
        filled.refuse("who", "who")


def _one_head(filled: Filled, *, staying: bool) -> None:
    """Ask for one head among those who stay, if anybody does."""
    stay = [relation for row, relation in filled.relations.items() if not (staying and row in filled.who)]
    if stay and stay.count(HEAD) != 1:
        filled.refuse("relations", "head_here")


_READERS: Final[Mapping[Kind, Callable[[Filled, Setting, date], Happening | None]]] = {
    Kind.JOIN: _join,
    Kind.LEAVE: _leave,
    Kind.SPLIT: _split,
    Kind.MERGE: _merge,
    Kind.MOVE: _move,
    Kind.HEAD: _head,
}
