"""Notices: what hangs is for anybody, as long as it hangs, and says nothing that must not be said."""

import io
import re

import pytest

from tests.documents.notices import pages_of
from tests.web.hanging import COUNTY_CLERK, VILLAGE_CLERK, acting_as, later, take
from tests.web.walking import english
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store
OUTSIDER = "何财政"
"""Reads no register, as the public."""


@pytest.fixture
def known(hamlet):
    """The households of the demonstration."""
    from tests.web.registered import known_households

    del hamlet
    return known_households()


def page_of(client, number):
    return client.get(f"/notices/{number}/")


def words(answer):
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_the_way_leads_down_to_what_hangs(client_of, hanging):
    client, address = client_of(OUTSIDER), "/notices/"
    for _ in range(6):
        page = client.get(address).content.decode().partition("<main")[2]
        found = re.findall(r'href="(\?place=\d+)"><span>[^<]+</span> <span class="tag yes">', page)
        if not found:
            break
        address = f"/notices/{found[0]}"
    assert f'href="/notices/{hanging.notice}/"' in page
    assert page_of(client, hanging.notice).status_code == 200


def test_a_notice_says_its_lines_its_days_where_to_object_and_the_fingerprint(client_of, hanging):
    from bangfu.procedures.models import Notice

    notice = Notice.objects.get(pk=hanging.notice)
    shown = words(page_of(client_of(OUTSIDER), hanging.notice))
    for known in hanging.households:
        assert known.head in shown
    for said in (
        "第一次公示",
        "2017年1月9日",
        "2017年1月16日",
        "识别为贫困户",
        "/object/",
        "村委会（章）",
        notice.head,
    ):
        assert said in shown, said
    assert "郑乡镇" not in shown
    assert "noindex" in page_of(client_of(OUTSIDER), hanging.notice).content.decode()


def test_a_notice_says_it_in_english_as_well(client_of, hanging):
    shown = words(page_of(english(client_of(OUTSIDER)), hanging.notice))
    for said in ("First notice", "Last day", "16 January 2017", "Head of household", "How to object"):
        assert said in shown, said


def test_no_number_of_anybody_and_no_case_stands_on_a_notice(client_of, hanging):
    """TD-19: no digit of an identity number, a phone or a card, no household number, no case behind a line."""
    answer = page_of(client_of(OUTSIDER), hanging.notice)
    shown = words(answer).replace(_head(hanging), "").replace("12317", "")
    for known in hanging.households:
        for secret in known.secrets:
            pieces = {secret[start : start + 4] for start in range(len(secret) - 3)} - {"2017", "2016"}
            assert not any(piece in shown for piece in pieces)
        assert known.number not in answer.content.decode()
    assert max((len(run) for run in re.findall(r"\d+", shown)), default=0) <= 5
    assert not re.search(r"case", answer.content.decode().partition("<main")[2])


def _head(hanging):
    from bangfu.procedures.models import Notice

    return Notice.objects.get(pk=hanging.notice).head


@pytest.mark.parametrize(("days", "status"), [(7, 200), (8, 404)], ids=["on its last day", "on the day after"])
def test_a_notice_is_taken_down_by_itself_after_its_last_day(client_of, hanging, hamlet, days, status):
    later(hamlet, days)
    client = client_of(OUTSIDER)
    assert page_of(client, hanging.notice).status_code == status
    village = client.get(f"/notices/?place={hanging.village}").content.decode()
    assert (f'href="/notices/{hanging.notice}/"' in village) is (status == 200)


def test_who_reads_the_register_of_the_place_still_sees_the_old_ones(client_of, hanging, hamlet):
    later(hamlet, 30)
    client = client_of(VILLAGE_CLERK)
    assert f'href="/notices/{hanging.notice}/"' in client.get(f"/notices/?place={hanging.village}").content.decode()
    shown = words(page_of(client, hanging.notice))
    assert "已撤下" in shown
    assert "/object/?notice=" not in shown


def test_a_child_who_is_head_is_not_named(home, places):
    from datetime import date

    import polars as pl

    from bangfu.procedures.notices import CHILD, lines_of

    del home
    frame = pl.DataFrame(
        {
            "county": [places.county],
            "place": [places.village],
            "subject_kind": ["household"],
            "subject_id": [1],
            "proposal": ["identified"],
            "case": [7],
        }
    )
    assert lines_of(frame, date(2017, 1, 9))[places.village] == [["—", "—", "—", "识别为贫困户", "7"]]
    assert CHILD.startswith("（未成年")


def _lines(known):
    """The line of a notice about one household, as it would be posted today."""
    from datetime import date

    import polars as pl

    from bangfu.places.scope import chain_of
    from bangfu.procedures.notices import lines_of

    frame = pl.DataFrame(
        {
            "county": [chain_of(known.village)],
            "place": [known.village],
            "subject_kind": ["household"],
            "subject_id": [known.household],
            "proposal": ["identified"],
            "case": [7],
        }
    )
    return lines_of(frame, date(2017, 1, 9))[known.village][0]


