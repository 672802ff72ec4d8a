"""Objections: raised at the public door or by a clerk, heard one level above, answered with a reason, appealed once."""

import re

import pytest

from bangfu.audit.models import Event
from bangfu.procedures.models import Objection
from tests.web.hanging import COUNTY_CLERK, TOWN_CLERK, VILLAGE_CLERK, door, later, words

pytestmark = pytest.mark.store
SAID, WHO = "这户有小轿车龘靐", "张三靐 村东头"


def receipt_in(answer):
    return re.search(r"[2-9A-Z]{4} [2-9A-Z]{4} [2-9A-Z]{4}", words(answer))[0]


def object_to_line(hanging, line=1, client=None, **more):
    form = {"notice": hanging.notice, "line": line, "words": SAID, "who": WHO, **more}
    return (client or door()).post("/object/", form)


@pytest.fixture
def raised(hanging):
    """An objection of somebody to the first line of the notice, and its receipt."""
    given = object_to_line(hanging)
    assert given.status_code == 200
    return Objection.objects.get(), receipt_in(given)


def test_anybody_objects_to_a_line_of_a_hanging_notice(hanging, raised):
    found, receipt = raised
    assert found.case_id == hanging.case_on_line(1)
    assert (found.about, found.level, found.channel) == ("village", "town", "public")
    assert receipt.replace(" ", "") == found.receipt
    assert SAID not in found.words
    assert WHO not in found.who


def test_the_page_to_object_on_never_says_which_case_is_behind_a_line(hanging):
    page = door().get(f"/object/?notice={hanging.notice}").content.decode().partition("<main")[2]
    assert [int(value) for value in re.findall(r'name="line" value="(\d+)"', page)] == [1, 2, 3]
    assert not re.search(r'name="case|/cases/', page)


def test_a_notice_that_was_taken_down_takes_no_objection(hanging, hamlet):
    later(hamlet, 8)
    assert door().get(f"/object/?notice={hanging.notice}").status_code == 404
    assert object_to_line(hanging).status_code == 404
    assert not Objection.objects.exists()


@pytest.mark.parametrize("line", ["0", "4", "", "x", "١", "-1", "1" * 400])
def test_a_line_that_is_not_on_the_notice_is_asked_for_again(hanging, line):
    answer = object_to_line(hanging, line=line)
    assert answer.status_code == 400
    assert SAID in answer.content.decode()
    assert not Objection.objects.exists()


@pytest.mark.parametrize(("about", "level"), [("village", "town"), ("town", "county"), ("county", "city")])
def test_a_complaint_is_heard_one_level_above_whom_it_is_about(hanging, about, level):
    form = {"place": hanging.village, "about": about, "words": "门总是关着"}
    assert door().post("/object/", form).status_code == 200
    found = Objection.objects.get()
    assert (found.case_id, found.kind, found.level, found.who) == (None, "complaint", level, None)


@pytest.mark.parametrize("text", ["", "   ", "　\n", "x" * 2001])
def test_no_words_and_too_many_are_told(hanging, text):
    assert door().post("/object/", {"place": hanging.village, "words": text}).status_code == 400
    assert not Objection.objects.exists()


@pytest.mark.parametrize("text", ["\0空", "<script>alert(1)</script>", "🀀" * 900, "ابجد", "{% now %}", "\u202e反"])
def test_words_in_any_writing_are_taken_as_they_are(hanging, text, client_of):
    assert door().post("/object/", {"place": hanging.village, "words": text}).status_code == 200
    shown = client_of(TOWN_CLERK).get(f"/objections/{Objection.objects.get().pk}/").content.decode()
    assert "<script>alert" not in shown


def test_a_form_sent_twice_is_one_objection_and_two_forms_are_two(hanging):
    first, again = object_to_line(hanging, sheet="a"), object_to_line(hanging, sheet="a")
    assert receipt_in(first) == receipt_in(again)
    assert Objection.objects.count() == 1
    object_to_line(hanging, sheet="b")
    assert Objection.objects.count() == 2


def test_a_flood_from_one_address_is_stopped(hanging):
    tried = [object_to_line(hanging, sheet=str(turn)).status_code for turn in range(12)]
    assert tried == [200] * 10 + [429] * 2
    assert Objection.objects.count() == 10


