"""Rounds on pages: opened on a run, before and after add up, every in and out has its reason, Excel has them all."""

import json
import re
from datetime import date

import openpyxl
import polars as pl
import pytest

from bangfu.access.models import Grant
from bangfu.audit.models import Event
from bangfu.decisions.models import Round
from bangfu.snapshots.queries import run_named, run_rows
from bangfu.work.models import Job
from tests.web.casework import START, english, numbers_of, opened, text_of
from tests.web.registered import known_households
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store


@pytest.fixture
def office(client_of, hamlet):
    """Pages as the county clerk, in English, on the day of the round."""
    hamlet.move_day(START)
    return english(client_of("李文员"))


@pytest.fixture
def held(office, hamlet):
    return opened(hamlet)


def cells(page):
    """Return the rows of the table of places as numbers: households, before, the categories, after."""
    table = re.search(r'class="round-table".*?</table>', page.content.decode(), re.DOTALL)[0]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", table, re.DOTALL)
    number = re.compile(r'<td class="n">(?:<a [^>]*>)?([\d,]+)')
    return [[int(text.replace(",", "")) for text in number.findall(row)] for _, row in rows]


def test_a_round_is_opened_from_its_page_as_a_job(office, hamlet):
    run = run_named(None)
    page = office.get(f"/runs/{run.name}/")
    assert f'href="/rounds/?run={run.name}"' in page.content.decode()
    form = office.get(f"/rounds/?run={run.name}").content.decode()
    place = re.search(r'<select id="place" name="place"><option value="(\d+)"', form)[1]
    sent = {"run": run.name, "place": place, "kind": "yearly"}
    answer = office.post("/rounds/open/", sent)
    assert office.post("/rounds/open/", sent)["Location"] == answer["Location"], "pressed twice, asked once"
    work_off()
    assert Job.objects.get(kind="decisions.round").state == "done"
    assert 'href="/rounds/"' in office.get(answer["Location"]).content.decode()
    assert Round.objects.count() == 1
    assert numbers_of()
    assert "Yearly adjustment" in text_of(office.get("/rounds/"))


@pytest.mark.parametrize(
    "wrong", [{"run": "nothing"}, {"kind": "never"}, {"place": "999999999999"}, {"place": "x"}, {"place": ""}]
)
def test_a_round_on_nothing_is_not_opened(office, hamlet, wrong):
    county = str(run_rows(run_named(None), hamlet)["county"][0])
    sent = {"run": run_named(None).name, "place": county, "kind": "yearly"} | wrong
    assert office.post("/rounds/open/", sent).status_code == 404
    assert not Job.objects.filter(kind="decisions.round").exists()


@pytest.mark.parametrize(("name", "status"), [("吴信息", 404), ("王审核", 403), ("赵分析", 403), ("钱市办", 403)])
def test_only_the_county_opens_a_round(client_of, office, hamlet, name, status):
    county = str(run_rows(run_named(None), hamlet)["county"][0])
    client, sent = client_of(name), {"run": run_named(None).name, "place": county, "kind": "yearly"}
    assert client.post("/rounds/open/", sent).status_code == status
    assert "rounds-form" not in client.get("/rounds/").content.decode()


def test_before_and_after_add_up_to_every_household_of_the_run(office, held, hamlet):
    rows = run_rows(run_named(None), hamlet)
    page = office.get(f"/rounds/{held.pk}/")
    *towns, together = cells(page)
    assert [sum(column) for column in zip(*towns, strict=True)] == together
    whole, before, *parts, after = together
    assert whole == rows.height == sum(parts[:-1])
    listed = rows.filter(pl.col("status").is_in([1, 3]).fill_null(value=False))
    assert before == listed.height
    assert after == before + parts[0] + parts[1] - parts[2]


def test_a_township_opens_into_its_villages_which_add_up_to_it(office, held):
    town = re.search(r'href="\?town=(\d+)"', office.get(f"/rounds/{held.pk}/").content.decode())[1]
    first = cells(office.get(f"/rounds/{held.pk}/"))[0]
    *villages, together = cells(office.get(f"/rounds/{held.pk}/?town={town}"))
    assert len(villages) > 1
    assert [sum(column) for column in zip(*villages, strict=True)] == together == first


def test_every_in_and_out_has_its_reason_and_its_case(office, held):
    page = text_of(office.get(f"/rounds/{held.pk}/"))
    assert "Net income per head above the exit line yes 4" in page
    assert "The house is unsafe no 4" in page
    tally = json.loads(held.tally)
    for category in ("leaves", "falls_back"):
        listed = office.get(f"/rounds/{held.pk}/households/?category={category}")
        assert text_of(listed).count("under way") == tally[category]
        assert listed.content.decode().count('class="because"') == tally[category]


