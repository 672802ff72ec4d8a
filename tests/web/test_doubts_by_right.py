"""Doubts by what became of the household, by who may see what, and by the programme that can remove."""

import re
from datetime import date

import pytest

from bangfu.decisions.models import Hit
from bangfu.procedures.models import Case
from tests.web.doubting import DAY, WORDS, text_of

pytestmark = pytest.mark.store


def test_a_doubt_outlives_the_household_that_it_was_about(page, hit):
    from bangfu.decisions.queries.hits import hits_listed
    from bangfu.places.scope import Scope
    from bangfu.registry.directory import directory
    from tests.web.happening import form_of, happens
    from tests.web.registered import known_households

    county, approver = page("李文员"), page("王审核")
    homes = known_households()
    home = next(one for one in homes if one.household == hit.household_id)
    other = next(one for one in homes if one.village == home.village and one != home)
    relations = {f"relation.{row}": "其他" for row in form_of(county, home, "merge")}
    happens(county, approver, home, "merge", household_no=other.number, **relations)
    assert home.household not in directory(Scope.everywhere())["household"]
    shown = approver.get(f"/leads/{hit.lead_id}/")
    assert shown.status_code == 200
    assert "Nobody lives in this household any more" in text_of(shown)
    listed = hits_listed(Scope.everywhere(), household=home.household).hits
    assert (listed[0].hit, listed[0].household_no, listed[0].place) == (hit.pk, home.number, home.village)


def test_a_removal_is_opened_whichever_programme_was_run_last(page, hamlet, proposed):
    from bangfu.access.actions.ensure_demo_people import ensure_demo_people
    from bangfu.snapshots.actions.run_programme import run_programme
    from bangfu.snapshots.models import Run

    clerk, address = page("李文员"), f"/leads/{proposed.lead_id}/"
    run_programme(
        by=ensure_demo_people()["clerk"], programme="gd_2016", snapshot=Run.objects.latest("id").snapshot, home=hamlet
    )
    assert Run.objects.latest("id").programme == "gd_2016"
    what = re.search(r'name="what" value="([^"]+)"', clerk.get(address).content.decode())[1]
    assert what == "cn_2014:remove:removed"
    sent = {"what": what, "clue": "comparison", "lead": proposed.lead_id}
    assert "was opened" in text_of(clerk.post(f"/households/{proposed.household_id}/open-case/", sent, follow=True))
    assert Case.objects.get().procedure == "remove"


def test_where_no_programme_removes_a_sentence_stands_in_place_of_the_button(page, hamlet, proposed):
    hamlet.move_day(date(2022, 3, 1))
    shown = page("李文员").get(f"/leads/{proposed.lead_id}/")
    assert "No case for removal can be opened today" in text_of(shown)
    assert "open-case" not in shown.content.decode()


def test_a_removal_after_a_comparison_needs_a_decision_that_proposes_it(page, hit):
    sent = {"what": "cn_2014:remove:removed", "clue": "comparison", "lead": hit.lead_id}
    address = f"/households/{hit.household_id}/open-case/"
    page("王审核").post(f"/leads/{hit.lead_id}/decide/", {"outcome": "keep", "reason": "公益性岗位"})
    refused = page("李文员").post(address, sent, follow=True)
    assert "proposes the removal of this household" in text_of(refused)
    assert not Case.objects.exists()
    assert "was opened" in text_of(page("李文员").post(address, sent | {"clue": "visit"}, follow=True))


@pytest.fixture
def certificate(page, county):
    """A hit in the village of 吴信息: a list tells the kind and grade of somebody's disability."""
    from bangfu.access.actions.ensure_demo_people import ensure_demo_people
    from bangfu.access.models import Grant
    from bangfu.decisions.actions.record_comparison import Counts, record_comparison
    from bangfu.decisions.asking import Draft
    from bangfu.places.scope import Scope
    from bangfu.registry.directory import directory

    village = Grant.objects.get(person__name="吴信息", role="village_clerk").place
    draft = Draft(
        kind="unserved.disability",
        household=directory(Scope((village,)))["household"][0],
        person=None,
        sheet=1,
        row=2,
        how="id",
        score_bp=10_000,
        key="k",
        facts='{"grade":1,"issued_on":20150811,"kind":4}',
        told=20150811,
        severity="help",
        evidence="残联残疾人证名单第2行",
    )
    facts = {"kind": "disability", "office": "残联", "stated_on": DAY, "programme": "cn_2014", "digest": "d"}
    clerk = ensure_demo_people()["clerk"]
    counts = Counts(1, 0, 0, 1, 0, 0, 0)
    record_comparison(by=clerk, county=county, facts=facts, counts=counts, drafts=[(draft, None)])
    return Hit.objects.get(kind="unserved.disability")


@pytest.mark.parametrize(("name", "masks"), [("吴信息", 0), ("李文员", 2), ("王审核", 2), ("孙督查", 2)])
def test_kind_and_grade_of_a_disability_are_shown_to_nobody_in_full(page, certificate, name, masks):
    shown = text_of(page(name).get(f"/leads/{certificate.lead_id}/"))
    assert "2015-08-11" in shown
    assert "肢体残疾" not in shown
    assert "一级" not in shown
    assert shown.count("名单已载明") == masks
    assert ("your office does not see" in shown) == (masks == 0)


def test_the_words_of_a_household_are_not_shown_to_who_neither_hears_nor_decides(page, proposed):
    from bangfu.audit.models import Event

    for name, reads in (("孙督查", False), ("李文员", True), ("王审核", True)):
        shown = text_of(page(name).get(f"/leads/{proposed.lead_id}/"))
        assert (WORDS in shown) == reads
        assert ("Its words are read by" in shown) == (not reads)
    readers = Event.objects.filter(action="hearing.read").values_list("actor_name", flat=True)
    assert sorted(set(readers)) == ["李文员", "王审核"]
