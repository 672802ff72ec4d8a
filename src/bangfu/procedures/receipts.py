"""What somebody learns who asks by receipt (凭回执查询): where it stands, the answer, and what may still be done."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from bangfu.kernel.codes import Level
from bangfu.kernel.errors.procedures import ObjectionUnknown
from bangfu.places.models import Place
from bangfu.places.scope import lineage
from bangfu.procedures.levels import ABOVE
from bangfu.procedures.models import Answer, Objection, ObjectionKind

_LONGEST = 64
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """An objection as its receipt tells it: nothing of its words, for a receipt may lie about.

    office    the place whose office answers
    late      whether its day has passed without an answer
    appeals   whether it may be taken to the next level; `above` is the place whose office answers then
    appealed  whether it was
    final     whether it is an appeal itself, so that its answer stands
    """

    receipt: str
    place: int
    case: int | None
    kind: ObjectionKind
    raised_on: date
    due_on: date
    office: str
    answer: Answer | None
    late: bool
    appeals: bool
    appealed: bool
    final: bool
    above: str


def typed_receipt(text: str) -> str:
    """Return what somebody typed as a receipt, without spaces and dashes, in capitals."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).upper()
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


def spaced(receipt: str) -> str:
    """Return a receipt in groups of four, as it is read out."""
    return " ".join(receipt[start : start + _GROUP] for start in range(0, len(receipt), _GROUP))


def asked(receipt: str, on: date) -> Asked:
    """Return what the holder of a receipt learns; raises ObjectionUnknown."""
    found = Objection.objects.filter(receipt=typed_receipt(receipt)).select_related("answer").first()
    if found is None:
        raise ObjectionUnknown(objection="")
    answer: Answer | None = getattr(found, "answer", None)
    appealed = Objection.objects.filter(follows=found).exists()
    higher, final = ABOVE[found.level], found.kind == ObjectionKind.APPEAL
    return Asked(
        receipt=spaced(found.receipt),
        place=found.place,
        case=found.case_id,
        kind=ObjectionKind(found.kind),
        raised_on=found.raised_on,
        due_on=found.due_on,
        office=office_of(found.place, found.level),
        answer=answer,
        late=answer is None and on > found.due_on,
        appeals=answer is not None and not appealed and not final and higher != found.level,
        appealed=appealed,
        final=final,
        above=office_of(found.place, higher),
    )


def office_of(place: int, level: str) -> str:
    """Return the name of the place of a level in which a place lies: who answers there; '' where there is none."""
    wanted = Level[level.upper()] if level.upper() in Level.__members__ else Level.VILLAGE
    names = Place.objects.filter(number__in=lineage(place), level=wanted).values_list("name", flat=True)
    return names.first() or ""
