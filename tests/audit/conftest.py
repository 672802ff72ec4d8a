"""A history with every kind of row of the ground floor, and the means to tamper with it."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from bangfu.access.actions.end_grant import end_grant
from bangfu.access.actions.grant_role import grant_role
from bangfu.access.models import Person
from bangfu.audit.append_only import drop_statements
from bangfu.audit.verifier import verify
from bangfu.kernel.actors import Can
from bangfu.places.actions.load_places import load_places
from bangfu.procedures.actions.approve import Content, approve
from bangfu.work.actions.open_leads import Doubt, open_leads


@pytest.fixture
def approval(places, clerk, approver):
    """One approval by the second person."""
    content = Content(kind="batch", id=1, county=places.county, hash="ab" * 32, maker=clerk.person_id)
    return approve(by=approver, permission=Can.APPROVE_IMPORT, content=content, step="apply")


@pytest.fixture
def history(home, people, places, approval):
    """Places loaded and renamed, a grant given and ended, leads opened, an approval: a clean history."""
    renamed = {"code": str(places.village), "name": "新柳村", "level": "村", "parent": str(places.town)}
    load_places(by=people.clerk, rows=[renamed])
    grant = grant_role(
        by=people.security,
        person=Person.objects.get(name="孙督查"),
        role="auditor",
        place=places.county,
        from_on=date(2020, 1, 1),
    )
    end_grant(by=people.security, grant=grant.pk, last_on=date(2020, 12, 31))
    doubts = [Doubt("import.status_differs", places.county, "household", n, "两份名单不一致") for n in (1, 2)]
    with transaction.atomic():
        open_leads(by=people.clerk, event=None, rows=doubts)
    return SimpleNamespace(
        home=home,
        county=places.county,
        places=places,
        verify=lambda *heads: _verified(home, heads),
        sql=_sql,
        open=_open,
    )


def _verified(home, heads):
    return verify(home.database_url or str(home.database_file), home.key_file, heads)


def _sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def _open():
    """Take the triggers away, as somebody would who owns the database."""
    for table in ("audit_event", "procedures_approval"):
        for statement in drop_statements(table, connection.vendor):
            _sql(statement)
