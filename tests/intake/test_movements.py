"""Comings and goings: dated events in a ledger of changes, each a batch that a second person approves."""

from datetime import date

import openpyxl
import polars as pl
import pytest

from bangfu.audit.verifier import verify
from bangfu.intake.actions.apply_batch import apply_batch
from bangfu.intake.actions.stage_batch import stage_batch
from bangfu.intake.actions.undo_batch import undo_batch
from bangfu.places.scope import Scope
from bangfu.registry import queries
from bangfu.registry.frames import frames_at
from bangfu.registry.queries import AsOf
from bangfu.registry.topics import topics
from bangfu.work.models import Lead
from tests.intake.builders import xlsx
from tests.ledger_files import id_no, roster_rows, write_roster

pytestmark = pytest.mark.store

LABELS = {
    "home": "户编号", "no": "人编号", "name": "姓名", "id": "证件号码", "relation": "与户主关系",
    "why": "自然增减", "on": "变更时间", "sex": "性别", "born": "出生日期", "village": "行政村", "group": "自然村",
}  # fmt: skip
FATHER, MOTHER, SON = (
    ("张大山", id_no("19700101", 11)),
    ("李秀英", id_no("19720202", 22)),
    ("张小川", id_no("20050303", 31)),
)
BEFORE, DAY = date(2017, 3, 1), date(2017, 3, 2)


@pytest.fixture
def stage(home, clerk, places, tmp_path):
    """Stage a ledger of changes, each row a dictionary with the keys of LABELS."""

    def staged(*rows, by=clerk, labels=(), title="自然增减台账"):
        header = ["县", "乡", *LABELS.values(), *labels]
        lines = [_line(row, labels) for row in rows]
        path = xlsx(tmp_path / "changes.xlsx", [[title, *[""] * (len(header) - 1)], header, *lines])
        return stage_batch(by=by, paths=[path], home=home)

    return staged


def _line(row, labels):
    known = {"home": "H001", "village": "上柳村", "on": "2017-03-02", **row}
    place = ["清溪县", "柳河镇"]
    return [*place, *(known.get(key, "") for key in LABELS), *(row.get(label, "") for label in labels)]


@pytest.fixture
def happen(stage, approver, home):
    """Stage changes and have them approved; nothing may be refused."""

    def happened(*rows, **more):
        staged = stage(*rows, **more)
        (told,) = staged.report
        assert told["rejected"] == 0, told["errors"]
        apply_batch(by=approver, number=staged.batch.pk, home=home)
        return staged

    return happened


@pytest.fixture
def register(home, clerk, approver, places, tmp_path):
    """The two households of the small roster, registered without a day; the audit chain holds at the end."""
    path = write_roster(tmp_path / "roster.xlsx", roster_rows())
    apply_batch(by=approver, number=stage_batch(by=clerk, paths=[path], home=home).batch.pk, home=home)
    yield
    assert not verify(home.database_url or str(home.database_file), home.key_file).faults


def members(household="H001", on=date(2020, 1, 1)):
    """Names of the members of a household on a day, with their relations."""
    frames = frames_at(Scope.everywhere(), AsOf(on), [])
    numbers = queries.households_by_no([household]).select(pl.col("household_id").alias("household"))
    mine = frames["persons"].join(numbers, on="household")
    who = queries.facts_at(Scope.everywhere(), topics()["identity"], AsOf())
    named = mine.join(who.select(pl.col("person_id").alias("person"), "name"), on="person")
    return dict(named.sort("relation", "person").select("name", "relation").iter_rows())


def declared(household="H001", on=date(2020, 1, 1)):
    known = queries.households_by_no([household])["household_id"].to_list()
    rows = queries.facts_at(Scope.everywhere(), topics()["standing"], AsOf(on), known)
    return rows["declared_members"].to_list()


def codes(staged):
    (told,) = staged.report
    return [one["code"] for one in told["errors"] if one["code"].startswith("BF1") and one["code"] >= "BF151"]


def test_a_child_is_born_and_counts_from_its_first_day(register, happen):
    happen({"name": "张小溪", "relation": "之女", "why": "新生儿", "sex": "女", "born": "2017-03-02"})
    assert members(on=BEFORE).keys() == {"张大山", "李秀英", "张小川"}
    assert members(on=DAY)["张小溪"] == 4
    assert (declared(on=BEFORE), declared(on=DAY)) == ([3], [4])


