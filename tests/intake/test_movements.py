"""Comings and goings: dated events in a ledger of changes, each a batch that a second person approves."""

from datetime import date

import openpyxl
import pytest

from bangfu.intake.actions.apply_batch import apply_batch
from bangfu.intake.actions.stage_batch import stage_batch
from bangfu.intake.actions.undo_batch import undo_batch
from bangfu.kernel.errors.register import BatchOutdated
from bangfu.places.scope import Scope
from bangfu.registry.frames import frames_at
from bangfu.registry.queries import AsOf
from bangfu.work.models import Lead
from tests.intake.builders import xlsx
from tests.intake.changing import BEFORE, DAY, MOTHER, SON, codes, declared, members
from tests.ledger_files import id_no, roster_rows, write_roster

pytestmark = pytest.mark.store


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


def test_the_same_change_again_changes_nothing(register, happen, stage_changes):
    death = {"name": MOTHER[0], "why": "死亡"}
    birth = {"name": "张小溪", "relation": "之女", "why": "新生儿", "born": "2017-03-02"}
    happen(death, birth)
    again = stage_changes(death, birth)
    assert codes(again) == []
    assert again.report[0]["unchanged"] == 2
    assert again.empty


def test_the_same_birth_handed_in_twice_is_approved_once(register, stage_changes, approver, home):
    child = {"name": "张小溪", "relation": "之女", "why": "新生儿", "born": "2017-03-02"}
    first, second = stage_changes(child), stage_changes(child)
    apply_batch(by=approver, number=first.batch.pk, home=home)
    with pytest.raises(BatchOutdated):
        apply_batch(by=approver, number=second.batch.pk, home=home)
    assert declared() == [4]


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
def test_without_a_reason_nobody_comes_from_another_household(register, stage_changes, why):
    staged = stage_changes({"home": "H002", "name": SON[0], "id": SON[1], "why": why})
    assert codes(staged) == ["BF157"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"name": MOTHER[0], "id": MOTHER[1], "why": "死亡", "on": ""}, "BF163"),
        ({"name": "无此人", "why": "死亡"}, "BF166"),
        ({"name": "无此人", "home": "H404", "why": "死亡"}, "BF166"),
    ],
    ids=["without a day", "a stranger", "a stranger of no household"],
)
def test_a_change_that_cannot_be_is_refused_with_its_reason(register, stage_changes, row, code):
    assert codes(stage_changes(row)) == [code]


def test_a_change_of_today_is_taken_and_one_of_tomorrow_is_not(register, stage_changes):
    from datetime import datetime, timedelta

    from bangfu.kernel.days import SHANGHAI

    today = datetime.now(SHANGHAI).date()
    death = {"name": MOTHER[0], "id": MOTHER[1], "why": "死亡"}
    assert codes(stage_changes({**death, "on": str(today)})) == []
    assert codes(stage_changes({**death, "on": str(today + timedelta(days=1))})) == ["BF162"]


def test_nothing_changes_before_the_household_began_nor_before_the_last_change(register, happen, stage_changes):
    happen({"home": "H009", "name": SON[0], "id": SON[1], "relation": "户主", "why": "分户"})
    child = {"home": "H009", "name": "张小溪", "relation": "之女", "why": "新生儿"}
    assert codes(stage_changes({**child, "on": "2017-03-01"})) == ["BF164"]
    assert codes(stage_changes({**child, "on": "2017-03-02"})) == []
    death = {"home": "H009", "name": SON[0], "id": SON[1], "why": "死亡"}
    happen({"name": MOTHER[0], "id": MOTHER[1], "why": "死亡", "on": "2017-06-01"})
    assert codes(stage_changes({**death, "on": "2017-03-01"})) == ["BF164"]
    back = {"name": MOTHER[0], "id": MOTHER[1], "why": "转入"}
    assert codes(stage_changes({**back, "on": "2017-05-31"})) == ["BF165"]
    assert codes(stage_changes({**back, "on": "2017-06-02"})) == []


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
