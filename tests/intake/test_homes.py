"""Households that split, merge, empty and move: dated events that open leads and decide nothing."""

from datetime import date

import polars as pl
import pytest

from bangfu.places.scope import Scope
from bangfu.registry import queries
from bangfu.registry.frames import frames_at
from bangfu.registry.queries import AsOf
from bangfu.work.models import Lead
from tests.intake.changing import BEFORE, DAY, FATHER, MOTHER, SON, codes, members
from tests.ledger_files import id_no

pytestmark = pytest.mark.store


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


def test_who_has_no_number_is_found_by_name_in_the_household_before(register, happen, stage_changes):
    happen({"name": "张小溪", "relation": "之女", "why": "新生儿", "born": "2017-03-02"})
    goes = {"home": "H009", "from": "H001", "relation": "户主", "why": "分户", "on": "2017-03-09"}
    happen({**goes, "name": "张小溪"})
    assert "张小溪" not in members("H001")
    assert members("H009") == {"张小溪": 1}
    assert stage_changes({**goes, "name": "张小溪"}).empty, "told again"
    assert codes(stage_changes({**goes, "name": "张小"})) == ["BF166"]
    assert codes(stage_changes({**goes, "name": SON[0], "from": "H404"})) == ["BF166"]


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


def test_a_head_who_leaves_without_a_successor_is_doubted_and_goes(register, stage_changes):
    dead = {"name": FATHER[0], "id": FATHER[1], "why": "死亡"}
    assert codes(stage_changes(dead)) == ["BF168"]
    assert codes(stage_changes(dead, {"name": MOTHER[0], "id": MOTHER[1], "relation": "户主"})) == []


def test_nobody_is_fetched_from_outside_the_area(register, home, clerk, places, stage_changes):
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
    assert codes(stage_changes(moved, by=other)) == ["BF157"]
    assert codes(stage_changes({**below, "name": FATHER[0], "id": FATHER[1]}, by=other)) == ["BF170"]
    assert codes(stage_changes(moved, by=clerk)) == []
