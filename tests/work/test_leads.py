"""Doubts that wait for a person."""

import pytest
from django.db import transaction

from bangfu.audit.models import Event
from bangfu.audit.verifier import verify
from bangfu.work.actions.open_leads import Doubt, open_leads
from bangfu.work.models import Lead

pytestmark = pytest.mark.store


def doubt(county, subject=1, evidence="名单与登记不一致"):
    return Doubt("import.status_differs", county, "household", subject, evidence)


def opened(by, *rows, event=None):
    with transaction.atomic():
        return open_leads(by=by, event=event, rows=rows)


def test_each_doubt_becomes_an_open_lead(clerk, places, home):
    assert opened(clerk, *[doubt(places.county, number) for number in range(3)]) == 3
    assert list(Lead.objects.order_by("id").values_list("subject_id", "state")) == [
        (0, "open"),
        (1, "open"),
        (2, "open"),
    ]
    assert not verify(home.database_url or str(home.database_file), home.key_file).faults


def test_a_doubt_that_is_open_is_not_opened_twice(clerk, places):
    assert opened(clerk, doubt(places.county), doubt(places.county)) == 1
    events = Event.objects.count()
    assert opened(clerk, doubt(places.county)) == 0
    assert Event.objects.count() == events


def test_other_evidence_is_another_doubt(clerk, places):
    opened(clerk, doubt(places.county))
    assert opened(clerk, doubt(places.county, evidence="车辆登记")) == 1


def test_a_doubt_that_was_settled_may_be_raised_again(clerk, places):
    opened(clerk, doubt(places.county))
    Lead.objects.update(state=Lead.State.DISMISSED)
    assert opened(clerk, doubt(places.county)) == 1


def test_each_county_has_its_own_event_and_names_the_cause(clerk, places, home):
    cause = Event.objects.first()
    opened(clerk, doubt(places.other_county), doubt(places.county), event=cause)
    events = Event.objects.filter(action="lead.open").order_by("county")
    assert [event.county for event in events] == [places.county, places.other_county]
    assert all(f'"cause":[{cause.county},{cause.seq}]' in event.body for event in events)
    assert not verify(home.database_url or str(home.database_file), home.key_file).faults


def test_no_doubt_is_no_event(clerk, places):
    assert opened(clerk) == 0
    assert not Event.objects.filter(action="lead.open").exists()


def test_leads_belong_to_the_transaction_of_their_cause(clerk, places):
    with pytest.raises(AssertionError):
        open_leads(by=clerk, event=None, rows=[doubt(places.county)])
