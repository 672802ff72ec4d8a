"""What waits of the register: open doubts about households of the person's places."""

import polars as pl
from django.db import connection

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_of
from bangfu.kernel.actors import Can
from bangfu.kernel.bulk import read_frame
from bangfu.kernel.texts import mark
from bangfu.places.scope import Scope
from bangfu.work.models import Lead
from bangfu.work.my_day import Waiting


def waiting(actor: ActingPerson) -> list[Waiting]:
    """Return how many doubts are open about households of the person's places (疑点线索)."""
    scope = scope_of(actor, Can.READ_REGISTER)
    count = open_leads_within(scope) if scope.roots else 0
    if not count:
        return []
    message = mark("%(count)s doubts about households of your places are open")
    return [Waiting("registry.leads", message, count, "leads", {"count": count})]


def open_leads_within(scope: Scope) -> int:
    """Return how many open doubts are about households that live, or lived, in the scope."""
    inside, parameters = scope.where("r.village")
    lives = (
        "EXISTS (SELECT 1 FROM registry_residence r WHERE r.county = l.county AND r.household_id = l.subject_id "
        f"AND {inside})"
    )
    sql = f"SELECT COUNT(*) AS count FROM work_lead l WHERE l.state = %s AND l.subject_kind = %s AND {lives}"
    facts: list[object] = [Lead.State.OPEN.value, "household", *parameters]
    return int(read_frame(connection, sql, facts, {"count": pl.Int64}).item())
