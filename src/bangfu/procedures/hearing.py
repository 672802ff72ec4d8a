"""Everything that reads objections: what waits for whose answer, what a receipt opens, which cases wait."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from bangfu.access.acting import ActingPerson
from bangfu.kernel.bulk import in_list
from bangfu.kernel.errors.procedures import ObjectionUnknown
from bangfu.kernel.home import Home
from bangfu.places.scope import Scope
from bangfu.procedures.levels import hearing_roots
from bangfu.procedures.models import Answer, Objection


@dataclass(frozen=True, slots=True)
class Heard:
    """An objection as who hears it reads it: opened."""

    objection: Objection
    words: str
    who: str | None
    answer: Answer | None


def objections_heard(actor: ActingPerson, *, open_only: bool = True) -> list[Objection]:
    """Return the objections that the person answers, what is due first before the rest."""
    found: list[Objection] = []
    for level in ("town", "county", "city", "province"):
        roots = hearing_roots(actor, level)
        if not roots:
            continue
        some = Objection.objects.filter(Scope(roots).holds("place"), level=level).select_related("answer")
        found += some.filter(answer__isnull=True) if open_only else some
    return sorted(found, key=lambda one: (one.due_on, one.pk))


def objection_heard(actor: ActingPerson, number: int) -> Heard:
    """Return an objection opened, for a person who answers it; raises ObjectionUnknown."""
    found = next((one for one in objections_heard(actor, open_only=False) if one.pk == number), None)
    if found is None:
        raise ObjectionUnknown(objection=number)
    return _opened(found)


def objection_of(receipt: str) -> Heard:
    """Return an objection to who holds its receipt; raises ObjectionUnknown."""
    found = Objection.objects.filter(receipt=receipt.strip().upper()).select_related("answer").first()
    if found is None:
        raise ObjectionUnknown(objection=receipt[:4] + "…")
    return _opened(found)


def _opened(found: Objection) -> Heard:
    keys = Home.current().keys
    words = keys.decrypt(bytes.fromhex(found.words), f"objection|words|{found.pk}").decode()
    who = keys.decrypt(bytes.fromhex(found.who), f"objection|who|{found.pk}").decode() if found.who else None
    return Heard(found, words, who, getattr(found, "answer", None))


def objections_of(cases: Sequence[int]) -> dict[int, int]:
    """Return case -> how many objections are open against it."""
    condition, parameter = in_list(connection, "o.case_id", list(cases))
    sql = (
        "SELECT o.case_id, COUNT(*) FROM procedures_objection o LEFT JOIN procedures_answer a ON a.objection_id = o.id "
        f"WHERE a.id IS NULL AND {condition} GROUP BY o.case_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [parameter])
        return dict(cursor.fetchall())
