"""What a person sees of a field at a place: the one table of roles and classes (数据级别).

A field has a class from D0 to D4 (params/fields). D0 and D1 are open to everybody who works here; of the
others a role sees the value in full, masked, or nothing. A masked value of D3 can be opened one by one,
with a reason, by an act that the audit chain keeps; see `registry.actions.reveal_identity`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from bangfu.access.acting import ActingPerson
from bangfu.access.roles import REVEALS_A_DAY, Role
from bangfu.kernel.actors import Can
from bangfu.params import Field
from bangfu.params.field import SENSITIVE
from bangfu.places.scope import COUNTRY, lineage

OPEN: Final = 1
"""The highest class that everybody sees who works here."""
HOUSEHOLD: Final = 2
CHILD_UNDER: Final = 14
"""Years of age below which a person's papers are sensitive (个人信息保护法第二十八条)."""
OF_A_CHILD: Final = frozenset({"born_on", "dropout_reason"})
"""Fields that are sensitive while the person is a child."""


class Sight(IntEnum):
    """How much of a value somebody sees, from nothing to all."""

    NONE = 0
    MASKED = 1
    FULL = 2


_CLERK: Final = {HOUSEHOLD: Sight.FULL, SENSITIVE: Sight.MASKED, 4: Sight.MASKED}
SEES: Final[Mapping[Role, Mapping[int, Sight]]] = {
    Role.VILLAGE_CLERK: {HOUSEHOLD: Sight.FULL, SENSITIVE: Sight.MASKED},
    Role.TOWN_CLERK: _CLERK,
    Role.COUNTY_CLERK: _CLERK,
    Role.COUNTY_APPROVER: _CLERK,
    Role.INSPECTOR: _CLERK,
    Role.AUDITOR: _CLERK,
}
"""Role -> class -> sight. What does not stand here is not seen; a member of a household sees all of their own."""


@dataclass(frozen=True, slots=True)
class Sights:
    """What one person sees of one household (可见范围).

    by_class  class -> sight
    reveals   how many masked values the person may open in a day; 0 who may open none
    """

    by_class: Mapping[int, Sight]
    reveals: int = 0

    def of_class(self, privacy: int) -> Sight:
        """Return what is seen of a class."""
        return Sight.FULL if privacy <= OPEN else self.by_class.get(privacy, Sight.NONE)

    def of(self, field: Field, age: int | None = None) -> Sight:
        """Return what is seen of a field; `age` is that of the person whose field it is.

        Whose age is not known counts as grown up only where nothing else says so: as a child.
        """
        return self.of_class(class_of(field, age))


def class_of(field: Field, age: int | None = None) -> int:
    """Return the class of a field of a person of this age: a child's birthday and papers are sensitive."""
    child = field.subject == "person" and field.name in OF_A_CHILD and (age is None or age < CHILD_UNDER)
    return max(field.privacy, SENSITIVE) if child else field.privacy


def sights_of(actor: ActingPerson, village: int, household: int | None = None) -> Sights:
    """Return what the person sees of a household in this village, by the live grants that cover it."""
    if household is not None and household in actor.own_households:
        return Sights(dict.fromkeys(range(HOUSEHOLD, 5), Sight.FULL))
    above = {COUNTRY, *lineage(village)}
    roles = [grant.role for grant in actor.grants if grant.place in above and grant.household is None]
    seen: dict[int, Sight] = {}
    for role in roles:
        for privacy, sight in SEES.get(role, {}).items():
            seen[privacy] = max(seen.get(privacy, Sight.NONE), sight)
    reveals = max((REVEALS_A_DAY.get(role, 0) for role in roles), default=0)
    return Sights(seen, reveals if actor.may(Can.REVEAL, village) else 0)
