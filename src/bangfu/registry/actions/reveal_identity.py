"""Open masked values of one person or one household, once, for a stated reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from django.db import transaction

from bangfu.access.acting import ActingPerson
from bangfu.access.field_classes import Sight, Sights, sights_of
from bangfu.access.models import Person
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.models import Event
from bangfu.kernel.actors import Can, require
from bangfu.kernel.days import SHANGHAI
from bangfu.kernel.errors.access import RevealReasonMissing, RevealsUsedUp
from bangfu.kernel.errors.register import HouseholdUnknown
from bangfu.kernel.home import Home
from bangfu.params import Field, load
from bangfu.params.field import SENSITIVE
from bangfu.places.scope import Scope, chain_of
from bangfu.registry.dossier import Dossier, dossier
from bangfu.registry.masking import SEALED, opened

ACTION: Final = "identity.reveal"
REASONS: Final = "reveal_reason"
"""The code list of reasons."""
_FIELDS: Final = {"person": ("id_no", "phone"), "household": ("household_phone",)}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose values are opened: one member of a household, or the household itself."""

    kind: Literal["person", "household"]
    number: int


@transaction.atomic
def reveal(*, by: ActingPerson, scope: Scope, household: int, subject: Subject, reason: int) -> Mapping[str, str]:
    """Open the masked values of a person or household and note it in the audit chain (查看完整信息).

    by        needs the right to see masked values in the household's village
    scope     where the person reads the register
    subject   the household itself, or one of its present members
    reason    number of a code of the list `reveal_reason`
    Returns   field -> value of what is on file; the caller shows it once and keeps it nowhere
    Raises    HouseholdUnknown, NotPermitted, RevealReasonMissing, RevealsUsedUp
    """
    found = dossier(scope, household)
    row = _row(found, subject)
    require(by, Can.REVEAL, found.village)
    if reason not in load().code_lists[REASONS].numbers:
        raise RevealReasonMissing
    lock_chain(county := chain_of(found.village))
    Person.objects.select_for_update().get(pk=by.person_id)
    sights = sights_of(by, found.village)
    if reveals_today(by) >= sights.reveals:
        raise RevealsUsedUp(actor=by.name, limit=sights.reveals)
    keys = Home.current().keys
    fields = _openable(subject, sights)
    values = {field.name: opened(field.name, subject.number, row, keys) for field in fields}
    told = {name: value for name, value in values.items() if value is not None}
    append_event(
        by=by,
        county=county,
        action=ACTION,
        subject=f"{subject.kind} {subject.number}",
        body={"fields": sorted(told), "household": household, "reason": reason},
    )
    return told


def reveals_today(by: ActingPerson) -> int:
    """Return how often the person has opened masked values today, by the clock of the audit chain, anywhere."""
    begun = _now().replace(hour=0, minute=0, second=0, microsecond=0)
    return Event.objects.filter(action=ACTION, actor_id=by.person_id, at__gte=begun).count()


def _now() -> datetime:
    return datetime.now(SHANGHAI)


def _row(found: Dossier, subject: Subject) -> Mapping[str, object]:
    if subject == Subject("household", found.household):
        return found.facts
    if subject.kind == "person":
        for person, facts in found.members:
            if person == subject.number:
                return facts
    raise HouseholdUnknown(household=found.household)


def _openable(subject: Subject, sights: Sights) -> Sequence[Field]:
    """Return the fields of class D3 that lie sealed and that the person sees masked."""
    fields = load().fields["person" if subject.kind == "person" else "household"]
    every = (fields[name] for name in _FIELDS[subject.kind] if name in SEALED)
    return [field for field in every if field.privacy == SENSITIVE and sights.of(field) != Sight.NONE]
