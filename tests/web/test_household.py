"""The page of a household: the reason, the sum of its income, whose it is, and what it costs to show."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.registered import known_households
from tests.web.walking import english, searched, total, whole_list
from tests.work.kinds_of_jobs import work_off

pytestmark = pytest.mark.store

COUNTY, ANALYST, MEMBER = "李文员", "赵分析", "贫困户代表"


def test_the_page_gives_the_reason_of_the_command_line(client_of):
    from bangfu.cli.verbs import explain

    client = english(client_of(COUNTY))
    for known in known_households()[:12]:
        told = explain.run(household_no=known.number, run_name=None, name=None)
        address = f"/households/{known.household}/"
        page = "".join(client.get(part).content.decode() for part in (address, f"{address}changes/"))
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)).replace("&quot;", '"').replace("&#x27;", "'")
        assert told["reason"]["en"] in text
        for one in told["criteria"]:
            assert one["title"]["en"] in text
        for change in told["what_would_change"]["changes"]:
            assert change["sentence"]["en"] in text


def test_the_income_of_a_page_adds_up_to_what_was_compared(client_of):
    from bangfu.kernel.home import Home
    from bangfu.params import load
    from bangfu.places.scope import Scope
    from bangfu.snapshots.queries import run_named
    from bangfu.snapshots.reasons import reasons
    from bangfu.web.household_page import income_of

    signs, summed = {"add": 1, "subtract": -1, "exclude": 0}, 0
    for known in known_households():
        income = income_of(reasons(run_named(None), Home.current(), Scope.everywhere(), known.household), load())
        if not income.summed:
            continue
        summed += 1
        assert sum(signs[line.counts] * (line.fen or 0) for line in income.lines) == income.fen
    assert summed > 10


def test_a_member_sees_the_own_household_and_never_another(client_of):
    from bangfu.access.models import Grant

    own = Grant.objects.get(person__name=MEMBER).household
    known = {one.household: one for one in known_households()}
    client = client_of(MEMBER)
    page = client.get("/my-household/").content.decode()
    assert all(secret in page for secret in known[own].secrets)
    assert known[own].secrets
    for way in ("", "card/", "handbook/"):
        assert client.get(f"/my-household/{way}").status_code == 200
        assert client.get(f"/households/{own}/{way}").status_code == 403
    others = set().union(*(one.secrets for number, one in known.items() if number != own)) - known[own].secrets
    assert not [secret for secret in others if secret in page]
    assert client_of(COUNTY).get("/my-household/").status_code == 403


def test_who_reads_no_register_opens_no_household(client_of):
    client = client_of(ANALYST)
    known = known_households()[0]
    for address in ("/households/", f"/households/{known.household}/", f"/households/{known.household}/card/"):
        assert client.get(address).status_code == 403
    assert client.post("/households/search/", {"q": known.head}).status_code == 403


def test_a_page_costs_a_bounded_number_of_queries(client_of):
    client = client_of(COUNTY)
    known = max(known_households(), key=lambda one: len(one.members))
    bounds = {
        "/households/?column=main_cause&column=housing_grade&column=water_safe": 20,
        f"/households/{known.household}/": 54,
    }
    for address, bound in bounds.items():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= bound, [one["sql"][:80] for one in asked]


def test_what_was_undone_is_in_no_list_and_on_no_page(client_of):
    from bangfu.cli.verbs import undo

    known = known_households()[0]
    client = english(client_of(COUNTY))
    assert total(client.get("/households/")) > 0
    undo.run(batch=1, name=None)
    assert total(client.get("/households/")) == 0
    assert total(searched(client, known.number)) == 0
    assert total(searched(client, known.head)) == 0
    assert client.get(f"/households/{known.household}/").status_code == 404


def test_an_exported_list_holds_as_many_persons_as_its_households_and_no_secret(client_of, tmp_path):
    import openpyxl

    client = client_of(COUNTY)
    poor = set(whole_list(client, "/households/?outcome=yes"))
    known = [one for one in known_households() if one.household in poor]
    answer = client.post("/households/export/", {"outcome": "yes"})
    path = tmp_path / "list.xlsx"
    work_off()
    path.write_bytes(b"".join(client.get(f"{answer['Location']}files/0/").streaming_content))
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=3)]
    assert len(rows) == sum(len(one.members) for one in known)
    cells = {str(cell) for row in rows for cell in row}
    assert not cells & set().union(*(one.secrets for one in known))
