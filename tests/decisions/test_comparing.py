"""A list against the register: planted hits are found, every row is counted, and no status changes."""

from datetime import date

import pytest
from django.db import connection

from bangfu.audit.verifier import verify
from bangfu.decisions.models import Comparison, Hit
from bangfu.work.models import Lead

pytestmark = pytest.mark.store


def planted(lists, name):
    """The rows of a list that name somebody of the register: row -> person number."""
    return {int(line["row"]): line["person_no"] for line in lists.truth if line["list"] == name and line["row"]}


def found(name):
    """The rows of a list that were matched: row -> number of the person."""
    return dict(Hit.objects.filter(comparison__kind=name).values_list("row", "person_id"))


@pytest.mark.parametrize("name", ["vehicles", "companies", "housing", "payroll"])
def test_hits_are_those_that_were_planted(compare, lists, person_numbers, name):
    compared = compare(name)
    wanted = {row: person_numbers[number] for row, number in planted(lists, name).items()}
    assert found(name) == wanted
    assert compared.counts["hits"] == compared.counts["fresh"] == len(wanted)


@pytest.mark.parametrize("name", ["vehicles", "payroll"])
def test_the_counts_of_a_comparison_add_up(compare, name):
    counts = compare(name).counts
    parts = ("rejected", "not_authorised", "matched", "ambiguous", "unmatched")
    assert counts["rows"] == sum(counts[part] for part in parts)
    row = Comparison.objects.get()
    assert [getattr(row, part) for part in ("rows", *parts)] == [counts[part] for part in ("rows", *parts)]


def test_each_hit_has_a_lead_of_its_own(compare):
    compare("vehicles")
    leads = list(Hit.objects.values_list("lead_id", flat=True))
    assert len(leads) == len(set(leads)) == Lead.objects.filter(kind="comparison.vehicles", state="open").count()
    assert all(
        "机动车登记名单（2016年12月31日）第" in text
        for text in Lead.objects.filter(kind="comparison.vehicles").values_list("evidence", flat=True)
    )


def test_the_chain_holds_after_a_comparison(hamlet, compare):
    compare("vehicles")
    assert not verify(hamlet.database_url or str(hamlet.database_file), hamlet.key_file).faults


def statuses():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registry_status_event ORDER BY id")
        return repr(cursor.fetchall())


def test_no_comparison_changes_a_status(compare):
    before = statuses()
    for name in ("vehicles", "payroll", "insurance", "enrolment", "disability"):
        compare(name, complete=True)
    assert Hit.objects.exists()
    assert statuses() == before


def test_the_same_file_again_writes_nothing(compare):
    first = compare("vehicles")
    events, leads = Comparison.objects.count(), Lead.objects.count()
    again = compare("vehicles")
    assert again.outcome.repeated
    assert again.outcome.comparison == first.outcome.comparison
    assert (Comparison.objects.count(), Lead.objects.count()) == (events, leads)
    assert again.counts["fresh"] == 0


def test_the_same_things_in_a_later_list_are_not_asked_about_again(compare):
    first = compare("vehicles")
    later = compare("vehicles", stated_on=date(2017, 12, 31))
    assert not later.outcome.repeated
    assert later.counts["fresh"] == 0
    assert later.counts["hits"] == first.counts["hits"]
    assert Hit.objects.count() == first.counts["hits"]
