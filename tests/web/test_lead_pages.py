"""Doubts, comparisons and single cases on pages: who sees and does what; no status changes by any of it."""

import re

import pytest

from bangfu.access.acting import today
from bangfu.decisions.models import Comparison, Disposition, Hearing, Hit
from bangfu.places.models import Place
from bangfu.procedures.models import Case
from bangfu.simulate import simulate
from bangfu.work.models import Lead
from tests.web.doubting import DAY, TRUE_ON, hand_in, statuses, text_of
from tests.web.walking import english
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store
WORDS = "车是替儿子买的，登记在我名下。"


@pytest.fixture(scope="session")
def lists(tmp_path_factory):
    """The folder with the lists of the hamlet."""
    out = tmp_path_factory.mktemp("lists")
    simulate("hamlet", 1, out, damaged=25)
    return out / "comparison"


@pytest.fixture
def county(hamlet):
    hamlet.move_day(DAY)
    return Place.objects.get(level=3).number


@pytest.fixture
def page(client_of, county):
    """A function that gives a client of the pages in English."""
    return lambda name: english(client_of(name))


@pytest.fixture
def compared(page, county, lists):
    """The answer of the page of the job after the payroll was compared by 李文员."""
    clerk = page("李文员")
    answer = hand_in(clerk, lists / "payroll.xlsx", county, "payroll")
    assert answer.status_code == 302, text_of(answer)
    work_off()
    return clerk.get(answer["Location"])


@pytest.fixture
def hit(compared):
    """A hit about a household that is on the list."""
    return Hit.objects.select_related("lead").filter(household__isnull=False).order_by("id").first()


def test_a_list_is_compared_and_its_counts_add_up(page, compared):
    assert "rows compared" in text_of(compared)
    one = Comparison.objects.get()
    assert one.rows == one.rejected + one.not_authorised + one.matched + one.ambiguous + one.unmatched
    shown = text_of(page("李文员").get("/comparisons/"))
    assert f" {one.rows} {one.rejected} {one.not_authorised} {one.matched} {one.ambiguous} {one.unmatched} " in shown


def test_the_same_list_twice_asks_nothing_twice(page, compared, county, lists):
    before = Lead.objects.count(), Hit.objects.count(), Comparison.objects.count()
    assert before[1]
    hand_in(page("李文员"), lists / "payroll.xlsx", county, "payroll")
    work_off()
    assert (Lead.objects.count(), Hit.objects.count(), Comparison.objects.count()) == before


