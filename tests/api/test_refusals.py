"""How the API says no: problem+json, one body for what is not there, and nothing of what was sent."""

import pytest
from django.test import Client

from bangfu.access.acting import acting
from bangfu.access.actions.create_token import create_token
from bangfu.access.actions.revoke_token import revoke_token

pytestmark = pytest.mark.store


@pytest.fixture
def call(hamlet):
    """Return a function that calls an address with a token."""
    token, text = create_token(by=acting("吴信息"), label="test")

    def called(address, method="get", language="zh", **sent):
        client = Client(headers={"host": "localhost", "accept-language": language}, raise_request_exception=False)
        return getattr(client, method)(f"/api/v1/{address}", headers={"authorization": f"Bearer {text}"}, **sent)

    called.token = token
    return called


def test_what_is_outside_looks_like_what_never_was(call):
    bodies = {call(address).content for address in ("places/990000000000", "places/5", "households/99999", "x/y")}
    assert len(bodies) == 1


def test_a_refusal_is_a_problem_document(call):
    answer = call("places?limit=0")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"] == [{"where": "query.limit", "rule": "greater_than_equal"}]


def test_a_refusal_repeats_nothing_that_was_sent(call):
    for answer in (
        call("households?outcome=CANARY"),
        call("places/CANARY"),
        call("households?CANARY=1"),
        call("households/search", "post", data={"term": "", "CANARY": 1}, content_type="application/json"),
        call("households/search", "post", data=b"CANARY", content_type="application/json"),
        call("CANARY"),
    ):
        assert answer.status_code in {400, 404, 422}
        assert b"CANARY" not in answer.content


def test_a_token_that_was_taken_back_stops_with_the_next_call(call):
    assert call("me").status_code == 200
    revoke_token(by=acting("吴信息"), number=call.token.pk)
    answer = call("me")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_method_that_is_not_taken_is_a_problem_too(call):
    answer = call("places", "post")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert answer["Content-Type"] == "application/problem+json"


def test_what_is_searched_is_found_by_name_and_by_number_within_the_area(call):
    (first, *_) = call("households?limit=1").json()["items"]
    for term in (first["head"], first["household_no"]):
        found = call("households/search", "post", data={"term": term}, content_type="application/json").json()
        assert first["household"] in [one["household"] for one in found["items"]]


def test_a_household_is_told_with_its_members_its_income_and_the_reasons(call):
    (first, *_) = call("households?outcome=yes&limit=1").json()["items"]
    card = call(f"households/{first['household']}").json()
    assert card["members"][0]["relation"]["label"]["en"] == "Head"
    assert card["decision"]["outcome"] is True
    assert any(one["decides"] for one in card["decision"]["criteria"])


def test_pages_of_a_list_make_up_the_list(call):
    whole = call("households?limit=500").json()
    parts = [call(f"households?limit=20&offset={start}").json() for start in range(0, whole["count"], 20)]
    assert [row for part in parts for row in part["items"]] == whole["items"]
    assert call("households?offset=100000").json()["items"] == []


def test_figures_are_those_of_the_run(call):
    (run, *_) = call("runs").json()["items"]
    counted = call(f"runs/{run['run']}").json()["households"]
    assert sum(counted.values()) == call("households").json()["count"]
    assert call("indicators?level=5").json()["count"] > 0
    assert call("indicators?level=1").json()["count"] == 0


def test_imports_are_told_without_a_cell(hamlet):
    _, text = create_token(by=acting("王审核"), label="test")
    client = Client(headers={"host": "localhost", "authorization": f"Bearer {text}"})
    (batch, *_) = client.get("/api/v1/imports").json()["items"]
    whole = client.get(f"/api/v1/imports/{batch['batch']}").json()
    assert sum(one["rows"] for one in whole["reports"]) == whole["rows"]
    assert {"sheet", "row", "column", "code", "severity"} == set(whole["reports"][0]["errors"][0])
