"""The card door: with number and code a household opens its own page and nothing else, and nobody can guess."""

import re
import time

import pytest

from bangfu.registry.card_codes import ALPHABET, card_code, code_of, grouped, issue_of, typed_code
from tests.web.hanging import TOWN_CLERK, VILLAGE_CLERK, acting_as, door, later, take, words
from tests.web.walking import english

pytestmark = pytest.mark.store

WIDE = {ord(" "): "　"} | {ord(sign): chr(ord(sign) + 0xFEE0) for sign in ALPHABET}
"""The alphabet as Chinese keyboards may type it."""


@pytest.fixture
def inside(hanging):
    """A phone on which the first household's card was shown."""
    phone = door()
    assert phone.post("/card/", hanging.card()).status_code == 302
    return phone


def test_a_card_opens_its_household_in_plain_words(hanging, inside):
    shown = words(inside.get("/card/household/"))
    known = hanging.households[0]
    for said in (known.head, "识别为贫困户", "第一次公示", "2017年1月16日", "判定结果为", "12317", "村委会"):
        assert said in shown, said
    assert not any(secret in shown for secret in known.secrets)


def test_a_card_opens_nothing_of_the_neighbours(hanging, inside):
    shown = inside.get("/card/household/").content.decode()
    for other in hanging.households[1:]:
        assert other.number not in shown
        assert other.head not in shown


def test_the_page_stands_in_english_as_well(inside):
    shown = words(english(inside).get("/card/household/"))
    for said in ("What is under way", "First notice", "It hangs until 16 January 2017", "Whom to ask", "Why"):
        assert said in shown, said


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(lambda number, code: (f"  {number} ", code.lower()), id="small letters"),
        pytest.param(lambda number, code: (number, code.replace(" ", "-")), id="with a dash"),
        pytest.param(lambda number, code: (number, code.translate(WIDE)), id="full-width"),
    ],
)  # fmt: skip
def test_a_code_may_be_typed_as_people_type(hanging, typed):
    number, code = typed(*hanging.card().values())
    assert door().post("/card/", {"number": number, "code": code}).status_code == 302


def test_wrong_numbers_and_wrong_codes_look_the_same(hanging):
    card = hanging.card()
    other = hanging.card(1)
    answers = [
        door().post("/card/", {"number": card["number"], "code": other["code"]}),
        door().post("/card/", {"number": "没有这一户", "code": card["code"]}),
        door().post("/card/", {"number": card["number"], "code": "AAAAA AAAAA"}),
    ]
    assert {one.status_code for one in answers} == {400}
    assert len({re.sub(r'value="[^"]*"|X-CSRFToken[^}]*', "", one.content.decode()) for one in answers}) == 1


@pytest.mark.parametrize("known", [True, False], ids=["a number that exists", "a number that does not"])
def test_a_household_number_is_tried_five_times_and_no_more(hanging, known):
    number = hanging.card()["number"] if known else "H-none"
    wrong = {"number": number, "code": "AAAAA AAAAA"}
    assert [door().post("/card/", wrong).status_code for _ in range(7)] == [400] * 5 + [429] * 2
    if known:
        assert door().post("/card/", hanging.card()).status_code == 429
        assert door().post("/card/", hanging.card(1)).status_code == 302


def test_an_address_tries_twenty_numbers_and_no_more(hanging):
    tried = [door().post("/card/", {"number": f"H{turn}", "code": "AAAAAAAAAA"}).status_code for turn in range(22)]
    assert tried == [400] * 20 + [429] * 2
    assert door().post("/card/", hanging.card()).status_code == 429


def test_a_right_code_does_not_count_and_a_lock_ends(hanging):
    from datetime import timedelta

    from bangfu.access.models import Attempt

    for _ in range(8):
        assert door().post("/card/", hanging.card()).status_code == 302
    assert not Attempt.objects.exists()
    for _ in range(6):
        door().post("/card/", hanging.card() | {"code": "AAAAAAAAAA"})
    for one in Attempt.objects.all():
        one.at -= timedelta(minutes=16)
        one.save()
    assert door().post("/card/", hanging.card()).status_code == 302


