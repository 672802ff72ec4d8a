"""What happened in a household, told on its page: a batch like any other, and its history afterwards."""

import html
import re
from datetime import timedelta

import pytest

from bangfu.kernel.home import Home
from bangfu.work.models import Lead
from tests.intake.builders import made_up_id
from tests.web.conftest import clean
from tests.web.happening import APPROVER, COUNTY, VILLAGE, form_of, happens, late, tell
from tests.web.importing import text_of
from tests.web.registered import known_households, village_of
from tests.web.walking import english
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store

KINDS = ("join", "leave", "split", "merge", "move", "head")
HOSTILE = [
    "'",
    "=1+1",
    "<script>",
    "💥",
    "龘" * 5_000,
    "\u202e",
    "  ",
    "99999999999999999999",
    "２０１７-０３-０２",
    "\x00",
]
DAYS = {"no day": "", "a word": "tomorrow", "no day of the calendar": "2017-02-30", "too short": "2017", "ahead": None}


@pytest.fixture
def homes(client_of):
    """The households of the village clerk's village, the largest first."""
    mine = [one for one in known_households() if one.village == village_of(VILLAGE)]
    return sorted(mine, key=lambda one: -len(one.members))


def members(home):
    return {one.household: len(one.members) for one in known_households()}.get(home.household)


def history(client, home):
    page = text_of(client, f"/households/{home.household}/")
    return [
        html.unescape(re.sub(r"<[^>]+>|\s+", " ", one)).split() for one in re.findall(r'"happened">(.*?)</ul>', page)
    ]


def test_a_child_is_born_on_the_page(client_of, homes):
    clerk, approver, home = english(client_of(VILLAGE)), english(client_of(APPROVER)), homes[0]
    assert f'href="/households/{home.household}/change/"' in text_of(clerk, f"/households/{home.household}/")
    happens(clerk, approver, home, "join", why="新生儿", name="测小溪", relation="之女", sex="女", born_on=late())
    assert members(home) == len(home.members) + 1
    assert history(clerk, home) == [["Born", ":", "测小溪"]]


def test_a_bride_with_a_number_of_her_own_joins_and_somebody_dies(client_of, homes):
    clerk, approver, home = english(client_of(VILLAGE)), english(client_of(APPROVER)), homes[0]
    bride = made_up_id("19950404", 77)
    happens(clerk, approver, home, "join", why="嫁入", name="测小莲", relation="之儿媳", id_no=bride)
    rows = form_of(clerk, home, "leave")
    other = next(row for row, relation in rows.items() if relation not in {"户主", "之儿媳"})
    happens(clerk, approver, home, "leave", why="死亡", who=other)
    assert members(home) == len(home.members)
    bride = next(row for row, relation in form_of(clerk, home, "leave").items() if relation == "之儿媳")
    happens(clerk, approver, home, "leave", why="转出", who=bride)
    assert members(home) == len(home.members) - 1
    assert [one[0] for one in history(clerk, home)] == ["Moved", "Died", "Married"]


def test_a_household_splits_and_the_township_is_asked(client_of, homes):
    clerk, approver, home = english(client_of(VILLAGE)), english(client_of(APPROVER)), homes[0]
    rows = form_of(clerk, home, "split")
    goers = list(rows)[-2:]
    relations = {f"relation.{goers[0]}": "户主", f"relation.{goers[1]}": "其他"}
    answer = tell(clerk, home, "split", household_no=home.number, who=goers, **relations)
    assert answer.status_code == 400, "the number is taken"
    happens(clerk, approver, home, "split", household_no="X0001", who=goers, **relations)
    (new,) = [one for one in known_households() if one.number == "X0001"]
    assert (members(home), len(new.members)) == (len(home.members) - 2, 2)
    (lead,) = Lead.objects.filter(kind="household.split")
    assert lead.subject_id == new.household
    told = history(clerk, new)
    assert told[0][:4] == ["Came", "from", "another", "household"]
    assert home.number in told[0]
    assert "registered as poor" not in text_of(clerk, f"/households/{new.household}/")
    assert "X0001" in history(clerk, home)[0]


def test_a_household_merges_and_is_listed_no_more(client_of, homes):
    clerk, approver = english(client_of(VILLAGE)), english(client_of(APPROVER))
    home, other = homes[-1], homes[0]
    rows = form_of(clerk, home, "merge")
    relations = {f"relation.{row}": "其他" for row in rows}
    assert tell(clerk, home, "merge", household_no=home.number, **relations).status_code == 400
    assert tell(clerk, home, "merge", household_no=other.number).status_code == 400, "one head is enough"
    happens(clerk, approver, home, "merge", household_no=other.number, **relations)
    assert members(other) == len(home.members) + len(other.members)
    assert f'href="/households/{home.household}/"' not in text_of(clerk, "/households/")
    page = text_of(clerk, f"/households/{home.household}/")
    assert "All members have left this household" in page
    assert "/change/" not in page
    assert clerk.get(f"/households/{home.household}/change/").status_code == 404
    assert Lead.objects.filter(kind="household.merged", subject_id=home.household).exists()