def _recorded(home, known, table, **columns):
    """Another row of the register about the household or its members, in force on the day of the demonstration."""
    from datetime import date

    import polars as pl

    from bangfu.places.scope import chain_of
    from bangfu.registry.actions.record_rows import record_rows

    subjects = {"household_id": [known.household]} if table == "registry_residence" else {"person_id": known.members}
    frame = pl.DataFrame(subjects).with_columns(effective_from=pl.lit(date(2017, 1, 1)), **columns)
    county = chain_of(known.village)
    record_rows(
        by=acting_as(COUNTY_CLERK), county=county, subject="test", rows={table: frame}, keys=home.keys, permission=None
    )


@pytest.mark.parametrize("group", ["3组 13800000001", "三组组长一三八零零零零零零零一"])
def test_a_group_that_hides_a_number_is_left_out_and_the_list_hangs(hamlet, known, group):
    import polars as pl

    one = known[0]
    _recorded(hamlet, one, "registry_residence", village=pl.lit(one.village), group_name=pl.lit(group))
    assert _lines(one) == [one.head, "—", str(len(one.members)), "识别为贫困户", "7"]


def test_a_head_whose_birthday_nobody_knows_is_not_named(hamlet, known):
    import polars as pl

    from bangfu.procedures.notices import CHILD

    one = known[0]
    assert _lines(one)[0] == one.head
    _recorded(hamlet, one, "registry_profile", born_on=pl.lit(None, pl.Date))
    assert _lines(one)[0] == CHILD


@pytest.mark.parametrize("number", [0, 99_999, 10**30])
def test_a_notice_that_never_was_is_not_found(client_of, hamlet, number):
    assert page_of(client_of(OUTSIDER), number).status_code == 404


@pytest.mark.parametrize("code", ["%00", "９９０１", "x" * 500, "' OR 1=1", "-1", "999999999999999999999999"])
def test_a_place_that_never_was_is_not_found(client_of, hamlet, code):
    del hamlet
    assert client_of(OUTSIDER).get("/notices/", {"place": code}).status_code == 404


def test_a_long_list_stands_in_two_blocks_a_page():
    from bangfu.procedures.boards import Line
    from bangfu.web.views.notices import pairs_of

    lines = tuple(Line(turn, ("甲",), turn) for turn in range(1, 104))
    sizes = [[len(block) for block in pair] for pair in pairs_of(lines)]
    assert sizes == [[25, 25], [25, 25], [2, 1]]
    assert [line.number for pair in pairs_of(lines) for block in pair for line in block] == list(range(1, 104))
    assert pairs_of(()) == []
    assert [len(block) for block in pairs_of(lines[:1])[0]] == [1]


def test_the_second_notice_hangs_beside_the_first_only_while_both_last(client_of, hanging, hamlet):
    later(hamlet, 7)
    take(hanging.cases, "village_notice")
    take(hanging.cases, "town_review", by="马镇办")
    take(hanging.cases, "town_notice")
    client = client_of(OUTSIDER)
    assert client.get(f"/notices/?place={hanging.village}").content.decode().count('href="/notices/') >= 2
    later(hamlet, 8)
    page = client.get(f"/notices/?place={hanging.village}").content.decode()
    assert f'href="/notices/{hanging.notice}/"' not in page
    assert "第二次公示" in page


def end(cases, how="refuse", by="刘村办"):
    """Send cases that wait at their notice back to their meeting, which then refuses them."""
    from bangfu.procedures.actions.send_back import refuse_cases, send_back

    send_back(by=acting_as(by), cases=cases, to="appraisal", reason="有异议，经查属实")
    if how == "refuse":
        refuse_cases(by=acting_as("刘村办"), cases=cases, reason="有异议，经查属实")


@pytest.mark.parametrize("how", ["refuse", "send back"])
def test_a_case_that_is_refused_or_sent_back_hangs_no_more(client_of, hanging, how):
    client, (gone, *others) = client_of(OUTSIDER), hanging.households
    client.get(f"/notices/{hanging.notice}/pdf/")
    end(hanging.cases[:1], how)
    line = next(turn for turn in (1, 2, 3) if hanging.case_on_line(turn) == hanging.cases[0])
    page = words(page_of(client, hanging.notice))
    form = client.get(f"/object/?notice={hanging.notice}").content.decode()
    paper = client.get(f"/notices/{hanging.notice}/pdf/")
    for shown in (page, form, "".join(pages_of(io.BytesIO(paper.content)))):
        assert gone.head not in shown
        assert all(one.head in shown for one in others)
    assert "另有1行" in page
    left = [1, 2, 3]
    left.remove(line)
    assert [int(one) for one in re.findall(r'name="line" value="(\d+)"', form)] == left
    assert re.findall(r'<td class="n">(\d)</td>', page_of(client, hanging.notice).content.decode()) == list(
        map(str, left)
    )
    sent = client.post("/object/", {"notice": hanging.notice, "line": line, "words": "不对"})
    assert sent.status_code == 400


