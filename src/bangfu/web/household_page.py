"""What the page of a household shows, in the words of the person who looks: values masked by their class."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bangfu.access.field_classes import Sight, Sights
from bangfu.analysis.findings import Finding
from bangfu.kernel.days import age_on
from bangfu.kernel.secrets import Keys
from bangfu.kernel.status import POVERTY_TRACK, STATUS_NAMES, StatusKind
from bangfu.kernel.texts import Text
from bangfu.params import Parameters
from bangfu.registry.dossier import Dossier
from bangfu.registry.masking import Told, opened, told
from bangfu.rules.income import Basis
from bangfu.snapshots.reasons import Reasons

ASSURANCES: Final = ("food_unassured", "clothing_unassured")
GUARANTEES: Final = ("education_gap", "medical_gap", "housing_unsafe", "water_unsafe")
"""Criteria of the two assurances and the three guarantees (两不愁三保障), asked as lacks; water goes with housing."""
_MEMBER_FIELDS: Final = (
    "relation",
    "sex",
    "education_level",
    "enrolment",
    "health_status",
    "disability_kind",
    "labour_capacity",
    "work_region",
    "work_months",
    "born_on",
)
_FACTS: Final = {
    "standing": ("main_cause", "other_causes", "household_type", "origin", "planned_exit_year"),
    "housing": ("housing_area_dm2", "housing_structure", "built_year", "housing_grade"),
    "water": ("water_safe", "water_difficult"),
    "amenities": ("domestic_power", "broadcast_tv", "sanitary_toilet", "fuel", "road_type", "road_distance_m"),
    "land": ("cultivated_mu100", "irrigated_mu100", "forest_mu100", "orchard_mu100"),
    "risk": ("risks", "measures", "no_labour_backstop"),
    "relocation": ("relocated", "relocation_mode", "resettlement"),
}
"""Topic -> the household's own fields that the page shows of it."""
_CONTACTS: Final = ("household_phone", "account")


@dataclass(frozen=True, slots=True)
class Member:
    """One present member; `told` holds the fields by name, each as the reader sees it."""

    person: int
    name: str | None
    age: int | None
    head: bool
    told: dict[str, Told]

    @property
    def openable(self) -> bool:
        """Tell whether a masked value is on file."""
        return any(one.masked for name, one in self.told.items() if name in {"id_no", "phone"})


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """One income item of a run: what it is called, how it counts, and its fen."""

    title: Text
    counts: str
    fen: int | None


@dataclass(frozen=True, slots=True)
class Income:
    """The income of a run, item by item, and how the sum per head follows (收入构成).

    lines  the items that the programme adds or subtracts, then those that it leaves out
    summed whether the compared amount is the sum of the items; else a stated figure counted
    """

    lines: list[IncomeLine]
    fen: int | None
    heads: int | None
    per_head: int | None
    summed: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one topic with their titles."""

    title: Text
    facts: list[tuple[Text, Told]]


class Portrait:
    """A dossier as one person sees it (户页).

    of      the dossier
    sights  what the person sees of it
    on      the day on which ages are reckoned
    """

    def __init__(self, of: Dossier, sights: Sights, parameters: Parameters, keys: Keys, on: date) -> None:
        self.of, self.sights, self.parameters, self.on = of, sights, parameters, on
        self.members = [self._member(person, facts, keys) for person, facts in of.members]
        self.contacts = self._contacts(keys)
        self.groups = [self._group(topic, names) for topic, names in _FACTS.items()]

    @property
    def head(self) -> Member | None:
        """The head of the household."""
        return next((member for member in self.members if member.head), None)

    @property
    def status(self) -> list[Text]:
        """The state of both tracks: poor or exited, and whether monitored."""
        last: dict[bool, StatusKind] = {}
        for entry in self.of.status:
            kind = StatusKind(entry.facts["kind"])
            last[kind in POVERTY_TRACK] = kind
        return [STATUS_NAMES[kind] for _, kind in sorted(last.items(), reverse=True)]

    def fact(self, name: str) -> Told:
        """Return a fact of the household's own, as the person sees it."""
        field = self.parameters.fields["household"][name]
        return told(field, self.of.facts.get(name), self.sights, self.parameters)

    def _member(self, person: int, facts: Mapping[str, Any], keys: Keys) -> Member:
        age = age_on(facts.get("born_on"), self.on)
        fields = self.parameters.fields["person"]
        shown = {
            name: told(fields[name], facts.get(name), self.sights, self.parameters, age) for name in _MEMBER_FIELDS
        }
        for name in ("id_no", "phone"):
            sight = self.sights.of(fields[name])
            value = None if sight == Sight.NONE else opened(name, person, facts, keys)
            shown[name] = told(fields[name], value, self.sights, self.parameters)
        return Member(person, facts.get("name"), age, facts.get("relation") == 1, shown)

    def _contacts(self, keys: Keys) -> list[tuple[Text, Told]]:
        shown = []
        for name in _CONTACTS:
            field = self.parameters.fields["household"][name]
            hidden = self.sights.of(field) == Sight.NONE
            value = None if hidden else opened(name, self.of.household, self.of.facts, keys)
            shown.append((field.title, told(field, value, self.sights, self.parameters)))
        return shown

    def _group(self, topic: str, names: tuple[str, ...]) -> Group:
        fields = self.parameters.fields["household"]
        title = TOPICS[topic]
        return Group(title, [(fields[name].title, self.fact(name)) for name in names])


