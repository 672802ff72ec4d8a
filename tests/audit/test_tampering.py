"""Whoever alters events or rows behind the program's back is found, and the place is named."""

from dataclasses import asdict

import pytest
from django.db import connection

from bangfu.audit.models import Event, Head
from bangfu.audit.verifier import GENESIS, SEALED, instant, link
from bangfu.kernel.secrets import Keys

pytestmark = pytest.mark.store

LAST = 6
"""Events of the county in the clean history: places, approval, new name, grant, its end, leads."""


def first_fault(history, *heads):
    faults = history.verify(*heads).faults
    assert faults, "nothing was found"
    return (faults[0].county, faults[0].seq)


def chained_anew(history, start):
    """Compute the chain again from event `start` on, as somebody without the key would."""
    events = list(Event.objects.filter(county=history.county).order_by("seq"))
    before = GENESIS
    for event in events:
        if event.seq >= start:
            facts = {name: getattr(event, name) for name in SEALED}
            event.prev_hash, event.hash = before, link(before, {**facts, "at": instant(event.at)})
            history.sql(
                "UPDATE audit_event SET prev_hash = %s, hash = %s WHERE id = %s", event.prev_hash, event.hash, event.pk
            )
        before = event.hash
    history.sql("UPDATE audit_head SET hash = %s, seq = %s WHERE county = %s", before, events[-1].seq, history.county)


def last_seq(history):
    return Head.objects.get(county=history.county).seq


def test_a_clean_history_holds(history):
    report = history.verify()
    assert report.faults == []
    assert report.events == Event.objects.count()
    assert report.heads[history.county][0] == last_seq(history) == LAST


@pytest.mark.parametrize(
    "alteration",
    [
        "actor_name = 'x'",
        "actor_id = actor_id + 1",
        "action = 'places.other'",
        "subject = 'places 3'",
        "body = REPLACE(body, '7', '8')",
        "hash = REPLACE(hash, SUBSTR(hash, 1, 4), 'ffff')",
        "seal = REPLACE(seal, SUBSTR(seal, 1, 4), 'ffff')",
        "prev_hash = REPLACE(prev_hash, '00', '11')",
    ],
)
def test_an_altered_field_of_an_event_is_found(history, alteration):
    history.open()
    history.sql(f"UPDATE audit_event SET {alteration} WHERE county = %s AND seq = 1", history.county)
    assert first_fault(history) == (history.county, 1)


def test_a_back_dated_event_is_found(history):
    history.open()
    earlier = Event.objects.get(county=history.county, seq=2).at.replace(year=2019)
    Event.objects.filter(county=history.county, seq=2).update(at=earlier)
    assert first_fault(history) == (history.county, 2)


def test_a_chain_computed_anew_without_the_key_is_found_where_it_begins(history):
    history.open()
    history.sql("UPDATE audit_event SET actor_name = 'x' WHERE county = %s AND seq = 2", history.county)
    chained_anew(history, 2)
    assert first_fault(history) == (history.county, 2)


def test_a_deleted_event_is_found(history):
    history.open()
    victim = Event.objects.get(county=history.county, seq=3)
    _without_foreign_keys(history, "DELETE FROM audit_event WHERE id = %s", victim.pk)
    assert any((fault.county, fault.seq) == (history.county, 3) for fault in history.verify().faults)


def test_a_gap_in_the_sequence_is_found(history):
    history.open()
    history.sql("UPDATE audit_event SET seq = seq + 1 WHERE county = %s AND seq = %s", history.county, LAST)
    history.sql("UPDATE audit_head SET seq = seq + 1 WHERE county = %s", history.county)
    assert first_fault(history) == (history.county, LAST)


def test_two_events_in_each_others_place_are_found(history):
    history.open()
    for before, after in ((1, 901), (2, 1), (901, 2)):
        history.sql("UPDATE audit_event SET seq = %s WHERE county = %s AND seq = %s", after, history.county, before)
    assert first_fault(history) == (history.county, 1)


def test_an_event_written_by_another_hand_is_found(history):
    last = Event.objects.get(county=history.county, seq=last_seq(history))
    facts = {name: getattr(last, name) for name in SEALED} | {"seq": last.seq + 1, "body": "{}"}
    forged = link(last.hash, {**facts, "at": instant(last.at)})
    Event.objects.create(**facts, prev_hash=last.hash, hash=forged, seal="0" * 64)
    Head.objects.filter(county=history.county).update(seq=last.seq + 1, hash=forged)
    assert first_fault(history) == (history.county, last.seq + 1)


def test_a_copied_event_is_found(history):
    first = Event.objects.get(county=history.county, seq=1)
    first.pk, first.seq = None, last_seq(history) + 1
    first.save()
    assert first_fault(history) == (history.county, LAST + 1)


def test_a_tail_cut_off_with_its_head_left_is_found(history):
    history.open()
    _cut_tail(history)
    assert first_fault(history) == (history.county, LAST)


def test_a_tail_cut_off_with_rows_and_head_is_found_by_a_printed_head_alone(history):
    seq, printed = history.verify().heads[history.county]
    history.open()
    _cut_tail(history)
    before = Event.objects.get(county=history.county, seq=LAST - 1)
    Head.objects.filter(county=history.county).update(seq=before.seq, hash=before.hash)
    assert history.verify().faults == []
    assert first_fault(history, f"{history.county}:{seq}:{printed}") == (history.county, seq)