@pytest.mark.parametrize(
    ("more", "words"),
    [
        pytest.param({"kind": "none"}, "Select a valid choice", id="no such list"),
        pytest.param({"county": 1}, "Select a valid choice", id="no such county"),
        pytest.param({"on": "2999-01-01"}, "This day lies ahead", id="a day ahead"),
        pytest.param({"office": "990101197001010015"}, "without ID numbers", id="a number as office"),
        pytest.param({"file": ""}, "required", id="no file"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(page, county, lists, more, words):
    sent = {"county": county, "kind": "payroll", "on": TRUE_ON}
    with (lists / "payroll.xlsx").open("rb") as file:
        answer = page("李文员").post("/comparisons/new/", sent | {"file": file} | more)
    assert answer.status_code == 400
    assert words in text_of(answer)


def test_an_empty_file_is_refused_in_words(page, county, tmp_path):
    (tmp_path / "empty.xlsx").write_bytes(b"")
    answer = hand_in(page("李文员"), tmp_path / "empty.xlsx", county, "payroll")
    assert answer.status_code == 400
    assert "empty.xlsx" in text_of(answer)


@pytest.mark.parametrize("name", ["吴信息", "王审核", "孙督查", "钱市办"])
def test_only_the_county_office_hands_in_lists(page, name):
    assert page(name).get("/comparisons/new/").status_code == 403


def test_the_list_of_doubts_counts_what_it_shows(page, compared):
    client = page("王审核")
    shown = client.get("/leads/")
    total = Lead.objects.filter(state="open").count()
    assert f"All {total} " in text_of(shown)
    tabs = re.findall(r'severity=\w+[^>]*>[^<]* <span class="n">([\d,]+)<', shown.content.decode())
    assert sum(int(one.replace(",", "")) for one in tabs) == total
    kinds = re.findall(r"<option value=\"[a-z_.]+\"[^>]*>[^<]*\(([\d,]+)\)", shown.content.decode())
    assert sum(int(one.replace(",", "")) for one in kinds) == total
    rows = shown.content.decode().count('<th scope="row"><a href="/leads/')
    assert rows == min(total, 50)


def test_the_filters_leave_what_they_say(page, compared, hit):
    client = page("王审核")
    kept = client.get(f"/leads/?kind={hit.kind}&severity={hit.severity}")
    assert f"doubts: {Hit.objects.filter(kind=hit.kind, severity=hit.severity).count()} " in text_of(kept)
    assert "No open doubt fits" in text_of(client.get("/leads/?kind=none"))
    assert client.get("/leads/?place=110000000000").status_code == 404
    assert client.get("/leads/?severity=%27&page=-1").status_code == 200


def test_a_village_sees_its_own_doubts_alone(page, compared):
    from bangfu.access.models import Grant
    from bangfu.places.scope import Scope
    from bangfu.registry.directory import home_of

    village = Grant.objects.get(person__name="吴信息", role="village_clerk").place
    client = page("吴信息")
    for one in Hit.objects.filter(household__isnull=False).order_by("household_id"):
        inside = home_of(Scope.everywhere(), one.household_id)["village"] == village
        assert client.get(f"/leads/{one.lead_id}/").status_code == (200 if inside else 404)
    assert client.get("/leads/999999/").status_code == 404


@pytest.mark.parametrize("name", ["钱市办", "赵分析", "冯联络", "何财政"])
def test_who_reads_no_register_sees_no_doubt(page, name):
    assert page(name).get("/leads/").status_code == 403


def test_no_name_or_number_of_a_row_stands_on_a_page(page, compared, lists):
    from bangfu.intake.list_reading import read_list
    from bangfu.params import load
    from tests.web.registered import known_households

    rows = read_list(lists / "payroll.xlsx", "payroll", load()).frame
    heads = "|".join(one.head for one in known_households())
    forbidden = {*rows["id_no"].drop_nulls(), *rows["written_id"].drop_nulls()}
    forbidden |= {name for name in rows["name"].drop_nulls() if name not in heads}
    assert len(forbidden) > 1
    client = page("王审核")
    about = [address for one in Hit.objects.all() for address in _pages_of(one)]
    for address in {"/leads/", "/comparisons/", compared.request["PATH_INFO"], *about}:
        shown = client.get(address).content.decode()
        assert not [text for text in forbidden if text in shown], address


def _pages_of(hit):
    return [f"/leads/{hit.lead_id}/"]


def test_a_doubt_tells_its_list_and_its_law_and_that_it_is_no_verdict(page, hit):
    shown = text_of(page("王审核").get(f"/leads/{hit.lead_id}/"))
    for words in (
        "not a verdict",
        "Persons on the public payroll",
        "31 December 2016",
        "A member is paid by the state",
    ):
        assert words in shown


def test_a_household_is_heard_then_another_person_proposes_removal_and_opens_the_case(page, hit):
    before, clerk, approver = statuses(), page("李文员"), page("王审核")
    address = f"/leads/{hit.lead_id}/"
    early = approver.post(f"{address}decide/", {"outcome": "remove_proposed", "reason": "查实在编在岗"})
    assert early.status_code == 400
    assert "was not heard" in text_of(early)
    assert "查实在编在岗" in text_of(early)
    for _ in range(2):
        said = clerk.post(f"{address}hear/", {"heard_on": today().isoformat(), "words": WORDS})
        assert said.status_code == 302
    assert Hearing.objects.count() == 1
    assert WORDS in text_of(clerk.get(address))
    for _ in range(2):
        decided = approver.post(f"{address}decide/", {"outcome": "remove_proposed", "reason": "查实在编在岗"})
        assert decided.status_code == 302
    assert Disposition.objects.count() == 1
    shown = clerk.get(address).content.decode()
    what = re.search(r'name="what" value="([^"]+)"', shown)[1]
    sent = {"what": what, "clue": "comparison", "lead": hit.lead_id}
    opened = clerk.post(f"/households/{hit.household_id}/open-case/", sent)
    assert opened.status_code == 302
    case = Case.objects.get(procedure="remove")
    assert (case.subject_id, case.proposal) == (hit.household_id, "removed")
    clerk.get("/leads/")
    again = clerk.post(f"/households/{hit.household_id}/open-case/", sent, follow=True)
    assert "open case of this procedure already" in text_of(again)
    assert Case.objects.count() == 1
    assert statuses() == before


def test_who_handed_the_list_in_is_offered_no_decision(page, hit):
    clerk = page("李文员")
    assert "/decide/" not in clerk.get(f"/leads/{hit.lead_id}/").content.decode()
    sent = {"outcome": "keep", "reason": "已核实"}
    assert clerk.post(f"/leads/{hit.lead_id}/decide/", sent).status_code == 403
    assert page("孙督查").post(f"/leads/{hit.lead_id}/decide/", sent).status_code == 403


@pytest.mark.parametrize(
    ("words", "day"),
    [
        pytest.param("", "2017-01-09", id="nothing"),
        pytest.param("证号990101197001010015", "2017-01-09", id="an identity number"),
        pytest.param("字" * 501, "2017-01-09", id="501 characters"),
        pytest.param(WORDS, "2017-01-10", id="a day ahead"),
        pytest.param(WORDS, "soon", id="no day"),
    ],
)
def test_words_that_cannot_be_kept_are_refused_on_the_page(page, hit, words, day):
    answer = page("李文员").post(f"/leads/{hit.lead_id}/hear/", {"heard_on": day, "words": words})
    assert answer.status_code == 400
    assert not Hearing.objects.exists()


def test_what_people_write_is_shown_as_they_wrote_it(page, hit):
    nasty = "<script>alert(1)</script>%s{{7*7}}"
    clerk = page("李文员")
    clerk.post(f"/leads/{hit.lead_id}/hear/", {"heard_on": today().isoformat(), "words": nasty})
    shown = clerk.get(f"/leads/{hit.lead_id}/").content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


def test_a_dismissed_doubt_leaves_the_list(page, hit):
    approver = page("王审核")
    approver.post(f"/leads/{hit.lead_id}/decide/", {"outcome": "dismissed", "reason": "公益性岗位补贴"})
    assert f'href="/leads/{hit.lead_id}/"' not in approver.get("/leads/").content.decode()
    assert "settled" in text_of(approver.get(f"/leads/{hit.lead_id}/"))


def test_a_household_page_has_its_doubts_and_what_may_be_opened(page, hit):
    clerk = page("李文员").get(f"/households/{hit.household_id}/").content.decode()
    assert f'href="/leads/{hit.lead_id}/"' in clerk
    assert ":removed" in clerk
    assert "open-case" not in page("孙督查").get(f"/households/{hit.household_id}/").content.decode()


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


@pytest.fixture
def proposed(page, hit):
    """The hit, after 王审核 proposed the removal of its household."""
    address = f"/leads/{hit.lead_id}/"
    page("李文员").post(f"{address}hear/", {"heard_on": today().isoformat(), "words": WORDS})
    decided = page("王审核").post(f"{address}decide/", {"outcome": "remove_proposed", "reason": "查实在编在岗"})
    assert decided.status_code == 302
    return hit


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
    from datetime import date

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