def test_a_clerk_takes_it_down_for_somebody_in_the_own_places_only(hanging, client_of):
    clerk = client_of(VILLAGE_CLERK)
    form = {"place": hanging.village, "about": "town", "words": SAID, "who": WHO}
    assert clerk.get(f"/objections/new/?place={hanging.village}").status_code == 200
    assert clerk.post("/objections/new/", form).status_code == 200
    assert Objection.objects.get().channel == "clerk"
    from bangfu.places.models import Place

    other = Place.objects.filter(level=5).exclude(number=hanging.village).first()
    assert clerk.post("/objections/new/", form | {"place": other.code}).status_code == 404
    assert client_of("赵分析").get("/objections/new/").status_code == 403


def test_who_hears_opens_the_words_and_each_opening_is_noted_once_a_day(raised, client_of):
    found, _ = raised
    client = client_of(TOWN_CLERK)
    listed = client.get("/objections/").content.decode()
    assert f"/objections/{found.pk}/" in listed
    assert SAID not in listed
    assert WHO not in listed
    for _ in range(3):
        shown = client.get(f"/objections/{found.pk}/").content.decode()
        assert SAID in shown
        assert WHO in shown
    client_of(COUNTY_CLERK).get(f"/objections/{found.pk}/")
    reads = Event.objects.filter(action="objection.read", subject=f"objection {found.pk}")
    assert sorted(reads.values_list("actor_name", flat=True)) == sorted([TOWN_CLERK, COUNTY_CLERK])
    assert not any(SAID in body for body in reads.values_list("body", flat=True))


@pytest.mark.parametrize(
    "name", [VILLAGE_CLERK, "孙督查", "陈审计", "钱市办", "冯联络", "何财政", "周管理", "贫困户代表"]
)
def test_whom_it_is_about_and_everybody_beside_see_neither_words_nor_name(raised, client_of, name):
    found, _ = raised
    client = client_of(name)
    assert client.get("/objections/").status_code in {200, 403}
    assert client.get(f"/objections/{found.pk}/").status_code in {403, 404}
    answer = client.post(f"/objections/{found.pk}/answer/", {"upheld": "no", "reason": "x"})
    assert answer.status_code in {403, 404}
    assert not Event.objects.filter(action="objection.read").exists()


def test_a_town_does_not_hear_what_is_said_against_the_town(hanging, client_of):
    form = {"place": hanging.village, "about": "town", "words": SAID, "who": WHO}
    door().post("/object/", form)
    number = Objection.objects.get().pk
    town = client_of(TOWN_CLERK)
    assert SAID not in town.get("/objections/").content.decode()
    assert f"/objections/{number}/" not in town.get("/objections/").content.decode()
    assert town.get(f"/objections/{number}/").status_code == 404
    assert client_of(COUNTY_CLERK).get(f"/objections/{number}/").status_code == 200


def answered(client_of, number, upheld="no", reason="经查，车辆已报废注销"):
    return client_of(TOWN_CLERK).post(f"/objections/{number}/answer/", {"upheld": upheld, "reason": reason})


def test_an_answer_is_read_with_the_receipt_and_taken_to_the_next_level_once(raised, client_of):
    found, receipt = raised
    assert "正在核实" in words(door().post("/receipt/", {"receipt": receipt}))
    assert answered(client_of, found.pk).status_code == 302
    shown = words(door().post("/receipt/", {"receipt": receipt.lower().replace(" ", "-")}))
    assert "经查，车辆已报废注销" in shown
    assert SAID not in shown
    form = {"receipt": receipt, "words": "没有注销"}
    given, again = door().post("/receipt/appeal/", form), door().post("/receipt/appeal/", form)
    assert receipt_in(given) == receipt_in(again) != receipt
    second = Objection.objects.get(follows=found)
    assert (second.kind, second.level, second.about) == ("appeal", "county", "town")
    assert door().post("/receipt/appeal/", form | {"words": "别的话"}).status_code == 400
    town, county = client_of(TOWN_CLERK), client_of(COUNTY_CLERK)
    assert town.get(f"/objections/{second.pk}/").status_code == 404
    assert "经查，车辆已报废注销" in words(county.get(f"/objections/{second.pk}/"))


