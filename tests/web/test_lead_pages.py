"""Doubts, comparisons and single cases on pages: who sees and does what; no status changes by any of it."""

import re

import pytest

from bangfu.access.acting import today
from bangfu.decisions.models import Comparison, Disposition, Hearing, Hit
from bangfu.procedures.models import Case
from bangfu.work.models import Lead
from tests.web.doubting import TRUE_ON, WORDS, hand_in, statuses, text_of
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store


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
    assert "open case of this programme already" in text_of(again)
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