def test_the_page_closes_after_a_quarter_of_an_hour(inside, monkeypatch):
    now = time.time()
    monkeypatch.setattr("bangfu.web.doors.time.time", lambda: now + 14 * 60)
    assert inside.get("/card/household/").status_code == 200
    monkeypatch.setattr("bangfu.web.doors.time.time", lambda: now + 15 * 60 + 1)
    assert inside.get("/card/household/")["Location"] == "/card/"


def test_the_page_closes_when_one_leaves(inside):
    assert inside.post("/card/leave/")["Location"] == "/card/"
    assert inside.get("/card/household/")["Location"] == "/card/"


def test_a_session_name_from_before_opens_nothing(hanging):
    phone = door()
    phone.get("/card/")
    session = phone.session
    session["nothing"] = 1
    session.save()
    before = session.session_key
    phone.cookies["bangfu_session"] = before
    phone.post("/card/", hanging.card())
    assert phone.cookies["bangfu_session"].value != before


def test_a_new_card_closes_the_old_one_and_its_open_page(hanging, inside, client_of):
    old = hanging.card()
    clerk = client_of(VILLAGE_CLERK)
    household = hanging.households[0].household
    assert old["code"] in clerk.get(f"/households/{household}/card/").content.decode()
    assert clerk.post(f"/households/{household}/card/renew/").status_code == 302
    assert issue_of(household) == 2
    assert inside.get("/card/household/")["Location"] == "/card/"
    assert door().post("/card/", old).status_code == 400
    new = hanging.card()
    assert new["code"] != old["code"]
    assert new["code"] in clerk.get(f"/households/{household}/handbook/").content.decode()
    assert door().post("/card/", new).status_code == 302


@pytest.mark.parametrize("name", ["孙督查", "陈审计", "王审核"])
def test_who_only_looks_sees_the_card_without_its_code(hanging, client_of, name):
    household = hanging.households[0].household
    page = client_of(name).get(f"/households/{household}/card/")
    assert page.status_code == 200
    assert hanging.card()["code"] not in page.content.decode()
    assert client_of(name).post(f"/households/{household}/card/renew/").status_code in {403, 404}


def test_a_renewed_card_stands_in_the_chain(hanging, hamlet):
    from bangfu.audit.verifier import verify
    from bangfu.places.scope import Scope
    from bangfu.registry.actions.renew_card import renew_card

    renew_card(by=acting_as(TOWN_CLERK), scope=Scope.everywhere(), household=hanging.households[0].household)
    assert not verify(hamlet.database_url or str(hamlet.database_file), hamlet.key_file).faults


def test_a_household_objects_in_three_lines_and_its_case_waits(hanging, inside, hamlet):
    page = inside.get("/card/household/").content.decode()
    sheet = re.search(r'name="sheet" value="([^"]+)"', page)[1]
    given = inside.post("/card/object/", {"words": "我家的车\n已经卖了\n请再查", "sheet": sheet})
    assert given.status_code == 200
    shown = words(given)
    receipt = re.search(r"[2-9A-Z]{4} [2-9A-Z]{4} [2-9A-Z]{4}", shown)[0]
    assert "2017年1月24日" in shown
    assert "有异议" in words(inside.get("/card/household/"))
    later(hamlet, 2)
    assert "正在核实" in words(door().post("/receipt/", {"receipt": receipt}))


def test_a_form_sent_twice_is_one_objection(inside):
    from bangfu.procedures.models import Objection

    form = {"words": "不对", "sheet": "one-form"}
    first, again = inside.post("/card/object/", form), inside.post("/card/object/", form)
    assert words(first) == words(again)
    assert Objection.objects.count() == 1
    inside.post("/card/object/", form | {"words": "不对，另有情况"})
    assert Objection.objects.count() == 2


