"""Approve content that another person made."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_number
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.errors.access import OwnWork
from bangfu.kernel.home import Home
from bangfu.procedures.models import Approval

_COLUMNS = ("id", "subject_kind", "subject_id", "subject_hash", "step", "county", "maker_id", "person_id")


@dataclass(frozen=True, slots=True)
class Content:
    """What is approved: a subject and the hash of exactly what was shown.

    kind    kind of the subject, for instance batch
    id      its number
    county  on whose chain the approval stands; 0 above counties
    hash    SHA-256 of the content, hex; any alteration needs a new approval
    maker   number of the person who made the content
    """

    kind: str
    id: int
    county: int
    hash: str
    maker: int


@transaction.atomic
def approve(*, by: Actor, permission: Can, content: Content, step: str) -> Approval:
    """Record that a second person approves this content at this step (审批，双人复核).

    The county's chain is held first, so that two approvals of one subject follow each other, and the
    verb that counts them next in the same transaction counts all. Approving again changes nothing.

    permission  the right that this step asks for
    step        name of the step
    Returns     the approval, the existing one if the person had given it before
    Raises      NotPermitted, OwnWork
    """
    require(by, permission, content.county)
    if by.person_id == content.maker:
        raise OwnWork(actor=by.name, subject=f"{content.kind} {content.id}")
    lock_chain(content.county)
    given = _given(content, step).filter(person_id=by.person_id).first()
    if given is not None:
        return given
    row = (
        next_number(Approval),
        content.kind,
        content.id,
        content.hash,
        step,
        content.county,
        content.maker,
        by.person_id,
    )  # fmt: skip  one row, one line
    event = append_event(
        by=by,
        county=content.county,
        action=f"{content.kind}.approve",
        subject=f"{content.kind} {content.id}",
        body={
            "content": content.hash,
            "step": step,
            "tables": {Approval._meta.db_table: commit_rows(Home.current().keys, _COLUMNS, [row])},
        },
    )
    return Approval.objects.create(**dict(zip(_COLUMNS, row, strict=True)), event=event)


def approvers(content: Content, step: str) -> frozenset[int]:
    """Return the numbers of the persons who approved exactly this content at this step."""
    return frozenset(_given(content, step).values_list("person_id", flat=True))


def _given(content: Content, step: str) -> QuerySet[Approval]:
    return Approval.objects.filter(
        subject_kind=content.kind, subject_id=content.id, subject_hash=content.hash, step=step
    )
