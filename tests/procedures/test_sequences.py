"""Every sequence of acts, by five persons over one and two households, ends where the plain procedure says it does."""

import os
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.access.founding import Visitor
from bangfu.audit.verifier import verify
from bangfu.kernel.errors import BangfuError
from bangfu.procedures.actions.answer_objection import answer_objection
from bangfu.procedures.actions.open_cases import open_cases
from bangfu.procedures.actions.raise_objection import Complaint, raise_objection
from bangfu.procedures.actions.send_back import refuse_cases, send_back, withdraw_cases
from bangfu.procedures.actions.take_step import take_step
from bangfu.procedures.actions.undo_act import undo_act
from bangfu.procedures.course import version_on
from bangfu.procedures.models import Act, Notice, Objection, Standing
from tests.procedures import plain_procedure as plain

pytestmark = pytest.mark.store
FIRST = date(2016, 5, 2)
LONGER = "BANGFU_SEQUENCE_LENGTH"
"""Names how long the sequences shall be, where somebody has the time: 6 takes hours."""
PERSONS = ("village", "county", "approver", "approver2", "town")
ACTS = (
    *((person, name) for person in PERSONS for name in plain.STEPS),
    *((person, kind) for person in PERSONS for kind in ("back", "refuse", "withdraw", "undo")),
    ("anybody", "object"),
    ("city", "answer"),
    ("city", "uphold"),
    ("time", "week"),
)


class Stage:
    """The real cases, and beside each what the plain procedure says of it."""

    def __init__(self, home, hands, places, subjects, count):
        self.home, self.hands, self.places = home, hands, places
        version = version_on("gd_2016", "identify", FIRST)
        self.move(0)
        cases = open_cases(by=hands.county, version=version, subjects=subjects(*range(1, count + 1)), on=FIRST)
        self.cases = {case: plain.Plain() for case in cases}

    def move(self, day):
        self.day = day
        self.home.move_day(FIRST + timedelta(days=day))

    @contextmanager
    def kept(self):
        """Whatever happens in the block, it did not."""
        cases, day = dict(self.cases), self.day
        point = transaction.savepoint()
        yield
        transaction.savepoint_rollback(point)
        self.cases = cases
        self.move(day)

    def expected(self, case, person, act):
        if act in plain.STEPS:
            return plain.step(self.cases[case], person, act, self.day)
        if act == "back":
            return plain.back(self.cases[case], person, self.day)
        if act in {"refuse", "withdraw"}:
            return getattr(plain, act)(self.cases[case], person, self.day)
        return plain.undo(self.cases[case], person)

    def tried(self, case, person, act):
        """Do it for real; tell whether it was taken."""
        by = getattr(self.hands, person)
        try:
            with transaction.atomic():
                if act in plain.STEPS:
                    take_step(by=by, cases=[case], step=act, on=FIRST + timedelta(days=self.day))
                elif act == "back":
                    done = Standing.objects.get(case_id=case, live=True).done
                    send_back(by=by, cases=[case], to=plain.STEPS[max(done - 1, 0)], reason="材料不齐")
                elif act == "refuse":
                    refuse_cases(by=by, cases=[case], reason="不符合条件")
                elif act == "withdraw":
                    withdraw_cases(by=by, cases=[case], reason="农户撤回申请")
                else:
                    last = Act.objects.filter(standings__case_id=case).order_by("id").last()
                    undo_act(by=by, act=last.pk, reason="录入有误")
        except BangfuError:
            return False
        return True

    def do(self, case, person, act):
        """Do one act in both worlds and hold them against each other; tell whether anything changed."""
        if act == "week":
            self.move(self.day + 7)
            self.cases = {one: _waited(state, self.day) for one, state in self.cases.items()}
            return True
        if act == "object":
            return self._object(case)
        if act in {"answer", "uphold"}:
            return self._answer(case, upheld=act == "uphold")
        expected = self.expected(case, person, act)
        taken = self.tried(case, person, act)
        assert taken == (expected is not None), (self.cases[case], person, act)
        if expected is not None:
            self.cases[case] = expected
        self.check(case)
        return taken

    def _object(self, case):
        state = self.cases[case]
        if state.objected is not None:
            return False
        complaint = Complaint(self.places.village, "不同意", case=case)
        raise_objection(by=Visitor(), complaint=complaint, programme="gd_2016")
        stopped = state.stopped | {self.day}
        self.cases[case] = replace(state, objected=self.day, stopped=stopped)
        return True

    def _answer(self, case, *, upheld):
        state = self.cases[case]
        if state.objected is None:
            return False
        found = Objection.objects.get(case_id=case, answer__isnull=True)
        answer_objection(by=self.hands.hearer, objection=found.pk, upheld=upheld, reason="经核实")
        self.cases[case] = replace(state, objected=None, upheld=state.upheld or upheld)
        return True

    def check(self, case):
        """The real case stands where the plain one does, and nobody decided who must not."""
        state, row = self.cases[case], Standing.objects.get(case_id=case, live=True)
        assert (row.done, row.agreed) == (state.done, len(state.yes))
        assert row.state == (state.over or "open")
        assert (row.posted_on is not None) == (state.posted is not None)
        if state.done > 2:
            self.two_persons(case)

    def two_persons(self, case):
        """The approval that let the case pass was given by two persons who made nothing of it."""
        rows = Standing.objects.filter(case_id=case)
        last = rows.filter(at=3, hand=1, act__kind="done").order_by("id").last()
        yes = rows.filter(at=3, hand=1, visit=last.visit, act__kind__in=["done", "agreed"])
        decided = set(yes.values_list("person", flat=True))
        made = set(rows.filter(hand=0, id__lt=last.id).values_list("person", flat=True))
        assert len(decided) == 2
        assert decided.isdisjoint(made)

    def signature(self):
        """What tells this state of the world from another, whatever way led to it."""
        return tuple((replace(state, before=None), state.before is None) for state in self.cases.values())


