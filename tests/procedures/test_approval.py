"""Four eyes: the second person is another one, and saw exactly this content."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from bangfu.audit.models import Event
from bangfu.audit.verifier import verify
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.access import NotPermitted, OwnWork
from bangfu.procedures.actions.approve import Content, approve, approvers
from bangfu.procedures.models import Approval

pytestmark = pytest.mark.store


@pytest.fixture
def content(places, clerk):
    """A batch that the clerk made."""
    return Content(kind="batch", id=7, county=places.county, hash="ab" * 32, maker=clerk.person_id)


def approved(by, content, step="apply", permission=Can.APPROVE_IMPORT):
    return approve(by=by, permission=permission, content=content, step=step)


def raw_insert(content, person, maker, step="apply"):
    event = Event.objects.first().pk
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procedures_approval"
            " (subject_kind, subject_id, subject_hash, step, county, maker_id, person_id, event_id)"
            " VALUES ('batch', 7, %s, %s, 0, %s, %s, %s)",
            [content.hash, step, maker, person, event],
        )


def test_a_second_person_approves(approver, content, home):
    approval = approved(approver, content)
    assert (approval.person_id, approval.maker_id) == (approver.person_id, content.maker)
    assert approvers(content, "apply") == {approver.person_id}
    assert not verify(home.database_url or str(home.database_file), home.key_file).faults


def test_an_approval_stands_on_the_chain_of_the_county(approver, content):
    event = approved(approver, content).event
    assert (event.county, event.action, event.subject) == (content.county, "batch.approve", "batch 7")


def test_who_made_it_cannot_approve_it_whatever_their_rights(approver, content):
    own = replace(content, maker=approver.person_id)
    with pytest.raises(OwnWork, match="batch 7"):
        approved(approver, own)
    assert not Approval.objects.exists()


def test_who_lacks_the_right_cannot_approve(people, content):
    for actor in (people.clerk, people.analyst, people.inspector, people.security):
        with pytest.raises(NotPermitted):
            approved(actor, content)
    assert not Approval.objects.exists()


def test_approving_again_changes_nothing(approver, content):
    first = approved(approver, content)
    count = Event.objects.count()
    assert approved(approver, content) == first
    assert Event.objects.count() == count


def test_altered_content_has_no_approval(approver, content):
    approved(approver, content)
    assert approvers(replace(content, hash="cd" * 32), "apply") == frozenset()


def test_an_approval_of_one_step_says_nothing_of_another(approver, content):
    approved(approver, content)
    assert approvers(content, "undo") == frozenset()
    approved(approver, content, step="undo", permission=Can.UNDO_IMPORT)
    assert approvers(content, "undo") == {approver.person_id}


def test_the_same_content_of_another_subject_has_no_approval(approver, content):
    approved(approver, content)
    assert approvers(replace(content, id=8), "apply") == frozenset()


def test_the_same_content_of_another_subject_is_approved_for_itself(approver, content):
    first = approved(approver, content)
    assert approved(approver, replace(content, id=8)).pk != first.pk


def test_the_database_refuses_an_approval_by_its_maker(approver, content):
    approved(approver, content)
    with pytest.raises(IntegrityError):
        raw_insert(content, person=content.maker, maker=content.maker)


def test_the_database_refuses_a_second_approval_by_the_same_person(approver, content):
    approved(approver, content)
    with pytest.raises(IntegrityError):
        raw_insert(content, person=approver.person_id, maker=content.maker)


def test_the_database_takes_an_approval_by_another_person(people, approver, content):
    approved(approver, content)
    raw_insert(content, person=people.auditor.person_id, maker=content.maker)


def test_approving_twice_at_once_leaves_one_approval(approver, content):
    start = Barrier(4)

    def race(_):
        try:
            start.wait()
            return approved(approver, content).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(race, range(4)))) == 1
    assert Approval.objects.count() == 1


def test_an_approval_that_is_rolled_back_never_was(approver, content, home):
    with transaction.atomic():
        approved(approver, content)
        transaction.set_rollback(True)
    assert approvers(content, "apply") == frozenset()
    assert approved(approver, content).pk
    assert not verify(home.database_url or str(home.database_file), home.key_file).faults
