"""Notices: what hangs is for anybody, as long as it hangs, and says nothing that must not be said."""

import io
import re

import pytest

from tests.documents.notices import pages_of
from tests.web.hanging import OUTSIDER, VILLAGE_CLERK, later, page_of, take, words
from tests.web.walking import english
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store


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
