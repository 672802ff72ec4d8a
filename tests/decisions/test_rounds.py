"""A yearly round: proposed by the run, decided by people, entered in the register, and nobody silently dropped."""

import json
from datetime import date

import polars as pl
import pytest

from bangfu.access.acting import acting
from bangfu.access.roles import Role
from bangfu.audit.verifier import verify
from bangfu.decisions import round_list
from bangfu.decisions.actions.open_round import open_round
from bangfu.decisions.actions.take_case_step import take_case_step
from bangfu.decisions.models import Decision, RoundKind
from bangfu.decisions.proposing import GONE, LEAVES, looked_back, proposed
from bangfu.decisions.round_list import list_of
from bangfu.kernel.errors.procedures import StatusOvertaken
from bangfu.kernel.home import Home
from bangfu.kernel.status import StatusKind
from bangfu.places.scope import Scope
from bangfu.procedures.actions.send_back import withdraw_cases
from bangfu.procedures.models import CaseState, Standing
from bangfu.procedures.queries import CasesAsked, cases_listed
from bangfu.procedures.said import Said
from bangfu.registry.actions.record_rows import record_rows
from bangfu.registry.models import StatusEvent
from bangfu.snapshots.queries import run_named, run_rows
from bangfu.work.actions.start_job import start_job
from bangfu.work.jobs import perform
from bangfu.work.models import Job

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


def test_what_was_decided_about_a_case_of_a_run_is_not_asked_again(office, run, county, hamlet):
    first = open_round(by=office["county"], run=run, county=county, home=hamlet)
    refused = open_of(county, "exit")["case"].to_list()
    withdraw_cases(by=office["village"], cases=refused, reason="撤回")
    again = open_round(by=office["county"], run=run, county=county, home=hamlet)
    assert again.under_way == sum(first.cases.values())
    assert not again.cases


def test_a_proposal_that_the_register_has_overtaken_is_not_opened(office, run, county, hamlet):
    leaves = list_of(run, county, hamlet).filter(pl.col("category") == LEAVES)["household"].to_list()
    record_status(office, county, leaves[0], StatusKind.EXITED)
    opened = open_round(by=office["county"], run=run, county=county, home=hamlet)
    assert opened.overtaken == 1
    assert opened.cases["exit"] == len(leaves) - 1


def test_a_case_that_the_register_has_overtaken_does_not_end(office, run, county, hamlet):
    open_round(by=office["county"], run=run, county=county, home=hamlet)
    exits = open_of(county, "exit")
    village = exits.filter(pl.col("place") == exits["place"][0])
    numbers = village["case"].to_list()
    to_the_end(office, hamlet, numbers)
    record_status(office, county, village["subject_id"][0], StatusKind.EXITED)
    with pytest.raises(StatusOvertaken) as refused:
        take_case_step(by=office["approver"], cases=numbers, step="close_out", on=hamlet.today())
    assert refused.value.facts["cases"] == str(numbers[0])
    assert not Decision.objects.exists()


def to_the_end(office, home, numbers):
    """Take exits to the step before their last."""
    said = Said(entitled=30, present=20)
    for step in ("appraisal", "verification", "consent", "village_notice"):
        take_case_step(by=office["village"], cases=numbers, step=step, on=START, said=said)
    home.move_day(date(2017, 1, 16))
    take_case_step(by=office["village"], cases=numbers, step="village_notice", on=home.today())
    take_case_step(by=office["town"], cases=numbers, step="announcement", on=home.today())


def record_status(office, county, household, kind):
    """Record a status event as a ledger would that says what became of a household elsewhere."""
    row = {
        "id": StatusEvent.objects.order_by("-id").first().pk + 1,
        "effective_from": START,
        "household_id": int(household),
        "kind": kind.value,
        "monitored_class": None,
        "cleared_how": None,
        "inherited": False,
    }
    schema = {"kind": pl.Int16, "monitored_class": pl.Int16, "cleared_how": pl.Int16}
    frame = pl.DataFrame([row], schema_overrides=schema)
    keys = Home.current().keys
    rows = {"registry_status_event": frame}
    record_rows(by=office["county"], county=county, subject="test", rows=rows, keys=keys, permission=None)


def test_who_the_register_lists_and_the_run_lacks_is_named(run, county, hamlet, monkeypatch):
    rows = run_rows(run, hamlet)
    on_list = rows.filter(pl.col("county") == county, pl.col("status") == StatusKind.IDENTIFIED)
    lost = on_list["household"][0]
    monkeypatch.setattr(round_list, "run_rows", lambda *_: rows.filter(pl.col("household") != lost))
    listed = round_list.list_of(run, county, hamlet)
    assert listed.filter(pl.col("category") == GONE)["household"].to_list() == [lost]


def test_a_job_leaves_out_what_the_person_cannot_decide(office, run, county, hamlet):
    open_round(by=office["county"], run=run, county=county, home=hamlet)
    numbers = open_of(county, "exit")["case"].to_list()
    to_the_end(office, hamlet, numbers)
    take_case_step(by=office["approver"], cases=numbers[:1], step="close_out", on=hamlet.today())
    version = {"programme": "cn_2014", "procedure": "exit", "law_from": "2016-04-23"}
    job = start_job(by=office["approver"], kind="decisions.step", request=version | {"step": "close_out", "place": 0})
    perform.call(job.pk)
    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.result["moved"], done.result["hand"]) == ("done", len(numbers) - 1, 1)


def test_a_look_back_takes_off_whom_a_comparison_found_and_lets_nobody_leave_by_income(office, run, county, hamlet):
    yearly = list_of(run, county, hamlet)
    on_list = yearly.filter(pl.col("category").is_in(["stays", LEAVES]))["household"]
    listed = looked_back(yearly, [on_list[0]])
    counts = dict(listed.group_by("category").len().iter_rows())
    assert (counts["wrong"], counts.get(LEAVES, 0), counts.get("falls_back", 0)) == (1, 0, 0)
    assert listed.height == yearly.height
    opened = open_round(by=office["county"], run=run, county=county, home=hamlet, kind=RoundKind.LOOKBACK)
    entering = yearly.filter(pl.col("category") == "enters").height
    assert opened.cases == ({"lookback": entering} if entering else {})


def test_who_stays_monitored_for_want_of_months_alone_is_told_so():
    findings = {"decisions": {"identify": {"rule": "risk", "classes": []}, "clear": {"rule": "risk_gone"}}}
    rows = pl.DataFrame(
        {
            "household": [1, 2],
            "village": [1, 1],
            "county": [1, 1],
            "status": [StatusKind.MONITORED.value] * 2,
            "outcome": [0, 0],
            "clear": [1, 1],
            "stable": [0, 1],
            "risk": [0, 0],
            "risk_gone": [1, 1],
        }
    )
    told = proposed(rows, None, findings).select("household", "category", "because").rows()
    assert told == [(1, "stays", "stable"), (2, LEAVES, "risk_gone")]