def _waited(state, day):
    """While an objection is open, its days are not counted."""
    if state.objected is None:
        return state
    return replace(state, stopped=state.stopped | set(range(day - 7, day + 1)))


@pytest.fixture
def stage(home, hands, places, subjects):
    """A function that sets the stage for some households."""
    from datetime import date as day

    from bangfu.access.acting import ActingPerson
    from bangfu.access.actions.add_person import record_person
    from bangfu.access.actions.grant_role import record_grant
    from bangfu.access.founding import Founder
    from bangfu.access.roles import Role

    with transaction.atomic():
        person = record_person(by=Founder(), name="测试上级", os_login=None)
        record_grant(by=Founder(), person=person, role=Role.COUNTY_APPROVER, place=0, days=(day(2000, 1, 1), None))
    hands.hearer = ActingPerson.of(person, FIRST)
    return lambda count: Stage(home, hands, places, subjects, count)


UP_TO_APPROVAL = (
    ("village", "verification"),
    ("village", "notice"),
    ("time", "week"),
    ("village", "notice"),
)


@pytest.mark.parametrize(
    ("before", "length"),
    [
        pytest.param((), 2, id="from the beginning"),
        pytest.param(UP_TO_APPROVAL[:2], 2, id="while the notice hangs"),
        pytest.param(UP_TO_APPROVAL, 3, id="before the approval"),
        pytest.param((*UP_TO_APPROVAL, ("approver", "approval")), 2, id="between the two approvals"),
        pytest.param((*UP_TO_APPROVAL, ("anybody", "object"), ("city", "uphold")), 2, id="an objection was right"),
    ],
)
def test_no_sequence_of_acts_leaves_the_procedure(stage, before, length):
    length = int(os.environ.get(LONGER, length))
    with transaction.atomic():
        scene = stage(1)
        (case,) = scene.cases
        for person, act in before:
            assert scene.do(case, person, act)
        tried = explore(scene, case, length, {})
        transaction.set_rollback(True)
    assert tried > len(ACTS)


def explore(scene, case, length, seen):
    """Try every act, and after each that was taken every act again, up to a length; return how many were tried."""
    mark = (scene.signature(), scene.day)
    if length == 0 or seen.get(mark, 0) >= length:
        return 0
    seen[mark] = length
    tried = 0
    for person, act in ACTS:
        with scene.kept():
            tried += 1
            if scene.do(case, person, act):
                tried += explore(scene, case, length - 1, seen)
    return tried


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    start=st.sampled_from([0, 2, 4]),
    acts=st.lists(st.tuples(st.integers(0, 1), st.sampled_from(ACTS)), min_size=6, max_size=6),
)
def test_two_households_do_not_touch_each_other(stage, home, start, acts):
    with transaction.atomic():
        scene = stage(2)
        cases = list(scene.cases)
        for person, act in UP_TO_APPROVAL[:start]:
            for case in cases if act != "week" else cases[:1]:
                assert scene.do(case, person, act)
        for which, (person, act) in acts:
            other = cases[1 - which]
            untouched = Standing.objects.get(case_id=other, live=True).pk
            scene.do(cases[which], person, act)
            assert Standing.objects.get(case_id=other, live=True).pk == untouched
        assert all(notice.until >= notice.posted_on for notice in Notice.objects.all())
        transaction.set_rollback(True)


def test_what_was_tried_stands_on_the_chain(stage, home):
    with transaction.atomic():
        scene = stage(2)
        for case in scene.cases:
            for person, act in (*UP_TO_APPROVAL[:2], ("approver", "approval"), ("village", "undo")):
                scene.do(case, person, act)
    assert not verify(home.database_url or str(home.database_file), home.key_file).faults
