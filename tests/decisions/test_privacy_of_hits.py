"""No name and no number of anybody leaves a comparison: not into leads, events, counts, hits or the log."""

import re

import pytest
from django.db import connection

from bangfu.audit.models import Event
from bangfu.decisions.models import Comparison, Hit
from bangfu.decisions.persons import opened_ids, registered_persons
from bangfu.intake.list_reading import read_list
from bangfu.params import load
from bangfu.places.scope import Scope
from bangfu.work.models import Lead

pytestmark = pytest.mark.store
TABLES = ("decisions_comparison", "decisions_hit", "work_lead", "audit_event")


@pytest.fixture
def secrets(hamlet, lists):
    """Every number of the register and of a list, and the names on the list."""
    persons = registered_persons(Scope.everywhere())
    told = read_list(lists.folder / "vehicles.xlsx", "vehicles", load()).frame
    numbers = {*opened_ids(persons, hamlet.keys), *told["id_no"], *told["written_id"]} - {None}
    return numbers, {*told["name"], *persons["name"]} - {None}


def written(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return "\n".join(map(repr, cursor.fetchall()))


def test_what_is_stored_names_nobody(compare, secrets):
    numbers, names = secrets
    before = Event.objects.count()
    compare("vehicles", complete=True)
    assert Hit.objects.filter(how="likely").exists()
    for table in TABLES[:3]:
        text = written(table)
        assert not [number for number in numbers if number in text]
        assert not [name for name in names if len(name) > 2 and name in text]
    fresh = Event.objects.order_by("id")[before:]
    bodies = "\n".join(event.body + event.subject for event in fresh)
    assert not [secret for secret in numbers | names if secret in bodies]
    assert not re.search(r"溪[A-H]·?[A-H]\d{4}", "".join(Hit.objects.values_list("facts", flat=True)))


def test_what_is_logged_names_nobody(compare, secrets, caplog, capfd):
    numbers, names = secrets
    caplog.set_level("DEBUG")
    compare("vehicles")
    told = caplog.text + "".join(capfd.readouterr())
    assert not [number for number in numbers if number in told]
    sql = {"django.db.backends"}
    lines = [record.getMessage() for record in caplog.records if record.name not in sql]
    assert not [name for name in names if any(name in line for line in lines)]


def test_a_lead_and_its_hit_tell_the_same_row(compare):
    compare("payroll")
    for hit in Hit.objects.select_related("lead"):
        assert f"第{hit.row}行" in hit.lead.evidence
        assert hit.lead.subject_id == hit.household_id
    assert Comparison.objects.get().digest
    assert Lead.objects.filter(kind="comparison.payroll").count() == Hit.objects.count()