def test_what_follows_the_printed_head_is_counted_as_unwitnessed(history):
    event = Event.objects.get(county=history.county, seq=3)
    report = history.verify(f"{history.county}:3:{event.hash[:16]}")
    assert report.faults == []
    assert report.unwitnessed == report.events - 3


def test_too_few_digits_of_a_printed_head_prove_nothing(history):
    event = Event.objects.get(county=history.county, seq=3)
    assert first_fault(history, f"{history.county}:3:{event.hash[:15]}") == (history.county, 3)


def test_an_altered_head_is_found(history):
    Head.objects.filter(county=history.county).update(hash="1" * 64)
    assert first_fault(history) == (history.county, last_seq(history) + 1)


def test_the_key_of_another_installation_seals_nothing(history, tmp_path):
    Keys.create(tmp_path / "key")
    history.home.key_file.unlink()
    (tmp_path / "key").rename(history.home.key_file)
    report = history.verify()
    assert len([fault for fault in report.faults if "seal" in fault.what]) == report.events


@pytest.mark.parametrize("table", ["places_place", "access_person", "access_grant", "work_lead", "procedures_approval"])
def test_any_altered_field_of_a_row_is_found_at_the_event_that_wrote_it(history, table):
    """Every column of the newest row of every table that the ground floor stores, one at a time."""
    history.open()
    columns = [column for column in _columns(table) if column != "event_id"]
    key = columns[0]
    row = history.sql(f"SELECT {', '.join(columns)}, event_id FROM {table} ORDER BY event_id DESC, {key} DESC LIMIT 1")[
        0
    ]
    event = Event.objects.get(pk=row[-1])
    for column, value in zip(columns[1:], row[1:-1], strict=True):
        change = f"UPDATE {table} SET {column} = %s WHERE {key} = %s"
        _without_foreign_keys(history, change, _other(column, value), row[0])
        found = {(fault.county, fault.seq) for fault in history.verify().faults}
        assert found == {(event.county, event.seq)}, column
        _without_foreign_keys(history, change, value, row[0])
    assert history.verify().faults == []


def test_a_row_put_back_to_its_former_state_is_found(history):
    first, last = Event.objects.get(county=history.county, seq=1), Event.objects.filter(action="places.load").last()
    history.sql(
        "UPDATE places_place SET name = '上柳村', aliases = '', event_id = %s WHERE number = %s",
        first.pk,
        history.places.village,
    )
    assert {(fault.county, fault.seq) for fault in history.verify().faults} == {
        (history.county, 1),
        (history.county, last.seq),
    }


def test_two_rows_in_each_others_place_are_found(history):
    for number, name in ((history.places.sibling, "松坪村"), (history.places.other_village, "下柳村")):
        history.sql("UPDATE places_place SET name = %s WHERE number = %s", name, number)
    assert first_fault(history) == (history.county, 1)


def test_a_deleted_row_is_found(history):
    history.sql("DELETE FROM places_place WHERE number = %s", history.places.far_village)
    assert first_fault(history) == (history.county, 1)


def test_a_row_slipped_under_an_event_that_wrote_others_is_found(history):
    event = Event.objects.filter(action="lead.open").get()
    _slip_in_lead(history, event.pk)
    assert first_fault(history) == (event.county, event.seq)


def test_a_row_slipped_under_an_event_that_wrote_no_such_rows_is_found(history):
    event = Event.objects.get(county=history.county, seq=1)
    _slip_in_lead(history, event.pk)
    assert first_fault(history) == (history.county, 1)


def test_a_row_under_an_event_that_does_not_exist_is_found(history):
    _without_foreign_keys(history, "UPDATE work_lead SET event_id = 999")
    assert first_fault(history) == (-1, 0)


def test_a_table_that_is_gone_is_found(history):
    _without_foreign_keys(history, f"DROP TABLE work_lead {'CASCADE' if connection.vendor == 'postgresql' else ''}")
    event = Event.objects.get(action="lead.open")
    assert first_fault(history) == (event.county, event.seq)


def test_a_whole_chain_of_events_that_is_gone_is_found(history):
    history.open()
    _without_foreign_keys(history, "DELETE FROM audit_event WHERE county = %s", history.county)
    assert any((fault.county, fault.seq) == (history.county, 1) for fault in history.verify().faults)


def _cut_tail(history):
    """Take away the newest event, which opened the leads, and its rows."""
    history.sql("DELETE FROM work_lead")
    history.sql("DELETE FROM audit_event WHERE county = %s AND seq = %s", history.county, LAST)


def _slip_in_lead(history, event):
    history.sql(
        "INSERT INTO work_lead (kind, county, subject_kind, subject_id, evidence, state, outcome, event_id)"
        " VALUES ('x', %s, 'household', 9, 'x', 'open', '', %s)",
        history.county,
        event,
    )


def _columns(table):
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _other(column, value):
    if column in {"valid_from", "valid_to", "from_on", "to_on"}:
        return "2010-01-01" if column.endswith("from") or column == "from_on" else "2030-01-01"
    if isinstance(value, int) and column == "level":
        return 1 if value != 1 else 2
    if isinstance(value, int) or column in {"household", "parent_id", "successor_id"}:
        return (value or 0) + 1_000_000
    return f"{(value or ' ')[:-1]}x"


def _without_foreign_keys(history, statement, *parameters):
    """Write as the owner of the database can: without its checks of references."""
    off, on = ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON")
    if connection.vendor == "postgresql":
        off, on = ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT")
    history.sql(off)
    history.sql(statement, *parameters)
    history.sql(on)


def test_a_report_can_be_written_as_json(history):
    assert asdict(history.verify())["faults"] == []
