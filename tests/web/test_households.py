"""Lists, searches and pages of households: what each person finds, and what nobody outside their area can tell."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.registered import known_households, village_of

pytestmark = pytest.mark.store

COUNTY, VILLAGE, TOWN, INSPECTOR, ANALYST, MEMBER = "李文员", "吴信息", "郑乡镇", "孙督查", "赵分析", "贫困户代表"
HOSTILE = ["'", '"; DROP TABLE registry_identity; --', "%", "_", "\\", "*", "💥", "Ω" * 5_000, "\u202e王", "\x00", "  "]


def listed(page):
    """Return the numbers of the households that a page lists."""
    return [int(number) for number in re.findall(r'href="/households/(\d+)/(?:\?[^"]*)?"', page.content.decode())]


def whole_list(client, address):
    """Return the households of every page of a list."""
    found, number = [], 1
    while True:
        page = client.get(f"{address}{'&' if '?' in address else '?'}page={number}")
        found += listed(page)
        if 'rel="next"' not in page.content.decode():
            return found
        number += 1


def total(page):
    """Return the number of households that a page counts."""
    return int(re.search(r"Households: ([\d,]+)|共([\d,]+)户", page.content.decode())[0].translate(KEPT))


KEPT = dict.fromkeys(map(ord, "Households: ,共户"))


def searched(client, words, **filters):
    """Search and return the page that the browser is led to."""
    answer = client.post("/households/search/", {"q": words, **filters})
    assert answer.status_code == 302
    return client.get(answer["Location"])


def english(client):
    client.post("/language/", {"language": "en"})
    return client


def test_the_pages_of_a_list_add_up_to_its_total_and_repeat_nobody(client_of):
    client = english(client_of(COUNTY))
    found = whole_list(client, "/households/")
    assert len(found) == len(set(found)) == total(client.get("/households/"))
    assert set(found) == {one.household for one in known_households()}


def test_a_village_clerk_lists_the_own_village_and_its_count_alone(client_of):
    client = english(client_of(VILLAGE))
    mine = {one.household for one in known_households() if one.village == village_of(VILLAGE)}
    assert set(whole_list(client, "/households/")) == mine
    assert total(client.get("/households/")) == len(mine) < len(known_households())


def test_a_household_of_a_sibling_village_does_not_exist_for_a_village_clerk(client_of):
    client = client_of(VILLAGE)
    other = next(one for one in known_households() if one.village != village_of(VILLAGE))
    unknown = client.get("/households/99999999/")
    for way in ("", "card/", "handbook/"):
        answer = client.get(f"/households/{other.household}/{way}")
        assert answer.status_code == 404
        shown = [
            re.sub(r'name="(next|csrf\w+)" value="[^"]*"|"X-CSRFToken": "\w+"', "", one.content.decode())
            for one in (answer, unknown)
        ]
        assert shown[0] == shown[1]
    assert client.get(f"/households/?place={other.village}").status_code == 404


def test_a_search_finds_nothing_of_a_sibling_village(client_of):
    client = english(client_of(VILLAGE))
    mine = village_of(VILLAGE)
    others = [one for one in known_households() if one.village != mine]
    heads = {one.head for one in known_households() if one.village == mine}
    stranger = next(one for one in others if one.head and one.head not in heads)
    for words in (stranger.head, stranger.number, next(iter(stranger.secrets), stranger.number)):
        assert stranger.household not in listed(searched(client, words))
    assert total(searched(client, stranger.number)) == 0


def test_a_search_shared_with_another_shows_them_their_own_area(client_of):
    known = next(one for one in known_households() if one.village != village_of(VILLAGE))
    address = client_of(COUNTY).post("/households/search/", {"q": known.number})["Location"]
    assert listed(client_of(COUNTY).get(address)) == [known.household]
    assert listed(client_of(VILLAGE).get(address)) == []


@pytest.mark.parametrize("way", ["name", "pinyin", "pinyin in one word", "initials", "number", "beginning of the name"])
def test_a_household_is_found_by_what_people_call_it(client_of, way):
    from bangfu.registry.models import Identity

    known = next(one for one in known_households() if one.head)
    head = Identity.objects.filter(name=known.head, live=True).first()
    words = {
        "name": known.head,
        "pinyin": head.pinyin,
        "pinyin in one word": head.pinyin.replace(" ", "").upper(),
        "initials": head.initials,
        "number": known.number,
        "beginning of the name": known.head[:1],
    }[way]
    client = client_of(COUNTY)
    answer = client.post("/households/search/", {"q": words})
    assert known.household in whole_list(client, answer["Location"])


def test_a_household_is_found_by_a_whole_identity_number_and_by_no_part_of_it(client_of):
    known = next(one for one in known_households() if any(len(secret) == 18 for secret in one.secrets))
    number = next(secret for secret in known.secrets if len(secret) == 18)
    client = client_of(COUNTY)
    assert listed(searched(client, number)) == [known.household]
    assert known.household not in listed(searched(client, number[:17]))


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_find_nobody_and_break_nothing(client_of, words):
    client = english(client_of(COUNTY))
    answer = client.post("/households/search/", {"q": words})
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert page.status_code == 200
    if answer["Location"].startswith("/households/s/"):
        assert total(page) == 0


def test_no_personal_word_stands_in_an_address(client_of):
    known = next(one for one in known_households() if one.head)
    client = client_of(COUNTY)
    answer = client.post("/households/search/", {"q": known.head, "outcome": "yes"})
    assert re.fullmatch(r"/households/s/[\w-]{22}/", answer["Location"])
    page = client.get(answer["Location"]).content.decode()
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', page)
    assert not [one for one in addresses if known.head in one or known.number in one]


@pytest.mark.parametrize("outcome", ["yes", "no", "unknown"])
def test_the_filter_by_outcome_counts_what_the_run_counts(client_of, outcome):
    from bangfu.kernel.home import Home
    from bangfu.snapshots.queries import run_manifest, run_named

    counts = run_manifest(run_named(None), Home.current())["findings"]["counts"]
    client = english(client_of(COUNTY))
    assert total(client.get(f"/households/?outcome={outcome}")) == counts[outcome]
    assert len(whole_list(client, f"/households/?outcome={outcome}")) == counts[outcome]


def test_the_filter_by_criterion_counts_what_the_run_counts(client_of):
    from bangfu.kernel.home import Home
    from bangfu.snapshots.queries import run_manifest, run_named

    criteria = run_manifest(run_named(None), Home.current())["findings"]["criteria"]
    client = english(client_of(COUNTY))
    for name, one in criteria.items():
        assert total(client.get(f"/households/?gap={name}")) == one["counts"]["yes"]


def test_filters_that_make_no_sense_are_left_out(client_of):
    client = english(client_of(COUNTY))
    everybody = total(client.get("/households/"))
    answer = client.get("/households/?outcome=maybe&status=99&sort=name&page=minus&column=secret")
    assert answer.status_code == 200
    assert total(answer) == everybody
    assert client.get("/households/?page=99999").status_code == 200
    assert client.get("/households/?run=r-none").status_code == 404
    assert client.get("/households/?place=0").status_code == 404


def test_a_list_is_kept_under_a_name_and_forgotten_by_its_maker_alone(client_of):
    client = client_of(COUNTY)
    address = client.post("/households/keep/", {"name": "待核实户", "outcome": "unknown"})["Location"]
    assert "待核实户" in client.get("/households/").content.decode()
    assert "待核实户" not in client_of(TOWN).get("/households/").content.decode()
    assert client_of(TOWN).post(f"{address}forget/").status_code == 404
    assert client.post(f"{address}forget/").status_code == 302
    assert client.get(address).status_code == 404


def test_a_search_without_a_name_ends_after_some_days(client_of):
    from datetime import timedelta

    from django.utils import timezone

    from bangfu.registry.models import SavedSearch
    from bangfu.registry.saved_searches import KEPT_FOR

    client = client_of(COUNTY)
    address = client.post("/households/search/", {"q": "王"})["Location"]
    SavedSearch.objects.update(made_at=timezone.now() - KEPT_FOR + timedelta(hours=1))
    assert client.get(address).status_code == 200
    SavedSearch.objects.update(made_at=timezone.now() - KEPT_FOR - timedelta(hours=1))
    assert client.get(address).status_code == 404
    client.post("/households/search/", {"q": "李"})
    assert SavedSearch.objects.count() == 1


def test_a_kept_search_lies_sealed(client_of):
    from bangfu.registry.models import SavedSearch

    client_of(COUNTY).post("/households/keep/", {"name": "王家", "q": "王"})
    sealed = bytes.fromhex(SavedSearch.objects.get().sealed)
    assert "王".encode() not in sealed


def test_the_page_gives_the_reason_of_the_command_line(client_of):
    from bangfu.cli.verbs import explain

    client = english(client_of(COUNTY))
    for known in known_households()[:12]:
        told = explain.run(household_no=known.number, run_name=None, name=None)
        page = client.get(f"/households/{known.household}/").content.decode()
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)).replace("&quot;", '"').replace("&#x27;", "'")
        assert told["reason"]["en"] in text
        for one in told["criteria"]:
            assert one["title"]["en"] in text
        for change in told["what_would_change"]["changes"]:
            assert change["sentence"]["en"] in text


def test_the_income_of_a_page_adds_up_to_what_was_compared(client_of):
    from bangfu.kernel.home import Home
    from bangfu.params import load
    from bangfu.places.scope import Scope
    from bangfu.snapshots.queries import run_named
    from bangfu.snapshots.reasons import reasons
    from bangfu.web.household_page import income_of

    signs, summed = {"add": 1, "subtract": -1, "exclude": 0}, 0
    for known in known_households():
        income = income_of(reasons(run_named(None), Home.current(), Scope.everywhere(), known.household), load())
        if not income.summed:
            continue
        summed += 1
        assert sum(signs[line.counts] * (line.fen or 0) for line in income.lines) == income.fen
    assert summed > 10


def test_a_member_sees_the_own_household_and_never_another(client_of):
    from bangfu.access.models import Grant

    own = Grant.objects.get(person__name=MEMBER).household
    known = {one.household: one for one in known_households()}
    client = client_of(MEMBER)
    page = client.get("/my-household/").content.decode()
    assert all(secret in page for secret in known[own].secrets)
    assert known[own].secrets
    for way in ("", "card/", "handbook/"):
        assert client.get(f"/my-household/{way}").status_code == 200
        assert client.get(f"/households/{own}/{way}").status_code == 403
    others = set().union(*(one.secrets for number, one in known.items() if number != own)) - known[own].secrets
    assert not [secret for secret in others if secret in page]
    assert client_of(COUNTY).get("/my-household/").status_code == 403


def test_who_reads_no_register_opens_no_household(client_of):
    client = client_of(ANALYST)
    known = known_households()[0]
    for address in ("/households/", f"/households/{known.household}/", f"/households/{known.household}/card/"):
        assert client.get(address).status_code == 403
    assert client.post("/households/search/", {"q": known.head}).status_code == 403


def test_a_page_costs_a_bounded_number_of_queries(client_of):
    client = client_of(COUNTY)
    known = max(known_households(), key=lambda one: len(one.members))
    bounds = {
        "/households/?column=main_cause&column=housing_grade&column=water_safe": 20,
        f"/households/{known.household}/": 42,
    }
    for address, bound in bounds.items():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= bound, [one["sql"][:80] for one in asked]


def test_what_was_undone_is_in_no_list_and_on_no_page(client_of):
    from bangfu.cli.verbs import undo

    known = known_households()[0]
    client = english(client_of(COUNTY))
    assert total(client.get("/households/")) > 0
    undo.run(batch=1, name=None)
    assert total(client.get("/households/")) == 0
    assert total(searched(client, known.number)) == 0
    assert total(searched(client, known.head)) == 0
    assert client.get(f"/households/{known.household}/").status_code == 404


def test_an_exported_list_holds_as_many_persons_as_its_households_and_no_secret(client_of, tmp_path):
    import openpyxl

    client = client_of(COUNTY)
    poor = set(whole_list(client, "/households/?outcome=yes"))
    known = [one for one in known_households() if one.household in poor]
    answer = client.post("/households/export/", {"outcome": "yes"})
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=3)]
    assert len(rows) == sum(len(one.members) for one in known) == int(answer["X-Rows"])
    cells = {str(cell) for row in rows for cell in row}
    assert not cells & set().union(*(one.secrets for one in known))
