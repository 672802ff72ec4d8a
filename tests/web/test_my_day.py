"""My day: what waits for whom, and the numbers of the own places."""

import json
import re
from html import unescape

import pytest

pytestmark = pytest.mark.store


def _text(answer):
    assert answer.status_code == 200
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def staged(hamlet):
    """A batch that the county clerk staged and nobody approved yet."""
    from bangfu.access.models import Person
    from bangfu.intake.models import Batch

    county = int(next(iter(json.loads(Batch.objects.get(pk=1).heads))))
    maker = Person.objects.get(name="李文员")
    return Batch.objects.create(maker=maker, content_hash="0" * 64, heads=json.dumps({county: None}), summary="{}")


def test_a_staged_batch_waits_for_the_approver_and_is_told_to_its_maker(client_of, staged):
    assert "有 1 批台账等您审批" in _text(client_of("王审核").get("/"))
    mine = _text(client_of("李文员").get("/"))
    assert "等您审批" not in mine
    assert "您提交的 1 批台账等待他人审批" in mine


def test_a_batch_that_was_sent_back_waits_for_its_maker_for_a_while(client_of, staged):
    from datetime import timedelta

    from django.utils import timezone

    staged.state, staged.acted_at = "returned", timezone.now() - timedelta(days=13)
    staged.save()
    assert "1 批台账被退回" in _text(client_of("李文员").get("/"))
    assert "被退回" not in _text(client_of("王审核").get("/"))
    staged.acted_at -= timedelta(days=2)
    staged.save()
    assert "被退回" not in _text(client_of("李文员").get("/"))


def test_a_batch_of_another_county_waits_for_nobody_here(hamlet, staged):
    from bangfu.access.acting import ActingPerson, HeldGrant
    from bangfu.access.roles import Role
    from bangfu.intake.my_day import waiting

    county = int(next(iter(json.loads(staged.heads))))
    here, elsewhere = (
        ActingPerson(99, "某审批人", (HeldGrant(Role.COUNTY_APPROVER, place),))
        for place in (county, county + 1_000_000)
    )
    assert [one.kind for one in waiting(here)] == ["intake.approve"]
    assert waiting(elsewhere) == []


def test_households_that_cannot_be_judged_wait_in_their_own_places_only(hamlet):
    import polars as pl

    from bangfu.access.acting import acting
    from bangfu.places.scope import Scope
    from bangfu.snapshots.my_day import waiting
    from bangfu.snapshots.queries import run_frames, run_named

    rows = run_frames(run_named(None), hamlet, Scope.everywhere())["households"]
    unknown = rows.filter(pl.col("outcome").is_null())
    clerk = acting("吴信息")
    mine = unknown.filter(pl.col("village") == clerk.grants[0].place)
    assert sum(one.count for one in waiting(acting("李文员"))) == unknown.height
    assert sum(one.count for one in waiting(clerk)) == mine.height
    assert waiting(acting("赵分析")) == waiting(acting("周管理")) == []


def test_open_doubts_wait_where_their_household_lives(hamlet):
    from django.db import transaction

    from bangfu.access.acting import acting
    from bangfu.places.models import Place
    from bangfu.places.scope import Scope
    from bangfu.registry.my_day import open_leads_within, waiting
    from bangfu.snapshots.queries import run_frames, run_named
    from bangfu.work.actions.open_leads import Doubt, open_leads

    clerk = acting("吴信息")
    home = Place.objects.get(number=clerk.grants[0].place)
    before = open_leads_within(Scope((home.number,))), open_leads_within(Scope.everywhere())
    rows = run_frames(run_named(None), hamlet, Scope.everywhere())["households"].sort("household")
    of = {village: household for household, village in rows.select("household", "village").iter_rows()}
    elsewhere = next(village for village in of if village != home.number)
    with transaction.atomic():
        doubts = [Doubt("test.doubt", home.county, "household", of[one], "why") for one in (home.number, elsewhere)]
        open_leads(by=acting("李文员"), event=None, rows=doubts)
    after = open_leads_within(Scope((home.number,))), open_leads_within(Scope.everywhere())
    assert (after[0] - before[0], after[1] - before[1]) == (1, 2)
    assert [one.count for one in waiting(clerk)] == [after[0]]


def test_every_app_that_has_something_to_bring_is_asked(hamlet):
    from bangfu.access.acting import acting
    from bangfu.work import my_day

    asked = {waiting.__module__ for waiting in my_day._sources()}
    assert {"bangfu.intake.my_day", "bangfu.registry.my_day", "bangfu.snapshots.my_day"} <= asked
    assert all(one.route and one.message and one.count for one in my_day.collect(acting("李文员")))


@pytest.mark.parametrize(
    ("name", "seen", "unseen"),
    [
        pytest.param("李文员", ["五分钟", "待办", "与上一时点相比"], ["有效授权"], id="county clerk"),
        pytest.param("赵分析", ["与上一时点相比", "没有待办"], ["有效授权", "为什么"], id="analyst"),
        pytest.param("周管理", ["有效授权", "没有待办"], ["与上一时点相比", "五分钟"], id="security"),
        pytest.param("贫困户代表", ["待办"], ["与上一时点相比", "五分钟", "有效授权"], id="household"),
    ],
)
def test_each_role_sees_a_day_of_its_own(client_of, name, seen, unseen):
    shown = _text(client_of(name).get("/"))
    assert [words for words in seen if words not in shown] == []
    assert [words for words in unseen if words in shown] == []


@pytest.mark.parametrize(
    "name", ["李文员", "吴信息", "郑乡镇", "钱市办", "孙督查", "陈审计", "冯联络", "何财政", "王审核"]
)
def test_every_way_that_a_day_shows_can_be_gone(client_of, name):
    client = client_of(name)
    main = client.get("/").content.decode().partition("<main")[2].partition("</main>")[0]
    for address in set(re.findall(r'href="([^"]+)"', main)):
        assert client.get(unescape(address)).status_code == 200, address


def test_my_day_asks_the_database_a_bounded_number_of_times(client_of, django_assert_max_num_queries):
    client = client_of("郑乡镇")
    client.get("/")
    with django_assert_max_num_queries(30):
        client.get("/")


def test_a_day_in_an_empty_place_says_what_comes_first(home, places):
    from django.test import Client

    shown = _text(Client(headers={"host": "localhost"}).get("/"))
    assert "五分钟" not in shown
    assert "第一次运算" in shown
