"""The account of natural change on its page: a period and a place, whose figures add up down to the village."""

import re

import openpyxl
import pytest

from bangfu.work.models import Job
from tests.web.conftest import clean
from tests.web.happening import APPROVER, COUNTY, VILLAGE, form_of, happens, late
from tests.web.importing import text_of
from tests.web.registered import known_households, village_of
from tests.web.walking import english
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store

ADDRESS = "/households/natural-changes/"


@pytest.fixture
def changed(client_of):
    """A village in which today a child was born, and somebody moved to another household."""
    clerk, approver = english(client_of(VILLAGE)), english(client_of(APPROVER))
    mine = [one for one in known_households() if one.village == village_of(VILLAGE)]
    home = max(mine, key=lambda one: len(one.members))
    goer = list(form_of(clerk, home, "split"))[-1]
    happens(clerk, approver, home, "join", why="新生儿", name="测小溪", relation="之女")
    happens(clerk, approver, home, "split", household_no="X0001", who=[goer], **{f"relation.{goer}": "户主"})
    return home


def figures(page):
    """The rows of the account: name -> before, came, went, at the end."""
    rows = re.findall(r"<th scope=\"row\">(.*?)</th>((?:<td class=\"n\">[\d,]+</td>){4})", page)
    return {
        re.sub(r"<[^>]+>", "", name): tuple(int(text.replace(",", "")) for text in re.findall(r">([\d,]+)<", cells))
        for name, cells in rows
    }


def test_the_figures_of_every_place_add_up(client_of, changed):
    county = english(client_of(COUNTY))
    page = text_of(county, f"{ADDRESS}?from={late()}&to={late()}")
    rows = figures(page)
    assert all(before + came - went == end for before, came, went, end in rows.values())
    everybody = sum(len(one.members) for one in known_households())
    *places, total = rows.values()
    assert total == tuple(map(sum, zip(*places, strict=True)))
    assert (total[1:3], total[3]) == ((2, 1), everybody)
    assert "测小溪" in page
    code = re.findall(r'href="\?place=(\d+)&amp;', page.split("<tbody>")[1])
    below = [figures(text_of(county, f"{ADDRESS}?place={one}&from={late()}&to={late()}")) for one in code]
    assert any(row[1:3] == (2, 1) for one in below for row in one.values())


def test_a_village_clerk_sees_their_village_and_no_other(client_of, changed):
    clerk = english(client_of(VILLAGE))
    rows = figures(text_of(clerk, f"{ADDRESS}?from={late()}&to={late()}"))
    mine = sum(len(one.members) for one in known_households() if one.village == village_of(VILLAGE))
    assert [row[3] for row in rows.values()] == [mine]
    other = next(one.village for one in known_households() if one.village != village_of(VILLAGE))
    assert clerk.get(f"{ADDRESS}?place={other}").status_code == 404


@pytest.mark.parametrize("asked", ["from=2017-03-02&to=2017-03-01", "from=x&to=y", "to=9999-12-31&from=2017-01-01"])
def test_what_is_no_period_shows_this_year(client_of, asked):
    page = text_of(english(client_of(VILLAGE)), f"{ADDRESS}?{asked}")
    assert "This was no period up to today" in page
    assert f'value="{late()[:4]}-01-01"' in page


def test_the_account_is_taken_along_and_who_took_it_is_noted(client_of, changed, hamlet):
    from bangfu.audit.models import Event

    county = english(client_of(COUNTY))
    place = re.findall(r'name="place" value="(\d+)"', text_of(county, ADDRESS))[0]
    answer = county.post(f"{ADDRESS}export/", {"place": place, "from": late(), "to": late()})
    assert answer.status_code == 302
    work_off()
    job = Job.objects.get(pk=answer["Location"].rstrip("/").rsplit("/", 1)[1])
    path = hamlet.jobs / job.pk / job.result["files"][0]["stored"]
    sums, listed = openpyxl.load_workbook(path).worksheets
    rows = [[cell.value for cell in row] for row in listed.iter_rows(min_row=4)]
    assert sorted(row[-1] for row in rows) == ["减少：转出", "增加：新生儿", "增加：转入"]
    assert sums.cell(3, 3).value == "期初人口"
    assert Event.objects.filter(action="register.export", subject="natural changes").count() == 1


def test_the_account_reads_well_on_a_phone(visit):
    page = visit(COUNTY, "phone", "en", ADDRESS)
    assert page.locator("table.account tfoot").is_visible()
    clean(page)