def test_a_notice_without_a_line_is_down_before_its_last_day(client_of, hanging):
    from bangfu.places.models import Place

    public, town = client_of(OUTSIDER), Place.objects.get(number=hanging.village).town
    assert 'class="tag yes"' in public.get(f"/notices/?place={town}").content.decode()
    end(hanging.cases)
    for address in (f"/notices/?place={hanging.village}", f"/object/?place={hanging.village}"):
        assert f"{hanging.notice}" not in re.findall(r"notices?[/=](\d+)", public.get(address).content.decode())
    assert 'class="tag yes"' not in public.get(f"/notices/?place={town}").content.decode()
    for page in (f"/notices/{hanging.notice}/", f"/notices/{hanging.notice}/pdf/", f"/object/?notice={hanging.notice}"):
        assert public.get(page).status_code == 404
    kept = words(page_of(client_of(VILLAGE_CLERK), hanging.notice))
    assert "均已退回" in kept
    assert all(one.head in kept for one in hanging.households)


def test_a_list_that_is_posted_again_hangs_once(client_of, hanging):
    from bangfu.procedures.models import Notice

    end(hanging.cases, "send back")
    take(hanging.cases, "appraisal", entitled=30, present=20)
    take(hanging.cases[:2], "village_notice")
    again = Notice.objects.latest("pk").pk
    page = client_of(OUTSIDER).get(f"/notices/?place={hanging.village}").content.decode()
    assert re.findall(r'href="/notices/(\d+)/"', page) == [str(again)]
    shown = words(page_of(client_of(OUTSIDER), again))
    assert [one.head in shown for one in hanging.households] == [True, True, False]


def test_a_line_whose_case_went_on_hangs_until_its_last_day(client_of, hanging, hamlet):
    later(hamlet, 7)
    take(hanging.cases, "village_notice")
    shown = words(page_of(client_of(OUTSIDER), hanging.notice))
    assert all(one.head in shown for one in hanging.households)
    end(hanging.cases[:1], by="马镇办")
    assert hanging.households[0].head not in words(page_of(client_of(OUTSIDER), hanging.notice))


def test_a_village_with_many_old_notices_asks_the_database_no_more_often(hanging):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bangfu.access.acting import today
    from bangfu.procedures.boards import notices_of, told_all

    clerk, counts = acting_as(VILLAGE_CLERK), []
    for _ in range(3):
        notices_of(hanging.village, today(), clerk)
        with CaptureQueriesContext(connection) as asked:
            hung, down = notices_of(hanging.village, today(), clerk)
            told_all(hung, hangs=True)
            told_all(down, hangs=False)
        counts.append(len(asked))
        assert len(hung) == 1
        end(hanging.cases, "send back")
        take(hanging.cases, "appraisal", entitled=30, present=20)
        take(hanging.cases, "village_notice")
    assert counts[1] == counts[2]


def test_a_notice_is_given_as_it_is_printed(client_of, hanging):
    answer = client_of(OUTSIDER).get(f"/notices/{hanging.notice}/pdf/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    text = "".join(pages_of(io.BytesIO(answer.content)))
    for said in ("第一次公示", "2017年1月16日", "12317", "/object/", "盖章", hanging.households[0].head):
        assert said in text, said
    assert not any(secret in text for known in hanging.households for secret in known.secrets)


def test_a_notice_that_was_taken_down_is_not_printed_for_the_public(client_of, hanging, hamlet):
    later(hamlet, 8)
    assert client_of(OUTSIDER).get(f"/notices/{hanging.notice}/pdf/").status_code == 404
    assert client_of(VILLAGE_CLERK).get(f"/notices/{hanging.notice}/pdf/").status_code == 200


def test_all_notices_of_a_place_are_printed_in_one_job(client_of, hanging):
    from bangfu.places.models import Place
    from bangfu.work.models import Job

    town = Place.objects.get(number=Place.objects.get(number=hanging.village).town)
    client = client_of("郑乡镇")
    assert f'name="place" value="{town.code}"' in client.get(f"/notices/?place={town.code}").content.decode()
    leads = client.post("/notices/print/", {"place": town.code})["Location"]
    work_off()
    job = Job.objects.get(kind="procedures.notices")
    assert leads == f"/jobs/{job.pk}/"
    assert (job.state, job.result["count"], job.result["places"]) == ("done", 1, 1)
    given = client.get(f"/jobs/{job.pk}/files/0/")
    text = "".join(pages_of(io.BytesIO(b"".join(given.streaming_content))))
    assert hanging.households[2].head in text


def test_where_nothing_hangs_nothing_is_printed(client_of, hanging, hamlet):
    from bangfu.work.models import Job

    later(hamlet, 8)
    client_of("郑乡镇").post("/notices/print/", {"place": hanging.village // 1000 * 1000})
    work_off()
    assert Job.objects.get(kind="procedures.notices").result.get("files") is None


@pytest.mark.parametrize("name", [OUTSIDER, "孙督查", "赵分析", "贫困户代表"])
def test_only_who_posts_notices_prints_them_all(client_of, hanging, name):
    assert client_of(name).post("/notices/print/", {"place": hanging.village}).status_code == 403