def test_a_bride_comes_with_her_number_and_is_the_same_person_afterwards(register, happen):
    bride = {"name": "周小莲", "id": id_no("19950404", 42), "relation": "之儿媳", "why": "嫁入"}
    happen(bride)
    assert members()["周小莲"] == 5
    again = happen({"name": "周小莲", "id": bride["id"], "why": "死亡", "on": "2018-01-01"})
    assert again.report[0]["added"] == 0
    assert "周小莲" in members(on=date(2017, 12, 31))
    assert "周小莲" not in members(on=date(2018, 1, 1))


@pytest.mark.parametrize("why", ["死亡", "嫁出", "判刑收监", "出国定居", "转出"])
def test_who_leaves_is_a_member_until_the_eve(register, happen, why):
    happen({"name": MOTHER[0], "id": MOTHER[1], "why": why})
    assert MOTHER[0] in members(on=BEFORE)
    assert MOTHER[0] not in members(on=DAY)
    assert (declared(on=BEFORE), declared(on=DAY)) == ([3], [2])


def test_who_leaves_is_found_by_name_alone(register, happen):
    happen({"name": MOTHER[0], "why": "死亡"})
    assert members().keys() == {"张大山", "张小川"}


def test_the_same_change_again_changes_nothing(register, happen, stage):
    death = {"name": MOTHER[0], "why": "死亡"}
    birth = {"name": "张小溪", "relation": "之女", "why": "新生儿", "born": "2017-03-02"}
    happen(death, birth)
    again = stage(death, birth)
    assert codes(again) == []
    assert again.report[0]["unchanged"] == 2
    assert again.empty


def test_a_person_moves_to_another_household_by_number_on_one_day(register, happen):
    happen({"home": "H002", "name": SON[0], "id": SON[1], "relation": "之孙子", "why": "转入"})
    assert SON[0] in members("H001", BEFORE)
    assert SON[0] not in members("H001", DAY)
    assert SON[0] not in members("H002", BEFORE)
    assert members("H002", DAY)[SON[0]] == 7
    assert (declared("H001"), declared("H002")) == ([2], [3])
    assert not Lead.objects.exists()


def test_a_move_may_stand_in_both_households_of_a_ledger(register, happen):
    moved = {"name": SON[0], "id": SON[1]}
    happen({**moved, "why": "转出"}, {**moved, "home": "H002", "relation": "其他", "why": "转入"})
    assert SON[0] in members("H002", DAY)
    assert SON[0] not in members("H001", DAY)
    assert (declared("H001"), declared("H002")) == ([2], [3])


@pytest.mark.parametrize("why", ["", "转出"])
def test_without_a_reason_nobody_comes_from_another_household(register, stage, why):
    staged = stage({"home": "H002", "name": SON[0], "id": SON[1], "why": why})
    assert codes(staged) == ["BF157"]


def test_a_household_splits_and_a_lead_asks_a_person(register, happen):
    new = {"home": "H009", "why": "分户"}
    happen(
        {**new, "name": MOTHER[0], "id": MOTHER[1], "relation": "户主"},
        {**new, "name": SON[0], "id": SON[1], "relation": "之子"},
    )
    assert members("H001", DAY) == {"张大山": 1}
    assert members("H001", BEFORE).keys() == {"张大山", "李秀英", "张小川"}
    assert members("H009", BEFORE) == {}
    assert members("H009", DAY) == {"李秀英": 1, "张小川": 3}
    frames = frames_at(Scope.everywhere(), AsOf(DAY), [])
    status = dict(frames["households"].select("household", "status").iter_rows())
    (new_one,) = queries.households_by_no(["H009"])["household_id"]
    (old_one,) = queries.households_by_no(["H001"])["household_id"]
    assert status[new_one] is None, "a status is a decision"
    assert status[old_one] is not None, "the old household's help goes on"
    (lead,) = Lead.objects.all()
    assert (lead.kind, lead.subject_id) == ("household.split", new_one)
    assert lead.evidence == f"split from household {old_one} on 2017-03-02"
    assert frames_at(Scope.everywhere(), AsOf(BEFORE), [])["households"].height == 2