def test_a_household_leaves_five_words_a_day(inside):
    tried = [
        inside.post("/card/object/", {"words": f"第{turn}次", "sheet": str(turn)}).status_code for turn in range(6)
    ]
    assert tried == [200] * 5 + [429]


def test_a_case_that_ended_tells_its_reason(hanging, inside, hamlet):
    from bangfu.procedures.actions.send_back import refuse_cases

    later(hamlet, 7)
    take(hanging.cases, "village_notice")
    refuse_cases(by=acting_as("马镇办"), cases=[hanging.cases[0]], reason="不在本村居住")
    shown = words(inside.get("/card/household/"))
    assert "不在本村居住" in shown
    assert "未通过" in shown


def test_a_case_that_went_through_tells_its_day(hanging, inside, hamlet):
    later(hamlet, 7)
    take(hanging.cases, "village_notice")
    take(hanging.cases, "town_review", by="马镇办")
    shown = words(inside.get("/card/household/"))
    assert "第二次公示" in shown
    assert "法规没有规定期限" in shown


@pytest.mark.parametrize("number", ["\0", "'; DROP", "九九零一", "🀀" * 2000, "<script>alert(1)</script>", "١٢٣", " "])
def test_hostile_numbers_are_told_like_wrong_ones(hamlet, number):
    answer = door().post("/card/", {"number": number, "code": number})
    assert answer.status_code == 400
    assert "<script>alert" not in answer.content.decode()
    del hamlet


def test_a_code_is_ten_signs_that_cannot_be_taken_for_one_another(hanging):
    keys = hanging.home.keys
    codes = {code_of(keys, household, 1) for household in range(1, 2001)}
    assert len(codes) == 2000
    assert all(len(code) == 10 and set(code) <= set(ALPHABET) for code in codes)
    assert not set("01OIL") & set(ALPHABET)
    assert grouped(next(iter(codes))).count(" ") == 1
    assert card_code(keys, 1) == grouped(code_of(keys, 1, 1))


def test_one_wrong_sign_and_two_exchanged_ones_are_no_code(hanging):
    code = code_of(hanging.home.keys, 17, 1)
    assert typed_code(code) == code
    for place in range(10):
        wrong = [code[:place] + sign + code[place + 1 :] for sign in ALPHABET if sign != code[place]]
        assert not any(typed_code(one) for one in wrong)
    for place in range(9):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert swapped == code or typed_code(swapped) is None


def test_a_household_without_a_number_of_its_own_is_named_by_the_registers(hanging):
    from bangfu.registry.card_codes import card_holder, card_number
    from bangfu.registry.models import Household

    one = Household.objects.create(county=1, household_no=None, event_id=_any_event())
    code = card_code(hanging.home.keys, one.pk)
    assert card_holder(hanging.home.keys, card_number(one.pk, None), code) == (one.pk, 1)


def test_all_spellings_of_a_number_are_counted_as_one(hanging):
    from bangfu.registry.models import Household

    one = Household.objects.create(county=1, household_no=None, event_id=_any_event())
    for spelling in (f"{one.pk}", f"0{one.pk}", f"00{one.pk}", f"000{one.pk}", f" {one.pk} "):
        assert door().post("/card/", {"number": spelling, "code": "AAAAA AAAAA"}).status_code == 400
    right = {"number": f"0000{one.pk}", "code": card_code(hanging.home.keys, one.pk)}
    assert door().post("/card/", right).status_code == 429


def test_a_number_of_its_own_goes_before_the_registers(hanging):
    from bangfu.registry.card_codes import card_holder
    from bangfu.registry.models import Household

    keys = hanging.home.keys
    unnamed = Household.objects.create(county=1, household_no=None, event_id=_any_event())
    named = Household.objects.create(county=1, household_no=str(unnamed.pk), event_id=_any_event())
    assert card_holder(keys, str(unnamed.pk), card_code(keys, named.pk)) == (named.pk, 1)


def _any_event():
    from bangfu.audit.models import Event

    return Event.objects.order_by("id").values_list("pk", flat=True).first()
