"""What an error of the house means to whoever called: pages and API answer alike."""

from http import HTTPStatus
from typing import Final

from bangfu.kernel.errors import AccessError, BangfuError
from bangfu.kernel.errors.access import CardUnknown, PersonUnknown, TooManyAttempts
from bangfu.kernel.errors.comparisons import HitUnknown
from bangfu.kernel.errors.evidence import EvidenceUnknown, HouseholdNotInRun
from bangfu.kernel.errors.procedures import CaseUnknown, NoticeUnknown, ObjectionUnknown, RoundUnknown
from bangfu.kernel.errors.register import BatchNotFound, HouseholdUnknown, JobUnknown, PlaceUnknown

NOT_FOUND: Final = (
    PersonUnknown,
    PlaceUnknown,
    EvidenceUnknown,
    HouseholdNotInRun,
    HouseholdUnknown,
    BatchNotFound,
    JobUnknown,
    CaseUnknown,
    NoticeUnknown,
    ObjectionUnknown,
    RoundUnknown,
    HitUnknown,
)
"""What does not exist, or lies outside the person's area: nobody learns which."""


def status_of(error: BangfuError) -> int:
    """Return the HTTP status of an error of the house: 404 for what does not exist here, 403, 429, else 400."""
    if isinstance(error, TooManyAttempts):
        return HTTPStatus.TOO_MANY_REQUESTS
    if isinstance(error, CardUnknown):
        return HTTPStatus.BAD_REQUEST
    if isinstance(error, NOT_FOUND):
        return HTTPStatus.NOT_FOUND
    return HTTPStatus.FORBIDDEN if isinstance(error, AccessError) else HTTPStatus.BAD_REQUEST