TOPICS: Final = {
    "standing": Text(zh="识别信息", en="Standing"),
    "risk": Text(zh="风险与措施", en="Risks and measures"),
    "living": Text(zh="吃穿", en="Food and clothing"),
    "housing": Text(zh="住房", en="Housing"),
    "water": Text(zh="饮水", en="Drinking water"),
    "amenities": Text(zh="生活条件", en="Amenities"),
    "land": Text(zh="生产条件", en="Land"),
    "cooperation": Text(zh="带动", en="Links to enterprises"),
    "relocation": Text(zh="易地搬迁", en="Relocation"),
    "contact": Text(zh="联系方式", en="Contact"),
    "residence": Text(zh="所在村", en="Residence"),
    "income": Text(zh="收入", en="Income"),
    "status": Text(zh="状态", en="Status"),
    "identity": Text(zh="身份", en="Identity"),
    "membership": Text(zh="家庭成员", en="Membership"),
    "profile": Text(zh="基本情况", en="Profile"),
    "schooling": Text(zh="就学", en="Schooling"),
    "health": Text(zh="健康", en="Health"),
    "labour": Text(zh="劳动能力", en="Labour capacity"),
    "work": Text(zh="务工", en="Work"),
    "insurance": Text(zh="保险", en="Insurance"),
    "benefits": Text(zh="社会救助", en="Social assistance"),
}
"""What each topic of the register is called on the pages."""


def income_of(reasons: Reasons, parameters: Parameters) -> Income:
    """Return the income that a run compared, item by item."""
    fields = parameters.fields["household"]
    turn = {"add": 0, "subtract": 1, "exclude": 2}
    lines = [
        IncomeLine(fields[name].title, counts, reasons.fen.get(name))
        for name, counts in sorted(reasons.items.items(), key=lambda one: (turn[one[1]], list(fields).index(one[0])))
        if counts != "exclude" or reasons.fen.get(name)
    ]
    row = reasons.row
    summed = row["income_basis"] == Basis.ITEMS
    return Income(lines, row["income_fen"], row["income_heads"], row["income_pc_fen"], summed)


def conditions(reasons: Reasons) -> list[tuple[Finding, bool | None]]:
    """Return the assurances and guarantees of the run, each with whether it is met; None is not known."""
    by_name = {one.name: one for one in reasons.told.findings}
    asked = [by_name[name] for name in (*ASSURANCES, *GUARANTEES) if name in by_name]
    return [(one, None if one.outcome is None else not one.outcome) for one in asked]


def changes_seen(reasons: Reasons, sights: Sights, parameters: Parameters) -> tuple[list[Text], int]:
    """Return what would change the outcome, in sentences, and how many of these the reader may not see."""
    fields = {**parameters.fields["household"], **parameters.fields["person"]}
    seen = [
        change.sentence
        for change in reasons.firm.changes
        if change.field not in fields or sights.of(fields[change.field], None) == Sight.FULL
    ]
    return seen, len(reasons.firm.changes) - len(seen)
