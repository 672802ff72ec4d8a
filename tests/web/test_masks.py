"""Masked values: nobody sees a number that was not opened, opening is counted and noted, and a lost mask is noticed."""

import json
import re

import pytest

from tests.web.registered import known_households, village_of

pytestmark = pytest.mark.store

COUNTY, VILLAGE, APPROVER, INSPECTOR, AUDITOR = "李文员", "吴信息", "王审核", "孙督查", "陈审计"
EVERYBODY = [COUNTY, VILLAGE, APPROVER, INSPECTOR, AUDITOR, "郑乡镇", "钱市办", "赵分析", "周管理", "冯联络", "何财政"]
REASON = "1"


def leaks(client, known):
    """Return every sealed number of the fixture that stands in an answer to this person."""
    homes = [one for one in known if one.village == village_of(VILLAGE)][:4] + known[:2]
    pages = ["/households/", "/households/?column=main_cause"]
    pages += [f"/households/{one.household}/{way}" for one in homes for way in ("", "card/", "handbook/")]
    answers = [client.get(page) for page in pages]
    answers.append(client.post("/households/search/", {"q": homes[0].head}, follow=True))
    secrets = set().union(*(one.secrets for one in known))
    text = "\n".join(answer.content.decode() + str(answer.headers) for answer in answers)
    runs = set(re.findall(r"[0-9]{8,}[Xx]?|[0-9-]{9,}", text))
    return {secret for secret in secrets if secret in runs or any(secret in run for run in runs)}


@pytest.mark.parametrize("name", EVERYBODY)
def test_no_page_carries_a_number_that_was_not_opened(client_of, name):
    known = known_households()
    assert len(set().union(*(one.secrets for one in known))) > 50
    assert not leaks(client_of(name), known)


def test_a_lost_mask_is_noticed(client_of, monkeypatch):
    from bangfu.registry import masking

    monkeypatch.setattr(masking, "mask", lambda _, value: masking.Text(zh=str(value), en=str(value)))
    assert leaks(client_of(COUNTY), known_households())


def test_a_card_has_no_digit_of_anybodys_number(client_of):
    known = next(one for one in known_households() if any(len(secret) == 11 for secret in one.secrets))
    client = client_of(COUNTY)
    page = client.get(f"/households/{known.household}/").content.decode()
    ends = {secret[-4:] for secret in known.secrets if len(secret) == 11}
    assert any(f"****{end}" in page for end in ends)
    for way in ("card", "handbook"):
        paper = client.get(f"/households/{known.household}/{way}/").content.decode()
        assert "****" not in paper
        assert not any(f">{end}<" in paper for end in ends)


def reveal(client, household, person, reason=REASON):
    return client.post(f"/households/{household}/reveal/", {"person": person, "reason": reason})


def one_with_secrets(village=None):
    """Return a household whose head has a number, and the head."""
    for known in known_households():
        if known.secrets and known.members and village in {None, known.village}:
            return known
    raise AssertionError


def events():
    from bangfu.audit.models import Event

    return list(Event.objects.filter(action="identity.reveal").order_by("id"))


def test_an_opened_value_is_shown_once_and_noted_without_the_value(client_of):
    known = one_with_secrets()
    client = client_of(COUNTY)
    person = known.members[0]
    answer = reveal(client, known.household, person)
    assert answer.status_code == 200
    assert any(secret in answer.content.decode() for secret in known.secrets)
    assert answer["Cache-Control"] == "no-store"
    assert not any(secret in client.get(f"/households/{known.household}/").content.decode() for secret in known.secrets)
    (event,) = events()
    assert event.subject == f"person {person}"
    body = json.loads(event.body)
    assert body["household"] == known.household
    assert body["reason"] == int(REASON)
    assert set(body["fields"]) <= {"id_no", "phone"}
    assert not any(secret in event.body for secret in known.secrets)


def test_the_phone_of_a_household_is_opened_under_its_own_subject(client_of):
    known = one_with_secrets()
    assert reveal(client_of(COUNTY), known.household, "").status_code == 200
    assert [one.subject for one in events()] == [f"household {known.household}"]


def test_the_chain_still_holds_after_values_were_opened(client_of, hamlet):
    from bangfu.audit.verifier import verify

    known = one_with_secrets()
    reveal(client_of(COUNTY), known.household, known.members[0])
    report = verify(hamlet.database_url or str(hamlet.database_file), hamlet.key_file)
    assert not report.faults


@pytest.mark.parametrize("reason", ["", "99", "0", "-1", "one", "²"])
def test_nothing_is_opened_without_a_reason_of_the_list(client_of, reason):
    known = one_with_secrets()
    answer = reveal(client_of(COUNTY), known.household, known.members[0], reason)
    assert answer.status_code == 403
    assert not events()
    assert not any(secret in answer.content.decode() for secret in known.secrets)


def test_nothing_is_opened_in_another_village_or_of_another_household(client_of):
    mine = village_of(VILLAGE)
    client = client_of(VILLAGE)
    inside = one_with_secrets(mine)
    outside = next(one for one in known_households() if one.village != mine and one.secrets)
    assert reveal(client, outside.household, outside.members[0]).status_code == 404
    assert reveal(client, inside.household, outside.members[0]).status_code == 404
    assert reveal(client, inside.household, "9" * 30).status_code == 404
    assert not events()
    assert reveal(client, inside.household, inside.members[0]).status_code == 200


@pytest.mark.parametrize("name", ["赵分析", "钱市办", "冯联络", "何财政", "贫困户代表", "周管理"])
def test_who_may_not_open_values_does_not(client_of, name):
    known = one_with_secrets()
    assert reveal(client_of(name), known.household, known.members[0]).status_code in {403, 404}
    assert not events()


def test_a_day_allows_as_many_openings_as_the_role_has_and_no_more(client_of, monkeypatch):
    from bangfu.access import field_classes
    from bangfu.access.roles import REVEALS_A_DAY, Role

    assert REVEALS_A_DAY[Role.VILLAGE_CLERK] == 30
    monkeypatch.setattr(field_classes, "REVEALS_A_DAY", {Role.VILLAGE_CLERK: 2})
    known = one_with_secrets(village_of(VILLAGE))
    client = client_of(VILLAGE)
    answers = [reveal(client, known.household, known.members[0]) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 403]
    assert "BF413" in answers[2].content.decode()
    assert len(events()) == 2
    assert not any(secret in answers[2].content.decode() for secret in known.secrets)


def test_openings_of_yesterday_do_not_count(client_of, monkeypatch):
    from datetime import timedelta

    from bangfu.access import field_classes
    from bangfu.access.roles import Role
    from bangfu.registry.actions import reveal_identity

    monkeypatch.setattr(field_classes, "REVEALS_A_DAY", {Role.VILLAGE_CLERK: 1})
    known = one_with_secrets(village_of(VILLAGE))
    client = client_of(VILLAGE)
    assert reveal(client, known.household, known.members[0]).status_code == 200
    assert reveal(client, known.household, known.members[0]).status_code == 403
    tomorrow = reveal_identity._now() + timedelta(days=1)
    monkeypatch.setattr(reveal_identity, "_now", lambda: tomorrow)
    assert reveal(client, known.household, known.members[0]).status_code == 200