def test_a_household_merges_into_another_and_ends(register, happen):
    into = {"home": "H002", "why": "并户"}
    happen(
        *({**into, "name": name, "id": number, "relation": "其他"} for name, number in (FATHER, MOTHER, SON)),
    )
    assert members("H001", DAY) == {}
    assert members("H002", DAY).keys() == {"王守田", "赵桂花", "张大山", "李秀英", "张小川"}
    (old,), (new,) = (queries.households_by_no([number])["household_id"] for number in ("H001", "H002"))
    assert frames_at(Scope.everywhere(), AsOf(DAY), [])["households"]["household"].to_list() == [new]
    assert frames_at(Scope.everywhere(), AsOf(BEFORE), [])["households"]["household"].to_list() == [old, new]
    (lead,) = Lead.objects.all()
    assert (lead.kind, lead.subject_id) == ("household.merged", old)
    assert f"household {new}" in lead.evidence


def test_a_household_whose_last_member_dies_opens_a_lead_and_ends(register, happen):
    couple = [("王守田", id_no("19650505", 51)), ("赵桂花", id_no("19660606", 62))]
    happen(*({"home": "H002", "name": name, "id": number, "why": "死亡"} for name, number in couple))
    (lead,) = Lead.objects.all()
    assert (lead.kind, lead.evidence) == ("household.emptied", "the last member left on 2017-03-02")
    assert frames_at(Scope.everywhere(), AsOf(DAY), [])["households"].height == 1


def test_a_whole_household_moves_to_another_village(register, happen):
    happen({"name": FATHER[0], "id": FATHER[1], "village": "下柳村", "group": "三组"})
    (moved,) = queries.households_by_no(["H001"])["household_id"]
    homes = {
        day: frames_at(Scope.everywhere(), AsOf(day), [])["households"].filter(pl.col("household") == moved)["village"]
        for day in (BEFORE, DAY)
    }
    assert (homes[BEFORE].to_list(), homes[DAY].to_list()) == ([990101100201], [990101100202])
    assert frames_at(Scope((990101100201,)), AsOf(DAY), [])["households"].height == 1
    assert frames_at(Scope((990101100202,)), AsOf(DAY), [])["persons"].height == 3


def test_the_head_changes_on_a_day(register, happen):
    happen(
        {"name": MOTHER[0], "id": MOTHER[1], "relation": "户主"},
        {"name": FATHER[0], "id": FATHER[1], "relation": "配偶"},
    )
    assert members(on=BEFORE) == {"张大山": 1, "李秀英": 2, "张小川": 3}
    assert members(on=DAY) == {"李秀英": 1, "张大山": 2, "张小川": 3}


def test_a_head_who_leaves_without_a_successor_is_doubted_and_goes(register, stage):
    dead = {"name": FATHER[0], "id": FATHER[1], "why": "死亡"}
    assert codes(stage(dead)) == ["BF168"]
    assert codes(stage(dead, {"name": MOTHER[0], "id": MOTHER[1], "relation": "户主"})) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"name": MOTHER[0], "id": MOTHER[1], "why": "死亡", "on": ""}, "BF163"),
        ({"name": "无此人", "why": "死亡"}, "BF166"),
        ({"name": "无此人", "home": "H404", "why": "死亡"}, "BF166"),
    ],
    ids=["without a day", "a stranger", "a stranger of no household"],
)
def test_a_change_that_cannot_be_is_refused_with_its_reason(register, stage, row, code):
    assert codes(stage(row)) == [code]


def test_a_change_of_today_is_taken_and_one_of_tomorrow_is_not(register, stage):
    from datetime import datetime, timedelta

    from bangfu.kernel.days import SHANGHAI

    today = datetime.now(SHANGHAI).date()
    death = {"name": MOTHER[0], "id": MOTHER[1], "why": "死亡"}
    assert codes(stage({**death, "on": str(today)})) == []
    assert codes(stage({**death, "on": str(today + timedelta(days=1))})) == ["BF162"]


def test_nothing_changes_before_the_household_began_nor_before_the_last_change(register, happen, stage):
    happen({"home": "H009", "name": SON[0], "id": SON[1], "relation": "户主", "why": "分户"})
    child = {"home": "H009", "name": "张小溪", "relation": "之女", "why": "新生儿"}
    assert codes(stage({**child, "on": "2017-03-01"})) == ["BF164"]
    assert codes(stage({**child, "on": "2017-03-02"})) == []
    death = {"home": "H009", "name": SON[0], "id": SON[1], "why": "死亡"}
    happen({"name": MOTHER[0], "id": MOTHER[1], "why": "死亡", "on": "2017-06-01"})
    assert codes(stage({**death, "on": "2017-03-01"})) == ["BF164"]
    back = {"name": MOTHER[0], "id": MOTHER[1], "why": "转入"}
    assert codes(stage({**back, "on": "2017-05-31"})) == ["BF165"]
    assert codes(stage({**back, "on": "2017-06-02"})) == []


