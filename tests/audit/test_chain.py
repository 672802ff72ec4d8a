"""The chain of events: one order for each county, written once."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.audit.actions import Entry, append_event, append_events, lock_chain
from bangfu.audit.models import Event, Head
from bangfu.audit.verifier import GENESIS, verify

pytestmark = pytest.mark.store

COUNTY = 990101000000
OTHER = 990102000000


def written(by, county=COUNTY, **body):
    with transaction.atomic():
        return append_event(by=by, county=county, action="test.write", subject="test 1", body=body)


def holds(home):
    return not verify(home.database_url or str(home.database_file), home.key_file).faults


def test_the_first_event_of_a_county_follows_nothing(clerk):
    event = written(clerk)
    assert (event.seq, event.prev_hash) == (1, GENESIS)


def test_each_event_follows_the_one_before_it(clerk):
    first, second = written(clerk, n=1), written(clerk, n=2)
    assert (second.seq, second.prev_hash) == (2, first.hash)
    assert list(Head.objects.filter(county=COUNTY).values_list("seq", "hash")) == [(2, second.hash)]


def test_every_county_has_its_own_chain(clerk):
    written(clerk)
    assert written(clerk, county=OTHER).seq == 1


def test_an_event_keeps_who_acted_and_what_was_said(clerk):
    event = Event.objects.get(pk=written(clerk, 理由="核查", n=None).pk)
    assert (event.actor_id, event.actor_name) == (clerk.person_id, clerk.name)
    assert json.loads(event.body) == {"理由": "核查", "n": None}


def test_several_events_of_one_verb_stand_in_the_order_given(clerk, home):
    entries = [Entry(OTHER, "a", {}), Entry(COUNTY, "b", {}), Entry(OTHER, "c", {})]
    with transaction.atomic():
        events = append_events(by=clerk, action="test.write", entries=entries)
    assert [(event.county, event.seq, event.subject) for event in events] == [
        (OTHER, 1, "a"),
        (COUNTY, 1, "b"),
        (OTHER, 2, "c"),
    ]
    assert all(event.pk for event in events)
    assert holds(home)


def test_an_event_outside_a_transaction_is_a_programmers_error(clerk):
    with pytest.raises(AssertionError):
        append_event(by=clerk, county=COUNTY, action="test.write", subject="test 1", body={})


def test_what_is_rolled_back_leaves_no_gap(clerk, home):
    written(clerk)
    with transaction.atomic():
        append_event(by=clerk, county=COUNTY, action="test.write", subject="test 1", body={})
        transaction.set_rollback(True)
    assert written(clerk).seq == 2
    assert holds(home)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor_name = 'x'",
        "DELETE FROM audit_event",
        "UPDATE procedures_approval SET step = 'x'",
        "DELETE FROM procedures_approval",
    ],
)
def test_the_database_itself_refuses_to_change_what_only_grows(clerk, approval, statement):
    written(clerk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_writers_at_once_stand_one_after_the_other(clerk, home):
    start = Barrier(4)

    def write(number):
        try:
            start.wait()
            for turn in range(5):
                written(clerk, writer=number, turn=turn)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert sorted(Event.objects.filter(county=COUNTY).values_list("seq", flat=True)) == list(range(1, 21))
    assert holds(home)


def test_who_waits_for_the_chain_sees_what_the_other_wrote(clerk):
    inside, counts = Barrier(2), []

    def first():
        try:
            with transaction.atomic():
                lock_chain(COUNTY)
                inside.wait()
                append_event(by=clerk, county=COUNTY, action="test.write", subject="test 1", body={})
        finally:
            connection.close()

    def second():
        try:
            inside.wait()
            with transaction.atomic():
                lock_chain(COUNTY)
                counts.append(Event.objects.filter(county=COUNTY).count())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda run: run(), [first, second]))
    assert counts == [1]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([0, COUNTY, OTHER]),
            st.dictionaries(
                st.text(max_size=4).filter(lambda text: "\x00" not in text),
                st.none() | st.integers() | st.text(max_size=4),
            ),
        ),
        max_size=4,
    )
)
def test_a_clean_history_always_holds(clerk, home, steps):
    for county, facts in steps:
        written(clerk, county=county, facts=[[key, repr(value)] for key, value in facts.items()])
    assert holds(home)
