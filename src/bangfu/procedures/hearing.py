"""Everything that reads objections: what waits for whose answer, what a receipt opens, which cases wait."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Min, Q, QuerySet

from bangfu.access.acting import ActingPerson
from bangfu.access.models import Grant
from bangfu.access.roles import RIGHTS, Role
from bangfu.kernel.bulk import in_list
from bangfu.kernel.errors.procedures import ObjectionUnknown
from bangfu.kernel.home import Home
from bangfu.places.scope import COUNTRY, Scope, lineage
from bangfu.procedures.levels import hearing_roots, roots_heard
from bangfu.procedures.models import Answer, Objection


@dataclass(frozen=True, slots=True)
class Heard:
    """An objection as who hears it reads it: opened."""

    objection: Objection
    words: str
    who: str | None
    answer: Answer | None


def objections_heard(actor: ActingPerson, *, open_only: bool = True) -> list[Objection]:
    """Return the objections that the person answers, what is due first before the rest; their words stay unread."""
    found = _heard_by(actor).select_related("answer").defer("words", "who").order_by("due_on", "pk")
    return list(found.filter(answer__isnull=True) if open_only else found)


def objections_waiting(actor: ActingPerson) -> tuple[int, date | None]:
    """Return how many objections wait for the person's answer, and by when the first is due."""
    told = _heard_by(actor).filter(answer__isnull=True).aggregate(count=Count("pk"), due=Min("due_on"))
    return told["count"], told["due"]


def objection_heard(actor: ActingPerson, number: int) -> Heard:
    """Return an objection opened, for a person who answers it; raises ObjectionUnknown."""
    found = _heard_by(actor).filter(pk=number).select_related("answer").first()
    if found is None:
        raise ObjectionUnknown(objection=number)
    return _opened(found)


def objection_of(receipt: str) -> Heard:
    """Return an objection to who holds its receipt; raises ObjectionUnknown."""
    found = Objection.objects.filter(receipt=receipt.strip().upper()).select_related("answer").first()
    if found is None:
        raise ObjectionUnknown(objection=receipt[:4] + "…")
    return _opened(found)


def objections_unheard(on: date) -> dict[str, int]:
    """Return level -> how many open objections wait there though nobody who can come in may hear them on a day.

    A case stands still until its objection is answered: where no one holds the role, somebody must be given it.
    """
    waiting = Counter(Objection.objects.filter(answer__isnull=True).values_list("level", "place"))
    if not waiting:
        return {}
    live = Grant.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), from_on__lte=on)
    if not Home.current().demo:
        live = live.filter(Q(person__account__is_active=True) | Q(person__os_login__isnull=False))
    grants = {(place, RIGHTS[Role(role)]) for place, role in live.values_list("place", "role").distinct()}
    heard = {level: set(roots_heard(grants, level)) for level, _ in waiting}
    unheard: Counter[str] = Counter()
    for (level, place), count in waiting.items():
        if heard[level].isdisjoint({COUNTRY, *lineage(place)}):
            unheard[level] += count
    return dict(unheard)


def _heard_by(actor: ActingPerson) -> QuerySet[Objection]:
    """Return what the person answers, level by level."""
    heard = Q(pk__in=[])
    for level in ("town", "county", "city", "province"):
        roots = hearing_roots(actor, level)
        if roots:
            heard |= Q(level=level) & Scope(roots).holds("place")
    return Objection.objects.filter(heard)


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