def test_a_ledger_of_old_does_not_bring_the_dead_back(register, happen, home, clerk, tmp_path):
    happen({"name": MOTHER[0], "id": MOTHER[1], "why": "死亡"})
    path = write_roster(tmp_path / "old.xlsx", roster_rows())
    staged = stage_batch(by=clerk, paths=[path], home=home)
    assert codes(staged) == ["BF167"]
    assert staged.report[0]["rejected"] == 1
    assert MOTHER[0] not in members()


def test_a_change_is_undone_like_any_batch(register, happen, clerk, home):
    made = happen(
        {"home": "H009", "name": SON[0], "id": SON[1], "relation": "户主", "why": "分户"},
        {"name": MOTHER[0], "id": MOTHER[1], "why": "死亡"},
    )
    undo_batch(by=clerk, number=made.batch.pk, home=home)
    assert members().keys() == {"张大山", "李秀英", "张小川"}
    assert declared() == [3]
    assert frames_at(Scope.everywhere(), AsOf(), [])["households"].height == 2


def test_a_roster_with_days_of_change_brings_the_same_changes(register, home, clerk, approver, tmp_path):
    """In a ledger of facts the change holds from its day, the rest from the day of the sheet."""
    from tests.ledger_files import HEADER

    rows = [[*row, "", ""] for row in roster_rows()]
    rows[1][-2:] = ["死亡", "2017-03-02"]
    child = ["清溪县", "柳河镇", "上柳村", "H001", "", "张小溪", "", "", "之女", *[""] * 11, "新生儿", "2017-03-05"]
    path = xlsx(tmp_path / "roster.xlsx", [[*HEADER, "自然增减", "变更时间"], *rows[:3], child, *rows[3:]])
    staged = stage_batch(by=clerk, paths=[path], home=home)
    assert staged.files[0].sheets[0].layout.name == "roster"
    assert [code for code in codes(staged) if code != "BF130"] == []
    apply_batch(by=approver, number=staged.batch.pk, home=home)
    assert MOTHER[0] in members(on=BEFORE)
    assert members(on=DAY).keys() == {"张大山", "张小川"}
    assert members(on=date(2017, 3, 5)).keys() == {"张大山", "张小川", "张小溪"}


def test_the_register_s_own_list_tells_the_changes_and_alters_nothing(register, happen, home, clerk, tmp_path):
    """Also where a member's relation changed after they came."""
    from bangfu.registry.actions.export_roster import export_roster

    happen({"name": "周小莲", "id": id_no("19950404", 42), "relation": "其他", "why": "嫁入"})
    happen({"name": "周小莲", "relation": "之儿媳", "on": "2017-09-01"}, {"name": MOTHER[0], "why": "死亡"})
    out = tmp_path / "list.xlsx"
    assert export_roster(by=clerk, out=out).rows == 5
    cells = [cell.value for row in openpyxl.load_workbook(out).active.iter_rows() for cell in row]
    assert cells.count("嫁入") == cells.count("2017-03-02") == 1
    staged = stage_batch(by=clerk, paths=[out], home=home)
    (told,) = staged.report
    assert (told["rows"], told["unchanged"], told["rejected"]) == (5, 5, 0)
    assert staged.empty


def test_nobody_is_fetched_from_outside_the_area(register, home, clerk, places, stage):
    """A village's clerk takes nobody out of a household of another village, and moves no household into their own."""
    from django.db import transaction

    from bangfu.access.acting import acting
    from bangfu.access.actions.add_person import record_person
    from bangfu.access.actions.grant_role import record_grant
    from bangfu.access.founding import Founder
    from bangfu.access.roles import Role

    with transaction.atomic():
        person = record_person(by=Founder(), name="孙村员", os_login=None)
        days = (date(2000, 1, 1), None)
        record_grant(by=Founder(), person=person, role=Role.VILLAGE_CLERK, place=places.sibling, days=days)
    other = acting("孙村员")
    below = {"village": "下柳村"}
    moved = {**below, "home": "H555", "name": SON[0], "id": SON[1], "relation": "户主", "why": "转入"}
    assert codes(stage(moved, by=other)) == ["BF157"]
    assert codes(stage({**below, "name": FATHER[0], "id": FATHER[1]}, by=other)) == ["BF170"]
    assert codes(stage(moved, by=clerk)) == []