def test_the_head_changes_and_an_unchanged_form_is_refused(client_of, homes):
    clerk, approver, home = english(client_of(VILLAGE)), english(client_of(APPROVER)), homes[0]
    rows = form_of(clerk, home, "head")
    old, new = next(row for row in rows if rows[row] == "户主"), list(rows)[-1]
    assert tell(clerk, home, "head", **{f"relation.{row}": text for row, text in rows.items()}).status_code == 400
    assert tell(clerk, home, "head", **{f"relation.{new}": "户主"}).status_code == 400, "two heads"
    happens(clerk, approver, home, "head", **{f"relation.{old}": "其他", f"relation.{new}": "户主"})
    assert history(clerk, home)[0][:2] == ["New", "head"]


def test_a_household_moves_where_the_person_works_and_nowhere_else(client_of, homes):
    clerk, county, approver = english(client_of(VILLAGE)), english(client_of(COUNTY)), english(client_of(APPROVER))
    home = homes[0]
    other = next(one.village for one in known_households() if one.village != home.village)
    assert tell(clerk, home, "move", village=other).status_code == 400
    assert tell(county, home, "move", village=home.village).status_code == 400, "it lives there"
    happens(county, approver, home, "move", village=other, group="三组")
    assert clerk.get(f"/households/{home.household}/").status_code == 404
    assert history(county, home)[0][:4] == ["The", "household", "moved", "to"]


def test_a_head_who_leaves_needs_a_successor(client_of, homes):
    clerk, home = english(client_of(VILLAGE)), homes[0]
    rows = form_of(clerk, home, "leave")
    head = next(row for row in rows if rows[row] == "户主")
    answer = tell(clerk, home, "leave", why="死亡", who=head)
    assert answer.status_code == 400
    assert "Who stays needs one head" in answer.content.decode()


@pytest.mark.parametrize("kind", ["", *KINDS, "decide"])
def test_an_empty_form_says_what_is_missing_and_hands_in_nothing(client_of, homes, kind):
    clerk = english(client_of(VILLAGE))
    answer = clerk.post(f"/households/{homes[0].household}/change/", {"kind": kind})
    assert answer.status_code == 400
    assert not work_off()


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
def test_a_day_that_is_none_or_has_not_come_is_refused(client_of, homes, day):
    clerk = english(client_of(VILLAGE))
    ahead = (Home.current().today() + timedelta(days=1)).isoformat()
    answer = tell(clerk, homes[0], "join", why="新生儿", name="测", on=ahead if day is None else day)
    assert answer.status_code == 400
    assert "Give the day of the change" in answer.content.decode()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_break_nothing_and_change_nobody(client_of, homes, kind, text):
    clerk, home = english(client_of(VILLAGE)), homes[0]
    fields = dict.fromkeys(
        ("why", "name", "id_no", "relation", "sex", "born_on", "household_no", "village", "code"), text
    )
    answer = tell(clerk, home, kind, **fields, group=text, who=[text], **{"relation.x": text})
    assert answer.status_code == 400
    assert "<script>" not in answer.content.decode().split("<main", 1)[1].replace("<script src", "")
    assert members(home) == len(home.members)


def test_a_newcomer_of_hostile_words_is_refused_or_waits(client_of, homes):
    clerk, home = english(client_of(VILLAGE)), homes[0]
    for text in HOSTILE:
        answer = tell(clerk, home, "join", why="新生儿", name=text, id_no=text, relation=text)
        assert answer.status_code in {302, 400}
    work_off()
    assert members(home) == len(home.members)


def test_who_only_reads_the_register_tells_nothing(client_of, homes):
    reader, home = client_of(APPROVER), homes[0]
    assert reader.get(f"/households/{home.household}/change/").status_code == 403
    assert "/change/" not in text_of(reader, f"/households/{home.household}/")


def test_a_change_is_told_on_a_phone(visit):
    page = visit(VILLAGE, "phone", "en", "/households/")
    page.goto(page.locator("main table a[href^='/households/']").first.get_attribute("href"))
    page.get_by_role("link", name="What happened").click()
    clean(page)
    for kind in KINDS:
        page.goto(re.sub(r"\?.*", "", page.url) + f"?kind={kind}")
        clean(page)
    assert page.locator("#r-" + page.locator("[name^='relation.']").first.get_attribute("name")[9:]).is_visible()
