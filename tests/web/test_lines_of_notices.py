"""Lines of notices: what is printed of a household, and which lines still hang."""

import io
import re

import pytest

from tests.documents.notices import pages_of
from tests.web.hanging import COUNTY_CLERK, OUTSIDER, VILLAGE_CLERK, acting_as, later, page_of, take, words

pytestmark = pytest.mark.store


@pytest.fixture
def known(hamlet):
    """The households of the demonstration."""
    from tests.web.registered import known_households

    del hamlet
    return known_households()


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


def end(cases, how="refuse", by="刘村办"):
    """Send cases that wait at their notice back to their meeting, which then votes them down."""
    from bangfu.procedures.actions.send_back import send_back

    send_back(by=acting_as(by), cases=cases, to="appraisal", reason="有异议，经查属实")
    if how == "refuse":
        take(cases, "appraisal", entitled=30, present=20, votes=dict.fromkeys(cases, (5, 15, 0)))


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
