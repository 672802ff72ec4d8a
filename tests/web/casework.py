"""How tests go through the pages of cases: open a round, find a sheet, read what it offers, send its form."""

import re
from datetime import date
from html import unescape

from bangfu.access.acting import acting
from bangfu.decisions.actions.open_round import open_round
from bangfu.places.scope import Scope
from bangfu.procedures.models import Standing
from bangfu.procedures.queries import CasesAsked, cases_listed
from bangfu.snapshots.queries import run_named, run_rows

START = date(2017, 1, 9)
LAW_FROM = "2016-04-23"
"""Start day of the two procedures of cn_2014 that the hamlet's round opens: exit and relapse."""


def opened(home):
    """Open the yearly round of the hamlet, as its county clerk."""
    run = run_named(None)
    county = run_rows(run, home)["county"][0]
    return open_round(by=acting("李文员"), run=run, county=county, home=home).round


def numbers_of(procedure="exit", **asked):
    """Return the open cases of a procedure with their villages."""
    frame = cases_listed(Scope.everywhere(), CasesAsked(procedure=procedure, **asked))
    return dict(frame.select("case", "place").iter_rows())


def sheet_of(step, place="", procedure="exit", **more):
    """Return the address of a work sheet."""
    rest = "".join(f"&{name}={value}" for name, value in more.items())
    version = f"programme=cn_2014&procedure={procedure}&law_from={LAW_FROM}"
    return f"/cases/sheet/?{version}&step={step}&place={place}{rest}"


def text_of(answer):
    """Return what people read on the page itself."""
    page = answer.content.decode().split("<main", 1)[1]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def boxes(answer):
    """Return the value of each case's box, with whether it is ticked."""
    found = re.findall(r'name="case" value="(\d+:\d+)"[^>]*?( checked)?>', answer.content.decode())
    return {value: bool(checked) for value, checked in found}


def form_of(answer, **filled):
    """Return what the browser sends of a sheet as it stands, with what a person fills in; None takes a field away."""
    page = answer.content.decode()
    step = re.search(r'name="step" value="(\w+)"', page)[1]
    ticked = [value for value, checked in boxes(answer).items() if checked]
    papers = re.findall(r'name="paper" value="(\d+)"', page)
    sent = {"step": step, "act": "take", "case": ticked, "paper": papers} | filled
    if 'name="entitled"' in page:
        sent = {"entitled": "30", "present": "20"} | sent
    return {name: value for name, value in sent.items() if value is not None}


def take(client, address, **filled):
    """Take the step of a sheet with all that is ready, and return the answer."""
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    return client.post(address, form_of(page, **filled))


def through(client, place, *steps):
    """Take some steps of the exit in a village."""
    for step in steps:
        answer = take(client, sheet_of(step, place))
        assert answer.status_code == 302, text_of(answer)


def until_notice(client, place):
    """Take the steps of the exit in a village until its notice hangs."""
    through(client, place, "appraisal", "verification", "consent", "village_notice")


def english(client):
    """Return a client who reads English."""
    client.post("/language/", {"language": "en", "next": "/"})
    return client


def standing(case):
    """Return where a case stands."""
    return Standing.objects.get(case_id=case, live=True)


def done_of(cases):
    """Return the orders of the last finished steps of some cases."""
    return {standing(case).done for case in cases}
