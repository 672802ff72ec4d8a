"""What holds a decision back: a finding that blocks, months that are lacking, a removal that nobody proposed."""

from datetime import date

import polars as pl
import pytest

from bangfu.access.acting import acting, today
from bangfu.decisions.actions import open_household_case as single
from bangfu.decisions.actions.decide_hit import decide_hit
from bangfu.decisions.actions.hear_household import hear_household
from bangfu.decisions.actions.open_household_case import Wanted, open_household_case
from bangfu.decisions.holds import BLOCKED, OVERTAKEN, holds_of
from bangfu.decisions.models import Disposition, Hit
from bangfu.kernel.errors.comparisons import RemovalNotProposed
from bangfu.kernel.errors.procedures import CriteriaNotMet
from bangfu.kernel.status import StatusKind
from bangfu.places.scope import Scope
from bangfu.procedures.actions.open_cases import Subjects, open_cases
from bangfu.procedures.course import course_of, version_on
from bangfu.registry.models import Residence, StatusEvent
from bangfu.snapshots.queries import run_named, run_rows

pytestmark = pytest.mark.store
LISTS = ("payroll", "vehicles", "companies", "housing")


@pytest.fixture
def blocking(compare):
    """A hit that blocks until it is answered."""
    for name in LISTS:
        compare(name, ids_only=True)
    found = Hit.objects.filter(severity=Hit.Severity.BLOCK).exclude(household=None).first()
    assert found is not None, "a list blocks"
    return found


def listing_of(who, household):
    """Open the identification of a household, whatever it is."""
    village = Residence.objects.filter(household_id=household).order_by("id").last()
    frame = {"place": [village.village], "subject_id": [household], "proposal": ["identified"], "grounds": ["{}"]}
    version = version_on("cn_2014", "identify", date(2017, 1, 9))
    subjects = Subjects(village.county, "household", pl.DataFrame(frame))
    return int(open_cases(by=who.clerk, version=version, subjects=subjects, on=today())[0]), course_of(version)


def test_a_finding_that_blocks_holds_the_approval_until_it_is_decided(who, blocking):
    case, course = listing_of(who, blocking.household_id)
    approval, visit = course.step("county_approval"), course.step("visit")
    assert holds_of([case], course, approval) == {case: BLOCKED}
    assert holds_of([case], course, visit) == {}
    for hit in Hit.objects.filter(household_id=blocking.household_id, severity=Hit.Severity.BLOCK):
        assert holds_of([case], course, approval) == {case: BLOCKED}
        decide_hit(by=who.approver, hit=hit.pk, outcome=Disposition.Outcome.DISMISSED, reason="同名，不是本人")
    assert holds_of([case], course, approval) != {case: BLOCKED}


def test_a_household_on_the_list_is_not_identified_again(who, hamlet):
    poor = StatusEvent.objects.filter(kind=StatusKind.IDENTIFIED).order_by("id").first().household_id
    case, course = listing_of(who, poor)
    assert holds_of([case], course, course.step("county_approval")) == {case: OVERTAKEN}


def removal(who, hamlet, household):
    hamlet.move_day(date(2017, 1, 9))
    wanted = Wanted("cn_2014", "remove", "removed", clue="comparison")
    return open_household_case(
        by=acting("李文员"), scope=Scope.everywhere(), household=household, wanted=wanted, run=None, home=hamlet
    )


def test_a_removal_after_a_comparison_needs_that_somebody_proposed_it(who, hamlet, compare):
    compare("payroll", ids_only=True)
    poor = StatusEvent.objects.filter(kind=StatusKind.IDENTIFIED).values_list("household_id", flat=True)
    gone = StatusEvent.objects.exclude(kind=StatusKind.IDENTIFIED).values_list("household_id", flat=True)
    hit = Hit.objects.filter(household_id__in=poor).exclude(household_id__in=gone).first()
    with pytest.raises(RemovalNotProposed):
        removal(who, hamlet, hit.household_id)
    hear_household(by=who.clerk, hit=hit.pk, heard_on=today(), words="确实在单位上班")
    decide_hit(by=who.approver, hit=hit.pk, outcome=Disposition.Outcome.REMOVE_PROPOSED, reason="查实在编在岗")
    assert removal(who, hamlet, hit.household_id)


@pytest.mark.parametrize(("stable", "opened"), [(0, False), (1, True)], ids=["too few months", "months enough"])
def test_a_household_is_cleared_singly_only_after_its_stable_months(hamlet, monkeypatch, stable, opened):
    hamlet.move_day(date(2021, 6, 1))
    run = run_named(None)
    household = int(run_rows(run, hamlet)["household"][0])
    row = pl.DataFrame({"household": [household], "stable": [stable]})
    monkeypatch.setattr(single, "run_household", lambda *_: {"clear": 1})
    monkeypatch.setattr(single, "with_stability", lambda *_: row)
    monkeypatch.setattr(single, "months_asked", lambda _run: single.NOT_LISTED)
    monkeypatch.setattr(single, "status_of", lambda *_, **__: StatusKind.MONITORED)
    wanted = Wanted("cn_2021", "clear", "cleared")
    about = {"by": acting("李文员"), "scope": Scope.everywhere(), "household": household, "wanted": wanted}
    if opened:
        assert open_household_case(**about, run=run, home=hamlet)
        return
    with pytest.raises(CriteriaNotMet):
        open_household_case(**about, run=run, home=hamlet)
