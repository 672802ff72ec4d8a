"""Long lists: a page shows two hundred cases, and 'all ready ones' means all of the place, as a job."""

import re
from datetime import date

import polars as pl
import pytest

from bangfu.access.acting import acting
from bangfu.procedures.models import Standing
from bangfu.procedures.queries import codes_found
from bangfu.work.models import Job
from tests.web.casework import boxes, form_of, text_of
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store
START = date(2017, 1, 9)


@pytest.fixture
def many(home, places, clerk):
    """Two hundred and one applications of one village, one of a village beside it, of households nobody registered."""
    from bangfu.procedures.actions.open_cases import Subjects, open_cases
    from bangfu.procedures.course import version_on

    home.move_day(START)
    rows = {
        "place": [places.village] * 201 + [places.sibling],
        "subject_id": list(range(1, 203)),
        "proposal": ["identified"] * 202,
        "grounds": ["{}"] * 202,
    }
    subjects = Subjects(places.county, "household", pl.DataFrame(rows))
    version = version_on("cn_2014", "identify", START)
    return open_cases(by=acting("李文员"), version=version, subjects=subjects, on=START).to_list()


def address(place, step="application", **more):
    rest = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/cases/sheet/?programme=cn_2014&procedure=identify&law_from=2014-01-01&step={step}&place={place}{rest}"


def done():
    return sorted(Standing.objects.filter(live=True).values_list("done", flat=True))


def all_of(page):
    digest = re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]
    return form_of(page, case=[], which="all", seen=digest)


def test_a_page_shows_two_hundred_and_the_rest_stand_on_the_next(client, many, places):
    clerk = client("刘村办")
    first, second = (clerk.get(address(places.village, page=number)) for number in (1, 2))
    assert (len(boxes(first)), len(boxes(second))) == (200, 1)
    assert not boxes(first).keys() & boxes(second).keys()
    assert "1 / 2" in text_of(first)


def test_all_ready_cases_of_a_place_are_more_than_the_page_shows(client, many, places):
    clerk = client("刘村办")
    page = clerk.get(address(places.village))
    assert "all 201 ready cases of 上柳村" in text_of(page)
    answer = clerk.post(address(places.village), all_of(page))
    assert clerk.post(address(places.village), all_of(page))["Location"] == answer["Location"]
    work_off()
    assert Job.objects.get(kind="decisions.step").state == "done"
    assert done() == [0] + [1] * 201
    shown = clerk.get(answer["Location"])
    assert "201 cases moved on" in text_of(shown)
    back = re.search(r'href="(/cases/sheet/[^"]+)"', shown.content.decode())[1].replace("&amp;", "&")
    assert "done 201" in text_of(clerk.get(back))


def test_all_are_found_to_be_what_was_chosen(client, home, places):
    cases = clearings(home, places)
    clerk = client("刘村办")
    version = "programme=cn_2021&procedure=clear&law_from=2020-03-20"
    there = f"/cases/sheet/?{version}&step=visit&place={places.village}"
    page = clerk.get(there)
    assert "choose what was found" in text_of(clerk.post(there, all_of(page)))
    assert clerk.post(there, all_of(page) | {"code-cleared_how": "2"}).status_code == 302
    work_off()
    assert codes_found(cases) == {case: {"cleared_how": 2} for case in cases}


def clearings(home, places):
    """Two hundred and one removals of risk in one village."""
    from bangfu.procedures.actions.open_cases import Subjects, open_cases
    from bangfu.procedures.course import version_on

    home.move_day(date(2021, 6, 1))
    rows = {
        "place": [places.village] * 201,
        "subject_id": list(range(1, 202)),
        "proposal": ["cleared"] * 201,
        "grounds": ["{}"] * 201,
    }
    subjects = Subjects(places.county, "household", pl.DataFrame(rows))
    version = version_on("cn_2021", "clear", date(2021, 6, 1))
    return open_cases(by=acting("李文员"), version=version, subjects=subjects, on=date(2021, 6, 1)).to_list()


def test_all_are_those_that_were_seen_or_nothing_is_done(client, many, places):
    clerk = client("刘村办")
    page = clerk.get(address(places.village))
    sent = all_of(page)
    clerk.post(address(places.village), form_of(page, case=list(boxes(page))[:1]))
    answer = clerk.post(address(places.village), sent)
    assert answer.status_code == 409
    assert "changed after you opened the page" in text_of(answer)
    assert not Job.objects.exists()
    assert done() == [0] * 201 + [1]


def test_all_of_a_place_need_their_papers_as_one_does(client, many, places):
    clerk = client("刘村办")
    page = clerk.get(address(places.village))
    answer = clerk.post(address(places.village), all_of(page) | {"paper": []})
    assert answer.status_code == 400
    assert "written application" in text_of(answer)
    assert 'value="all" checked' in answer.content.decode()
    assert not Job.objects.exists()


def test_what_two_hundred_did_is_taken_back_in_one_go(client, many, places):
    clerk = client("刘村办")
    clerk.post(address(places.village), form_of(clerk.get(address(places.village))))
    assert done() == [0] * 2 + [1] * 200
    page = clerk.get(address(places.village)).content.decode()
    names = ("county", "event")
    sent = {name: re.search(f'class="undo".*?name="{name}" value="([^"]*)"', page, re.DOTALL)[1] for name in names}
    assert clerk.post("/cases/undo/", sent | {"reason": "录错了", "next": "/cases/"}).status_code == 302
    assert done() == [0] * 202


def test_a_meeting_is_recorded_village_by_village(client, many, places):
    from bangfu.procedures.actions.take_step import take_step

    village = acting("刘村办")
    for step in ("application", "visit"):
        take_step(by=village, cases=many, step=step, on=START)
    clerk = client("刘村办")
    page = text_of(clerk.get(address(places.town, "appraisal")))
    assert "Each village holds its own meeting" in page
    assert "下柳村 1, 1 ready" in page
    several = [f"{number}:{Standing.objects.get(case_id=number, live=True).pk}" for number in many[-2:]]
    sent = {"act": "take", "step": "appraisal", "case": several, "entitled": "30", "present": "20"}
    assert clerk.post(address(places.town, "appraisal"), sent | {"paper": ["1", "2", "3"]}).status_code == 400
    assert done() == [2] * 202
    assert "The meeting" in text_of(clerk.get(address(places.sibling, "appraisal")))