def test_how_far_the_cases_are_stands_on_the_round(office, held, client_of):
    page = office.get(f"/rounds/{held.pk}/").content.decode()
    strip = re.findall(r'class="strip".*?</ol>', page, re.DOTALL)
    assert len(strip) == 2
    assert re.findall(r'<b class="n">(\d+)</b>', strip[0])[0] == "4"


def test_a_round_without_a_run_before_says_that_nobody_can_be_gone(office, held):
    assert "There was no run before" in text_of(office.get(f"/rounds/{held.pk}/"))
    assert "Nobody here." in text_of(office.get(f"/rounds/{held.pk}/households/?category=gone"))


def test_who_is_gone_since_the_run_before_is_named(office, hamlet):
    from django.db import transaction

    from bangfu.access.acting import acting
    from bangfu.decisions.actions.open_round import _record, list_of
    from bangfu.decisions.models import RoundKind

    run = run_named(None)
    county = run_rows(run, hamlet)["county"][0]
    listed = list_of(run, county, hamlet)
    gone = listed["household"][0]
    shown = listed.with_columns(
        category=pl.when(pl.col("household") == gone).then(pl.lit("gone")).otherwise("category")
    )
    with transaction.atomic():
        held = _record(acting("李文员"), run, county, RoundKind.LOOKBACK, shown)
    page = office.get(f"/rounds/{held.pk}/")
    assert "Look back" in text_of(page)
    assert cells(page)[-1][-2] == 1
    named = office.get(f"/rounds/{held.pk}/households/?category=gone").content.decode()
    assert f'href="/households/{gone}/' in named


def test_a_village_sees_its_own_part_and_another_county_nothing(client_of, office, held, hamlet):
    own = Grant.objects.get(person__name="吴信息").place
    rows = run_rows(run_named(None), hamlet)
    client = english(client_of("吴信息"))
    assert cells(client.get(f"/rounds/{held.pk}/"))[-1][0] == rows.filter(pl.col("village") == own).height
    Grant.objects.filter(person__name="吴信息").update(place=own + 1_000_000)
    assert client.get(f"/rounds/{held.pk}/").status_code == 404


def test_who_counts_only_gets_numbers_and_no_list(client_of, office, held):
    client = english(client_of("钱市办"))
    page = client.get(f"/rounds/{held.pk}/").content.decode()
    assert "/households/" not in page
    assert "/export/" not in page
    assert client.get(f"/rounds/{held.pk}/households/?category=leaves").status_code == 403


@pytest.mark.parametrize("query", ["category=nothing", "category=", "category=leaves&page=x", "category=leaves&place="])
def test_a_list_of_nothing_is_refused_or_empty(office, held, query):
    found = office.get(f"/rounds/{held.pk}/households/?{query}")
    assert found.status_code == (200 if "leaves" in query else 404)


def test_the_list_goes_to_excel_with_every_household_and_no_number_of_a_person(office, held, hamlet):
    answer = office.post(f"/rounds/{held.pk}/export/")
    work_off()
    job = Job.objects.get(kind="decisions.round_list")
    assert job.state == "done", job.message
    book = openpyxl.load_workbook(hamlet.jobs / job.pk / "round.xlsx")
    listed, summed = (list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
    header = next(number for number, row in enumerate(listed) if row[0] == "乡镇")
    rows = listed[header + 1 :]
    assert len(rows) == run_rows(run_named(None), hamlet).height == job.result["rows"]
    assert all(row[8] for row in rows if row[7] in {"拟退出", "拟返贫重新纳入"}), "each with its reason"
    assert sum(row[2] for row in summed[header + 1 :]) == len(rows)
    secrets = {number for known in known_households() for number in known.secrets}
    cells_ = {str(cell) for row in (*listed, *summed) for cell in row}
    assert not {cell for cell in cells_ for secret in secrets if secret in cell}
    assert Event.objects.filter(action="round.export", subject=f"round {held.pk}").count() == 1
    kept = office.get(f"{answer['Location']}files/0/")
    assert b"".join(kept.streaming_content)[:2] == b"PK"


def test_a_demonstration_goes_on_by_days_and_an_office_does_not(office, hamlet):
    assert "9 January 2017" in text_of_door(office.get("/cases/"))
    assert office.post("/day/", {"days": "7", "next": "/cases/"})["Location"] == "/cases/"
    assert hamlet.today() == date(2017, 1, 16)
    for wrong in ("-1", "400", "x", ""):
        office.post("/day/", {"days": wrong})
    assert hamlet.today() == date(2017, 1, 16)
    assert office.post("/day/", {"days": "1", "next": "https://elsewhere.test/"})["Location"] == "/"
    assert office.get("/day/").status_code == 405
    card = hamlet.path / "home.json"
    card.write_text(card.read_text().replace("true", "false"))
    assert office.post("/day/", {"days": "1"}).status_code == 404


def text_of_door(answer):
    """Return what the panel at the top says."""
    return re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main", 1)[0])
