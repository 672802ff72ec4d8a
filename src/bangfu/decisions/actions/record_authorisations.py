"""Record what households signed before they may be looked up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from bangfu.access.acting import ActingPerson, today
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_numbers
from bangfu.decisions.models import Authorisation
from bangfu.kernel.actors import Can, require
from bangfu.kernel.errors.comparisons import AuthorisationUnlike
from bangfu.kernel.home import Home
from bangfu.places.scope import Scope
from bangfu.registry.directory import directory

_COLUMNS: Final = ("id", "county", "household_id", "signed_on", "signer", "paper", "person_id")
_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """One signed authorisation.

    household  number of the household
    signer     code of the list `relation`: who of the household signed
    paper      number under which it is filed
    """

    household: int
    signed_on: date
    signer: int
    paper: str


@transaction.atomic
def record_authorisations(*, by: ActingPerson, county: int, papers: Sequence[SignedPaper]) -> int:
    """Record signed authorisations of households of a county (登记承诺授权书); a paper on file is not recorded twice.

    by       needs the right to record what households sign, in the village of each
    Returns  how many were recorded
    Raises   NotPermitted; AuthorisationUnlike for a household that is not registered there, a day that lies ahead,
             or a paper without a number
    """
    homes = dict(directory(Scope((county,))).select("household", "village").iter_rows())
    wrong = [one for one in papers if one.household not in homes or one.signed_on > today() or not one.paper.strip()]
    if wrong:
        raise AuthorisationUnlike(households=", ".join(str(one.household) for one in wrong[:_SHOWN]))
    for village in sorted({homes[one.household] for one in papers}):
        require(by, Can.HEAR_HOUSEHOLD, village)
    lock_chain(county)
    fresh = _not_on_file(papers, county)
    if not fresh:
        return 0
    rows = [
        (number, county, one.household, one.signed_on, one.signer, one.paper, by.person_id)
        for number, one in zip(next_numbers(Authorisation, len(fresh)), fresh, strict=True)
    ]
    promise = commit_rows(Home.current().keys, _COLUMNS, rows)
    event = append_event(
        by=by,
        county=county,
        action="authorisation.record",
        subject=f"authorisations {len(rows)}",
        body={"tables": {Authorisation._meta.db_table: promise}},
    )
    Authorisation.objects.bulk_create(
        [Authorisation(**dict(zip(_COLUMNS, row, strict=True)), event=event) for row in rows]
    )
    return len(rows)


def _not_on_file(papers: Sequence[SignedPaper], county: int) -> list[SignedPaper]:
    fields = ("household_id", "signed_on", "paper")
    on_file = set(Authorisation.objects.filter(county=county).values_list(*fields))
    fresh = {(one.household, one.signed_on, one.paper): one for one in papers}
    return [one for key, one in fresh.items() if key not in on_file]
