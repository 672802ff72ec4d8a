"""A yearly round: proposed by the run, decided by people, entered in the register, and nobody silently dropped."""

import json
from datetime import date

import polars as pl
import pytest

from bangfu.access.acting import acting
from bangfu.access.roles import Role
from bangfu.audit.verifier import verify
from bangfu.decisions.actions.open_round import list_of, open_round
from bangfu.decisions.actions.take_case_step import take_case_step
from bangfu.decisions.models import Decision
from bangfu.decisions.proposing import GONE, LEAVES, proposed
from bangfu.kernel.status import StatusKind
from bangfu.places.scope import Scope
from bangfu.procedures.models import CaseState, Standing
from bangfu.procedures.queries import CasesAsked, cases_listed
from bangfu.procedures.said import Said
from bangfu.registry.models import StatusEvent
from bangfu.snapshots.queries import run_named, run_rows

pytestmark = pytest.mark.store
START = date(2017, 1, 9)


@pytest.fixture
def office(hamlet):
    """The demonstration's people, and the day of the round."""
    from django.db import transaction

    from bangfu.access.acting import ActingPerson
    from bangfu.access.actions.add_person import record_person
    from bangfu.access.actions.grant_role import record_grant
    from bangfu.access.founding import Founder

    hamlet.move_day(START)
    people = {"county": acting("李文员"), "approver": acting("王审核")}
    with transaction.atomic():
        for name, role in (
            ("village", Role.VILLAGE_CLERK),
            ("town", Role.TOWN_CLERK),
            ("second", Role.COUNTY_APPROVER),
        ):
            person = record_person(by=Founder(), name=f"测试{name}", os_login=None)
            record_grant(by=Founder(), person=person, role=role, place=0, days=(date(2000, 1, 1), None))
            people[name] = ActingPerson.of(person, START)
    return people


@pytest.fixture
def run(hamlet):
    return run_named(None)


@pytest.fixture
def county(run, hamlet):
    return run_rows(run, hamlet)["county"][0]


def open_of(county, procedure):
    return cases_listed(Scope((county,)), CasesAsked(procedure=procedure))


def test_a_round_opens_a_case_for_everybody_proposed_and_changes_nobody(office, run, county, hamlet):
    before = StatusEvent.objects.count()
    opened = open_round(by=office["county"], run=run, county=county, home=hamlet)
    tally = json.loads(opened.round.tally)
    rows = run_rows(run, hamlet).filter(pl.col("county") == county)
    assert sum(tally.values()) - tally["gone"] == rows.height
    assert sum(opened.cases.values()) == tally["enters"] + tally["leaves"] + tally["falls_back"] > 0
    assert StatusEvent.objects.count() == before
    assert not verify(hamlet.database_url or str(hamlet.database_file), hamlet.key_file).faults


def test_a_round_started_again_opens_nothing_twice(office, run, county, hamlet):
    first = open_round(by=office["county"], run=run, county=county, home=hamlet)
    again = open_round(by=office["county"], run=run, county=county, home=hamlet)
    assert again.round == first.round
    assert not again.cases
    assert again.under_way == sum(first.cases.values())


def test_every_proposal_says_why(office, run, county, hamlet):
    listed = list_of(run, county, hamlet)
    told = listed.filter(pl.col("category").is_in(["enters", "leaves", "falls_back", "stays", "unknown"]))
    assert told.filter(pl.col("because") == "").is_empty()
    leaves = listed.filter(pl.col("category") == LEAVES)
    assert set(leaves["because"][0].split(",")) >= {"income_above_exit_line", "housing_unsafe", "medical_gap"}


def test_who_was_on_record_before_is_named_when_no_longer_there(run, county, hamlet):
    rows = run_rows(run, hamlet)
    findings = {"decisions": {"identify": {"rule": "income_below_line", "classes": []}}}
    listed = proposed(rows.slice(1), rows, findings)
    assert listed.filter(pl.col("category") == GONE)["household"].to_list() == [rows["household"][0]]
    assert listed.height == rows.height


def test_an_exit_goes_the_whole_way_into_the_register(office, run, county, hamlet):
    open_round(by=office["county"], run=run, county=county, home=hamlet)
    cases = open_of(county, "exit")
    village = cases["place"][0]
    chosen = cases.filter(pl.col("place") == village)
    numbers = chosen["case"].to_list()
    said = Said(entitled=30, present=20)
    for step in ("appraisal", "verification", "consent", "village_notice"):
        take_case_step(by=office["village"], cases=numbers, step=step, on=START, said=said)
    day = date(2017, 1, 16)
    hamlet.move_day(day)
    take_case_step(by=office["village"], cases=numbers, step="village_notice", on=day)
    take_case_step(by=office["town"], cases=numbers, step="announcement", on=day)
    taken = take_case_step(by=office["approver"], cases=numbers, step="close_out", on=day)
    if not taken.decided:
        taken = take_case_step(by=office["second"], cases=numbers, step="close_out", on=day)
    assert taken.decided == len(numbers) == Decision.objects.count()
    events = StatusEvent.objects.filter(household_id__in=chosen["subject_id"].to_list(), kind=StatusKind.EXITED)
    assert {event.effective_from for event in events} >= {day}
    assert Decision.objects.first().status_event.kind == StatusKind.EXITED
    assert set(Standing.objects.filter(case_id__in=numbers, live=True).values_list("state", flat=True)) == {
        CaseState.FINISHED
    }
    assert not verify(hamlet.database_url or str(hamlet.database_file), hamlet.key_file).faults
