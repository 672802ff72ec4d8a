"""Tables of procedures."""

from bangfu.procedures.models.act import Act, ActKind
from bangfu.procedures.models.approval import Approval
from bangfu.procedures.models.case import Case
from bangfu.procedures.models.notice import Notice
from bangfu.procedures.models.objection import Answer, Channel, Objection, ObjectionKind
from bangfu.procedures.models.standing import CaseState, Hand, Standing

__all__ = [
    "Act",
    "ActKind",
    "Answer",
    "Approval",
    "Case",
    "CaseState",
    "Channel",
    "Hand",
    "Notice",
    "Objection",
    "ObjectionKind",
    "Standing",
]
