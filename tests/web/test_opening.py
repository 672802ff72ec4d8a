"""Single cases opened from the page of a household or of a place: refused where the findings do not carry them."""

from datetime import date

import pytest

from bangfu.places.models import Place
from bangfu.procedures.models import Case
from tests.web.doubting import DAY, statuses, text_of
from tests.web.walking import english

pytestmark = pytest.mark.store


@pytest.fixture(autouse=True)
def county(hamlet):
    """The county, on a day in January."""
    hamlet.move_day(DAY)
    return Place.objects.get(level=3).number


def household_of(status, **outcomes):
    import polars as pl

    from bangfu.kernel.home import Home
    from bangfu.snapshots.queries import run_named, run_rows

    rows = run_rows(run_named(None), Home.current()).filter(pl.col("status") == status)
    for name, outcome in outcomes.items():
        rows = rows.filter(pl.col(name) == outcome)
    return rows["household"][0]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        pytest.param("cn_2014:exit:exited", "The findings do not carry this", id="an exit that no run found"),
        pytest.param("cn_2014:identify:identified", "The household is", id="a status that does not fit"),
        pytest.param("cn_2014:identify:king", "Choose what", id="no such thing"),
        pytest.param("", "Choose what", id="nothing"),
    ],
)
def test_a_case_that_cannot_be_opened_is_refused_on_the_same_page(client_of, what, words):
    from bangfu.kernel.status import StatusKind

    household = household_of(StatusKind.IDENTIFIED, exit=0)
    sent = {"what": what, "clue": "visit", "clue_on": "2017-01-05", "group": ""}
    answer = english(client_of("李文员")).post(f"/households/{household}/open-case/", sent, follow=True)
    assert answer.status_code == 200
    assert words in text_of(answer)
    assert not Case.objects.exists()


def test_an_exit_that_a_run_found_is_opened(client_of):
    from bangfu.kernel.status import StatusKind

    before, household = statuses(), household_of(StatusKind.IDENTIFIED, exit=1)
    sent = {"what": "cn_2014:exit:exited", "clue": "visit", "clue_on": "2017-01-05"}
    answer = english(client_of("李文员")).post(f"/households/{household}/open-case/", sent)
    assert answer.status_code == 302
    case = Case.objects.get()
    assert (case.subject_id, case.clue_on) == (household, date(2017, 1, 5))
    assert statuses() == before


def test_who_may_not_open_cases_opens_none(client_of):
    from bangfu.kernel.status import StatusKind

    household = household_of(StatusKind.IDENTIFIED)
    sent = {"what": "cn_2014:remove:removed", "clue": "visit"}
    assert english(client_of("孙督查")).post(f"/households/{household}/open-case/", sent).status_code == 403
    assert english(client_of("李文员")).post("/households/999999/open-case/", sent).status_code == 404
    assert not Case.objects.exists()


def test_the_exit_of_a_place_is_refused_with_what_speaks_against_it(client_of, county):
    clerk = english(client_of("李文员"))
    code = Place.objects.get(number=county).code
    shown = clerk.get(f"/places/{code}/")
    assert "/open-exit/" in shown.content.decode()
    answer = clerk.post(f"/places/{code}/open-exit/", {}, follow=True)
    assert "The findings do not carry this" in text_of(answer)
    assert not Case.objects.exists()
    assert "/open-exit/" not in english(client_of("王审核")).get(f"/places/{code}/").content.decode()
    assert english(client_of("王审核")).post(f"/places/{code}/open-exit/").status_code == 403
    assert clerk.post("/places/none/open-exit/").status_code == 404
