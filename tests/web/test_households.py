"""Lists and searches of households: what each person finds, and what nobody outside their area can tell."""

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.kernel.home import Home
from bangfu.places.scope import Scope
from bangfu.registry import finding
from bangfu.snapshots import lists
from bangfu.snapshots.lists import Asked, selected
from tests.web.registered import known_households, village_of
from tests.web.walking import english, listed, searched, total, whole_list

pytestmark = pytest.mark.store

COUNTY, VILLAGE, TOWN = "李文员", "吴信息", "郑乡镇"
HOSTILE = ["'", '"; DROP TABLE registry_identity; --', "%", "_", "\\", "*", "💥", "Ω" * 5_000, "\u202e王", "\x00", "  "]


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


def test_a_search_over_several_counties_tells_when_it_stopped_and_an_export_does_not_stop(client_of, monkeypatch):
    client, asked = english(client_of(COUNTY)), Asked(words="w")
    everywhere, home = Scope.everywhere(), Home.current()
    whole = selected(everywhere, home, asked)
    assert not whole.cut
    monkeypatch.setattr(finding, "MOST_FOUND", 3)
    shown, taken = selected(everywhere, home, asked), selected(everywhere, home, asked, every=True)
    assert shown.cut
    assert 0 < shown.frame.height < whole.frame.height
    assert not taken.cut
    assert taken.frame.equals(whole.frame)
    told = "More persons are called so"
    assert told in searched(client, "w").content.decode()
    assert told not in searched(english(client_of(VILLAGE)), "w").content.decode()


@given(st.lists(st.none() | st.integers(-(10**11), 10**11), max_size=40), st.booleans())
def test_the_order_of_a_list_is_that_of_a_stable_sort_with_missing_numbers_last(numbers, largest_first):
    frame = pl.DataFrame(
        {"number": numbers, "place": range(len(numbers))}, schema={"number": pl.Int64, "place": pl.Int64}
    )
    wanted = frame.sort("number", descending=largest_first, nulls_last=True, maintain_order=True)
    found = lists._order(frame["number"], largest_first=largest_first)
    assert frame[found].equals(wanted)


def test_a_search_by_script_is_answered_at_once_under_its_own_address(client_of):
    client, known = english(client_of(COUNTY)), known_households()[0]
    answer = client.post("/households/search/", {"q": known.number}, headers={"HX-Request": "true"})
    address = answer["HX-Push-Url"]
    assert listed(answer) == listed(client.get(address)) == [known.household]
    assert known.number not in address
    assert f'name="next" value="{address}"' in answer.content.decode()
