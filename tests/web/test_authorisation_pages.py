"""Consent to be looked up, on pages: recorded for one household or from a list, shown, and missing ones listed."""

from datetime import date

import polars as pl
import pytest

from bangfu.decisions.models import Authorisation
from bangfu.documents.workbook import ListSheet, write_list
from bangfu.places.models import Place
from bangfu.places.scope import Scope
from bangfu.registry.directory import directory
from tests.web.doubting import hand_in, text_of
from tests.web.walking import english
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store
PAPER = {"signed_on": "2021-05-20", "signer": "2", "paper": "承诺-7"}


@pytest.fixture
def page(hamlet, client_of):
    """A function that gives a client of the pages in English, at the end of 2021."""
    hamlet.move_day(date(2021, 12, 31))
    return lambda name: english(client_of(name))


def homes_of(name):
    from bangfu.access.models import Grant

    return directory(Scope((Grant.objects.get(person__name=name, role="village_clerk").place,)))


def test_a_paper_is_recorded_on_the_page_of_the_household(page):
    clerk, home = page("吴信息"), homes_of("吴信息")["household"][0]
    address = f"/households/{home}/"
    assert "No signed authorisation is on file" in text_of(clerk.get(address))
    for _ in range(2):
        assert "is on file since 20 May 2021" in text_of(clerk.post(f"{address}authorise/", PAPER, follow=True))
    paper = Authorisation.objects.get()
    assert (paper.household_id, paper.signed_on, paper.signer, paper.paper) == (home, date(2021, 5, 20), 2, "承诺-7")
    inspector = page("孙督查")
    assert "is on file since" in text_of(inspector.get(address))
    assert "/authorise/" not in inspector.get(address).content.decode()
    assert inspector.post(f"{address}authorise/", PAPER).status_code == 403


@pytest.mark.parametrize(
    ("more", "words"),
    [
        pytest.param({"signed_on": "2022-01-01"}, "lies ahead", id="tomorrow"),
        pytest.param({"signed_on": ""}, "required", id="no day"),
        pytest.param({"signer": "77"}, "State the day", id="no such signer"),
        pytest.param({"paper": "990101197001010015"}, "without ID numbers", id="an identity number"),
        pytest.param({"paper": "字" * 61}, "at most 60", id="61 characters"),
    ],
)
def test_a_paper_that_cannot_be_is_refused_in_words(page, more, words):
    home = homes_of("吴信息")["household"][0]
    answer = page("吴信息").post(f"/households/{home}/authorise/", PAPER | more, follow=True)
    assert words in text_of(answer)
    assert not Authorisation.objects.exists()


def test_a_list_is_recorded_and_what_is_refused_comes_back(page, tmp_path):
    mine = homes_of("吴信息").filter(pl.col("household_no").is_not_null())
    every = directory(Scope.everywhere())
    other = every.filter(~pl.col("household").is_in(mine["household"].implode()))["household_no"].drop_nulls()[0]
    numbers = [*mine["household_no"][:2], mine["household_no"][0], other, "X1"]
    frame = pl.DataFrame({"no": numbers, "on": ["2021-05-20"] * 4 + ["2021-05-21"]})
    path = tmp_path / "papers.xlsx"
    write_list(path, [ListSheet(name="清单", title="", frame=frame, labels={"no": "户编号", "on": "签署日期"})])
    clerk = page("吴信息")
    with path.open("rb") as file:
        shown = text_of(clerk.post("/authorisations/record/", {"file": file}))
    assert "5 rows = 2 recorded + 1 on file already + 2 returned" in shown
    assert shown.count("No household of your places has this number") == 2
    assert sorted(Authorisation.objects.values_list("household_id", flat=True)) == sorted(mine["household"][:2])
    assert f"{mine.height - 2} of {mine.height} households have signed no authorisation" in shown


def test_what_is_no_list_of_papers_is_refused_in_words(page, lists):
    clerk = page("吴信息")
    with (lists / "payroll.xlsx").open("rb") as file:
        answer = clerk.post("/authorisations/record/", {"file": file})
    assert answer.status_code == 400
    assert "is no list of signed authorisations" in text_of(answer)
    assert clerk.post("/authorisations/record/", {}).status_code == 400
    assert page("王审核").post("/authorisations/record/", {}).status_code == 403


def test_who_is_not_looked_up_is_counted_with_a_way_to_them(page, lists):
    clerk, county = page("李文员"), Place.objects.get(level=3)
    homes = directory(Scope.everywhere())
    hand_in(clerk, lists / "payroll.xlsx", county.number, "payroll")
    work_off()
    shown = clerk.get("/comparisons/")
    assert f"households not looked up: {homes.height}" in text_of(shown)
    assert f"/authorisations/?place={county.code}" in shown.content.decode()
    listed = clerk.get(f"/authorisations/?place={county.code}")
    assert f"{homes.height} of {homes.height} households have signed no authorisation" in text_of(listed)
    assert f'href="/households/{homes["household"][0]}/#authorisation"' in listed.content.decode()


def test_before_the_law_asks_for_consent_nobody_is_missing(page, hamlet):
    clerk = page("李文员")
    hamlet.move_day(date(2017, 1, 9))
    assert "ask for no authorisation" in text_of(clerk.get("/authorisations/"))
