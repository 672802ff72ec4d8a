"""The page of a place tells its exit from decisions and runs; the page of the case each rate with its margin."""

from datetime import date

import pytest

from bangfu.access.acting import acting
from bangfu.access.roles import Role
from bangfu.decisions.actions.open_place_exit import open_place_exit
from bangfu.decisions.models import Decision
from bangfu.places.scope import Scope
from bangfu.procedures.models import Case
from tests.decisions.places import COUNTY, OTHER_VILLAGE, POOR_VILLAGE, finish, run_on, somebody, villages_become
from tests.web.doubting import DAY, text_of
from tests.web.walking import english

pytestmark = pytest.mark.store
VILLAGES = (POOR_VILLAGE, OTHER_VILLAGE, 990101100202)


@pytest.fixture(autouse=True)
def start(hamlet):
    """A day in January."""
    hamlet.move_day(DAY)


@pytest.fixture
def exiting(hamlet):
    """A run by which the villages and the county may exit."""
    villages_become(hamlet, villages=VILLAGES, population=10_000)
    return run_on(hamlet, date(2017, 1, 8))


def opened(run, home, place=POOR_VILLAGE):
    return open_place_exit(by=acting("李文员"), scope=Scope.everywhere(), run=run, place=place, home=home)


def page_of(client, place):
    return client.get(f"/places/{place}/")


def test_a_village_tells_each_condition_with_its_limit_and_margin(client_of, exiting):
    words = text_of(page_of(english(client_of("李文员")), POOR_VILLAGE))
    assert "not exited No decision about its exit stands." in words
    assert "The run of 8 January 2017 shows that every criterion is met." in words
    assert "0.54% 54 / 10,000 ≤2% 1.46 points within, 146 persons" in words


def test_what_speaks_against_an_exit_is_told_with_its_numbers(client_of):
    words = text_of(page_of(english(client_of("李文员")), POOR_VILLAGE))
    assert "does not show that every criterion is met: incidence 11.21%" in words


def test_a_village_that_was_never_poor_is_offered_no_exit(client_of, exiting):
    page = page_of(english(client_of("李文员")), OTHER_VILLAGE)
    assert "there is nothing to exit from" in text_of(page)
    assert "/open-exit/" not in page.content.decode()


def test_what_nobody_recorded_is_said_beside_the_form(client_of, exiting):
    page = page_of(english(client_of("李文员")), COUNTY)
    assert "Not recorded: no ledger says whether this is a poor county" in text_of(page)
    assert "/open-exit/" in page.content.decode()


def test_the_form_of_an_older_page_is_refused_in_words(client_of, exiting):
    from bangfu.snapshots.queries import run_before

    clerk = english(client_of("李文员"))
    sent = {"run": run_before(exiting).name}
    answer = clerk.post(f"/places/{POOR_VILLAGE}/open-exit/", sent, follow=True)
    assert "The run of 31 December 2016 is not the latest of its programme" in text_of(answer)
    assert not Case.objects.exists()


def test_an_exit_that_was_decided_stands_on_the_page_with_its_case(client_of, hamlet, exiting):
    case = opened(exiting, hamlet)
    finish(hamlet, case)
    decided = Decision.objects.get()
    clerk = english(client_of("李文员"))
    page = page_of(clerk, POOR_VILLAGE)
    assert f"Exited on {decided.effective_from.day} January 2017 by decision: Case {case}" in text_of(page)
    assert f'href="/cases/{case}/"' in page.content.decode()
    assert "/open-exit/" not in page.content.decode()
    assert "Of its 3 villages 1 are on record as poor, and 1 have exited by decision." in text_of(
        page_of(clerk, COUNTY)
    )


@pytest.mark.parametrize(
    ("population", "words"),
    [
        pytest.param(2_700, "the conditions still hold.", id="exactly two per cent"),
        pytest.param(2_699, "the conditions no longer hold: incidence 2.01%", id="one inhabitant fewer"),
    ],
)
def test_a_later_run_tells_whether_the_conditions_still_hold(client_of, hamlet, exiting, population, words):
    finish(hamlet, opened(exiting, hamlet))
    villages_become(hamlet, on=date(2017, 3, 1), population=population)
    hamlet.move_day(date(2017, 3, 2))
    run_on(hamlet, date(2017, 3, 1))
    assert f"By the run of 1 March 2017 {words}" in text_of(page_of(english(client_of("李文员")), POOR_VILLAGE))


def test_the_case_of_a_village_shows_its_own_law_and_margin(client_of, hamlet, exiting):
    case = opened(exiting, hamlet)
    words = text_of(english(client_of("李文员")).get(f"/cases/{case}/"))
    assert "1.46 points within, 146 persons" in words
    assert "Exit of a poor village" in words
    assert "Income per head" not in words
    assert "nobody had recorded" not in words


COUNTS = {
    "exited_examined": "200",
    "wrongly_exited": "5",
    "unregistered_examined": "400",
    "omitted": "0",
    "asked": "300",
    "approve": "290",
}


def test_the_evaluation_of_a_county_shows_every_rate_of_what_was_typed(client_of, hamlet, exiting):
    case = opened(exiting, hamlet, COUNTY)
    evaluator = at_the_evaluation(hamlet, case)
    client = english(client_of(evaluator.name))
    page = client.get(f"/cases/{case}/")
    assert "nobody had recorded whether this place is poor" in text_of(page)
    assert "wrong-exit rate no data ≤2% no data" in text_of(page)
    sent = {"step": "evaluation", "act": "take", "case": standing(case), "paper": ["1"], **COUNTS}
    answer = client.post(f"/cases/{case}/", sent)
    assert answer.status_code == 400
    assert "wrong-exit rate 2.5% (limit ≤2%, 0.5 points beyond, 1 person too many)" in text_of(answer)
    assert "public recognition 96.66% 290 / 300 ≥90% 6.66 points within, 20 households" in text_of(answer)
    assert client.post(f"/cases/{case}/", sent | {"wrongly_exited": "4"}).status_code == 302
    assert "wrong-exit rate 2% 4 / 200 ≤2% 0 points within, 0 persons" in text_of(client.get(f"/cases/{case}/"))


def standing(case):
    from bangfu.procedures.models import Standing

    return f"{case}:{Standing.objects.get(case_id=case, live=True).pk}"


def at_the_evaluation(home, case):
    """Take the steps before the evaluation; return who is to take it."""
    from tests.decisions.places import finish_until

    finish_until(home, case, "evaluation", "exit_county")
    return somebody("评估员", Role.PROVINCE_OFFICE, Role.COUNTY_CLERK)
