"""A hit is heard and decided by another person; its lead is settled, its household goes on being helped."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from bangfu.access.acting import today
from bangfu.audit.models import Event
from bangfu.audit.verifier import verify
from bangfu.decisions.actions.decide_hit import decide_hit
from bangfu.decisions.actions.hear_household import hear_household
from bangfu.decisions.actions.read_hearings import read_hearings
from bangfu.decisions.models import Disposition, Hearing, Hit
from bangfu.decisions.queries.hits import hit_dossier, hits_listed, removals_proposed
from bangfu.kernel.errors.access import NotPermitted, OwnWork
from bangfu.kernel.errors.comparisons import HitDecided, HitUnknown, HouseholdNotHeard, LeadSettled, WordsMissing
from bangfu.places.scope import Scope
from bangfu.work.actions.settle_lead import settle_lead
from bangfu.work.models import Lead

pytestmark = pytest.mark.store
Outcome = Disposition.Outcome
EVERYWHERE = Scope.everywhere()
WORDS = "车是替儿子买的，登记在我名下。"


@pytest.fixture
def hit(compare):
    """The number of one hit of the list of payroll."""
    compare("payroll", ids_only=True)
    return Hit.objects.order_by("id").values_list("pk", flat=True)[0]


def test_a_decision_settles_the_lead_and_the_chain_holds(hamlet, who, hit):
    hear_household(by=who.clerk, hit=hit, heard_on=today(), words=WORDS)
    before = Lead.objects.get(pk=Hit.objects.get(pk=hit).lead_id)
    made = decide_hit(by=who.approver, hit=hit, outcome=Outcome.REMOVE_PROPOSED, reason="查实在编在岗")
    lead = Lead.objects.get(pk=before.pk)
    assert (before.state, lead.state, lead.outcome) == ("open", "confirmed", "remove_proposed")
    assert (made.maker_id, made.person_id) == (who.clerk.person_id, who.approver.person_id)
    assert removals_proposed(EVERYWHERE) == [made]
    shown = hit_dossier(EVERYWHERE, hit)
    assert shown.hearings == [today()]
    assert (shown.shown.outcome, shown.shown.heard) == ("remove_proposed", 1)
    assert not verify(hamlet.database_url or str(hamlet.database_file), hamlet.key_file).faults


@pytest.mark.parametrize(
    ("outcome", "state"), [(Outcome.KEEP, "confirmed"), (Outcome.DISMISSED, "dismissed")], ids=["keep", "dismissed"]
)
def test_help_may_go_on_without_a_hearing(who, hit, outcome, state):
    decide_hit(by=who.approver, hit=hit, outcome=outcome, reason="公益性岗位补贴，不是财政供养")
    assert Lead.objects.get(pk=Hit.objects.get(pk=hit).lead_id).state == state
    assert removals_proposed(EVERYWHERE) == []
    assert hit not in [one.hit for one in hits_listed(EVERYWHERE).hits]
    assert hit in [one.hit for one in hits_listed(EVERYWHERE, open_only=False).hits]


def test_removal_is_not_proposed_before_the_household_was_heard(who, hit):
    with pytest.raises(HouseholdNotHeard):
        decide_hit(by=who.approver, hit=hit, outcome=Outcome.REMOVE_PROPOSED, reason="查实在编在岗")
    assert not Disposition.objects.exists()


def test_a_hit_is_decided_once_and_heard_until_then(who, hit):
    decide_hit(by=who.approver, hit=hit, outcome=Outcome.KEEP, reason="已核实")
    with pytest.raises(HitDecided):
        decide_hit(by=who.approver, hit=hit, outcome=Outcome.DISMISSED, reason="已核实")
    with pytest.raises(HitDecided):
        hear_household(by=who.clerk, hit=hit, heard_on=today(), words=WORDS)
    with pytest.raises(LeadSettled), transaction.atomic():
        settle_lead(by=who.approver, number=Hit.objects.get(pk=hit).lead_id, state=Lead.State.CONFIRMED, outcome="x")


def test_who_handed_the_list_in_does_not_decide_its_hits(home_maker, who, compare):
    compare("payroll", ids_only=True, by=home_maker)
    with pytest.raises(OwnWork):
        decide_hit(by=home_maker, hit=Hit.objects.first().pk, outcome=Outcome.KEEP, reason="已核实")


def test_the_database_refuses_a_decision_by_who_handed_the_list_in(who, hit):
    made = decide_hit(by=who.approver, hit=hit, outcome=Outcome.KEEP, reason="已核实")
    other = Hit.objects.exclude(pk=hit).first()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO decisions_disposition "
            "(county, hit_id, outcome, decided_on, reason, maker_id, person_id, event_id) "
            "VALUES (%s, %s, 'keep', %s, 'x', %s, %s, %s)",
            [made.county, other.pk, date(2017, 1, 1), made.maker_id, made.maker_id, made.event_id],
        )


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("", id="nothing"),
        pytest.param("   ", id="spaces"),
        pytest.param("字" * 501, id="501 characters"),
        pytest.param("证号990101197001010015", id="an identity number"),
        pytest.param("电话 199 0000 0000", id="a phone"),
    ],
)
def test_words_are_short_and_without_numbers_of_persons(who, hit, words):
    with pytest.raises(WordsMissing):
        hear_household(by=who.clerk, hit=hit, heard_on=today(), words=words)
    with pytest.raises(WordsMissing):
        decide_hit(by=who.approver, hit=hit, outcome=Outcome.KEEP, reason=words)
    assert not Hearing.objects.exists()


def test_five_hundred_characters_are_taken_and_a_day_to_come_is_not(who, hit):
    hear_household(by=who.clerk, hit=hit, heard_on=today(), words="字" * 500)
    with pytest.raises(WordsMissing):
        hear_household(by=who.clerk, hit=hit, heard_on=today() + timedelta(days=1), words=WORDS)


def test_a_hit_is_unknown_to_who_may_not_act_where_it_lies(who, hit):
    with pytest.raises(HitUnknown):
        hear_household(by=who.clerk, hit=999_999, heard_on=today(), words=WORDS)
    with pytest.raises((HitUnknown, NotPermitted)):
        decide_hit(by=who.clerk, hit=hit, outcome=Outcome.KEEP, reason="已核实")
    with pytest.raises((HitUnknown, NotPermitted)):
        hear_household(by=who.analyst, hit=hit, heard_on=today(), words=WORDS)


def test_what_a_household_says_lies_sealed(who, hit):
    made = hear_household(by=who.clerk, hit=hit, heard_on=today(), words=WORDS)
    assert "儿子" not in bytes.fromhex(made.words_sealed).decode("utf-8", "replace")


def test_the_words_of_a_household_are_read_by_who_hears_and_decides_and_each_reading_is_noted(hamlet, who, hit):
    reads = Event.objects.filter(action="hearing.read")
    assert read_hearings(by=who.approver, hit=hit) == []
    assert not reads.exists(), "where nothing was said nothing was read"
    hear_household(by=who.clerk, hit=hit, heard_on=today(), words=WORDS)
    for _ in range(2):
        for one in (who.clerk, who.approver):
            assert read_hearings(by=one, hit=hit) == [(today(), WORDS)]
    assert {(event.actor_id, event.subject) for event in reads} == {
        (one.person_id, f"hit {hit}") for one in (who.clerk, who.approver)
    }
    assert reads.count() == 2, "once a day for each person"
    with pytest.raises(NotPermitted):
        read_hearings(by=who.inspector, hit=hit)
    with pytest.raises(HitUnknown):
        read_hearings(by=who.analyst, hit=hit)
    assert not verify(hamlet.database_url or str(hamlet.database_file), hamlet.key_file).faults