def test_an_appeal_is_not_appealed_and_stops_no_case_for_good(raised, client_of):
    found, receipt = raised
    answered(client_of, found.pk)
    second = receipt_in(door().post("/receipt/appeal/", {"receipt": receipt, "words": "没有注销"}))
    assert "申诉只有一次" in words(door().post("/receipt/", {"receipt": second}))
    number = Objection.objects.get(follows=found).pk
    form = {"upheld": "no", "reason": "已核实"}
    assert client_of(COUNTY_CLERK).post(f"/objections/{number}/answer/", form).status_code == 302
    asked = door().post("/receipt/", {"receipt": second})
    assert "申诉只有一次" in words(asked)
    assert "/receipt/appeal/" not in asked.content.decode()
    refused = door().post("/receipt/appeal/", {"receipt": second, "words": "还是不对"})
    assert refused.status_code == 400
    assert "申诉只有一次" in words(refused)
    assert Objection.objects.count() == 2


def test_nothing_is_appealed_before_it_is_answered(raised):
    _, receipt = raised
    assert door().post("/receipt/appeal/", {"receipt": receipt, "words": "太慢"}).status_code == 400
    assert Objection.objects.count() == 1


@pytest.mark.parametrize(
    ("upheld", "reason"),
    [
        pytest.param("", "有理由", id="neither right nor wrong"),
        pytest.param("no", " ", id="no reason"),
        pytest.param("no", "证件９９０１０１１９８００１０１００１４不符", id="a hidden number"),
        pytest.param("no", "长" * 501, id="too long"),
    ],
)
def test_an_answer_needs_a_verdict_and_a_reason_without_numbers(raised, client_of, upheld, reason):
    found, _ = raised
    assert answered(client_of, found.pk, upheld, reason).status_code == 400
    assert not hasattr(Objection.objects.get(), "answer")


def test_an_answer_is_given_once(raised, client_of):
    found, _ = raised
    assert answered(client_of, found.pk).status_code == 302
    assert answered(client_of, found.pk, reason="再答一次").status_code == 400


def test_what_is_late_is_marked_and_comes_first(raised, hanging, client_of, hamlet):
    found, receipt = raised
    later(hamlet, 5)
    door().post("/object/", {"place": hanging.village, "words": "后来的"})
    later(hamlet, 16)
    listed = client_of(TOWN_CLERK).get("/objections/").content.decode()
    numbers = [int(one) for one in re.findall(r'href="/objections/(\d+)/"', listed)]
    assert numbers[0] == found.pk
    assert listed.count('class="tag bad"') == 1
    assert "已逾期" in words(door().post("/receipt/", {"receipt": receipt}))


@pytest.mark.parametrize("receipt", ["AAAA BBBB CCCC", "\0", "🀀🀀🀀", "' OR 1=1 --", "x" * 5000])
def test_a_receipt_that_nobody_gave_says_nothing(raised, receipt):
    del raised
    answer = door().post("/receipt/", {"receipt": receipt})
    assert answer.status_code == 400
    assert "经查" not in answer.content.decode()


def test_receipts_are_not_guessed_for_long(raised):
    del raised
    tried = [door().post("/receipt/", {"receipt": f"WRONG{turn}"}).status_code for turn in range(22)]
    assert tried == [400] * 20 + [429] * 2


def test_the_day_of_who_hears_leads_to_the_objections(raised, client_of):
    del raised
    assert 'href="/objections/"' in client_of(TOWN_CLERK).get("/").content.decode().partition("<main")[2]


def test_everything_of_it_stands_in_the_chain(raised, client_of, hamlet):
    from bangfu.audit.verifier import verify

    found, receipt = raised
    client_of(TOWN_CLERK).get(f"/objections/{found.pk}/")
    answered(client_of, found.pk)
    door().post("/receipt/appeal/", {"receipt": receipt, "words": "没有注销"})
    assert not verify(hamlet.database_url or str(hamlet.database_file), hamlet.key_file).faults
