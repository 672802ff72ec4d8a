"""Correcting a household on its page: a batch like any other, and two people who correct the same household."""

import html
import re

import pytest

from bangfu.registry.corrections import Column, Sheet, changed_since
from tests.web.importing import approve, batch_of, text_of
from tests.web.registered import known_households, village_of
from tests.web.walking import english
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store

COUNTY, VILLAGE, APPROVER = "李文员", "吴信息", "王审核"
HOSTILE = ["'", "=1+1", "<script>", "💥", "龘" * 5_000, "\u202e是", "  ", "１２３", "-1", "99999999999999999999"]


@pytest.fixture
def household(client_of):
    """A household of the village clerk's, with several members."""
    mine = [one for one in known_households() if one.village == village_of(VILLAGE)]
    return max(mine, key=lambda one: len(one.members))


def form_of(answer):
    """Return the fields of the form as a browser would send them back unchanged."""
    page = answer.content.decode()
    fields = dict(re.findall(r'<input id="c-[^"]+" name="([^"]+)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select id="c-[^"]+" name="([^"]+)">(.*?)</select>', page, re.DOTALL):
        chosen = re.findall(r"<option selected>([^<]*)", options)
        fields[name] = chosen[0] if chosen else ""
    shown = re.findall(r'name="shown" value="([^"]+)"', page)[0]
    return {name: html.unescape(text) for name, text in fields.items()} | {"shown": shown}


def field(form, name):
    """Return the names of the form's fields of one kind, the household's or each member's."""
    return [one for one in form if one.endswith(f".{name}")]


def corrected(client, household, **changes):
    """Fill in the household's own fields and hand in; return the answer."""
    address = f"/households/{household.household}/correct/"
    own = {f"household.{name}": text for name, text in changes.items()}
    return client.post(address, form_of(client.get(address)) | own)


def test_a_corrected_cell_becomes_a_batch_that_a_second_person_approves(client_of, household):
    client, approver = english(client_of(VILLAGE)), english(client_of(APPROVER))
    address = f"/households/{household.household}/"
    assert f'href="{address}correct/"' in text_of(client, address)
    form = form_of(client.get(f"{address}correct/"))
    old = form["household.housing_grade"]
    new = "D级" if old != "D级" else "A级"
    answer = client.post(f"{address}correct/", form | {"household.housing_grade": new})
    assert answer.status_code == 302
    work_off()
    number = batch_of(client, answer)
    shown = text_of(approver, f"/imports/{number}/")
    assert new[0] in shown
    assert form_of(client.get(f"{address}correct/"))["household.housing_grade"] == old
    approve(approver, number)
    now = form_of(client.get(f"{address}correct/"))
    assert now["household.housing_grade"] == new
    assert {name: text for name, text in now.items() if name not in {"shown", "household.housing_grade"}} == {
        name: text for name, text in form.items() if name not in {"shown", "household.housing_grade"}
    }


def test_a_member_is_corrected_and_nobody_else(client_of, household):
    client, approver = english(client_of(VILLAGE)), english(client_of(APPROVER))
    address = f"/households/{household.household}/correct/"
    form = form_of(client.get(address))
    last = field(form, "labour_capacity")[-1]
    new = "丧失劳动力" if form[last] != "丧失劳动力" else "普通劳动力"
    answer = client.post(address, form | {last: new})
    work_off()
    approve(approver, batch_of(client, answer))
    now = form_of(client.get(address))
    assert [name for name in form if name != "shown" and now[name] != form[name]] == [last]
    assert now[last] == new


def test_the_second_of_two_sees_both_versions_and_loses_nothing(client_of, household):
    first, second = english(client_of(VILLAGE)), english(client_of(COUNTY))
    approver = english(client_of(APPROVER))
    address = f"/households/{household.household}/correct/"
    mine, theirs = form_of(first.get(address)), form_of(second.get(address))
    grade, area = "household.housing_grade", "household.housing_area_dm2"
    one, other = [text for text in ("A级", "B级", "C级", "D级") if text != mine[grade]][:2]
    answer = first.post(address, mine | {grade: one})
    work_off()
    approve(approver, batch_of(first, answer))

    refused = second.post(address, theirs | {grade: other, area: "77.00"})
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Somebody else has changed this household" in page
    versions = re.findall(r"<td>([^<]*)</td><td><b>([^<]*)</b></td><td>([^<]*)</td>", page)
    assert versions == [(mine[grade] or "—", one, other)]
    kept = form_of(refused)
    assert (kept[grade], kept[area]) == (other, "77.00")

    again = second.post(address, kept)
    assert again.status_code == 302
    work_off()
    approve(approver, batch_of(second, again))
    now = form_of(first.get(address))
    assert (now[grade], now[area]) == (other, "77.00")


def test_who_corrects_another_cell_does_not_put_the_first_one_back(client_of, household):
    first, second = english(client_of(VILLAGE)), english(client_of(COUNTY))
    approver = english(client_of(APPROVER))
    address = f"/households/{household.household}/correct/"
    mine, theirs = form_of(first.get(address)), form_of(second.get(address))
    grade, area = "household.housing_grade", "household.housing_area_dm2"
    new = "A级" if mine[grade] != "A级" else "B级"
    answer = first.post(address, mine | {grade: new})
    work_off()
    approve(approver, batch_of(first, answer))
    told = form_of(second.post(address, theirs | {area: "66.00"}))
    assert (told[grade], told[area]) == (new, "66.00")


def test_a_member_who_left_meanwhile_is_told_when_their_cell_was_corrected():
    column = Column("劳动能力", None, fixed=False)
    texts = {"劳动能力": "普通劳动力"}
    sheet = Sheet((), (column,), {"a": texts})
    shown = {("a", "劳动能力"): "普通劳动力", ("b", "劳动能力"): "普通劳动力"}
    assert changed_since(sheet, shown, {}) == []
    (told,) = changed_since(sheet, shown, {("b", "劳动能力"): "丧失劳动力"})
    assert (told.row, told.now, told.typed) == ("b", None, "丧失劳动力")


def test_a_form_without_a_correction_hands_in_nothing(client_of, household):
    client = english(client_of(VILLAGE))
    answer = corrected(client, household)
    assert answer.status_code == 400
    assert "No cell says anything else" in answer.content.decode()
    assert corrected(client, household, housing_grade="").status_code == 400


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_come_back_as_refused_cells_and_alter_nothing(client_of, household, text):
    client = english(client_of(VILLAGE))
    before = form_of(client.get(f"/households/{household.household}/correct/"))
    answer = corrected(client, household, housing_area_dm2=text, main_cause=text)
    assert answer.status_code in {302, 400}
    work_off()
    after = form_of(client.get(f"/households/{household.household}/correct/"))
    assert {**after, "shown": ""} == {**before, "shown": ""}


def test_a_form_of_another_household_or_person_shows_nothing_of_it(client_of, household):
    """What the form was opened with is signed for one person and one household."""
    first, second = english(client_of(VILLAGE)), english(client_of(COUNTY))
    address = f"/households/{household.household}/correct/"
    theirs = form_of(first.get(address))["shown"]
    form = form_of(second.get(address)) | {"shown": theirs}
    assert second.post(address, form).status_code == 400


def test_who_only_reads_the_register_corrects_nothing(client_of, household):
    reader = client_of(APPROVER)
    assert reader.get(f"/households/{household.household}/correct/").status_code == 403
    assert "/correct/" not in text_of(reader, f"/households/{household.household}/")
