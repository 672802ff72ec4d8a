"""Runs on pages: what was found in one's places, what changed since the run before."""

from datetime import date

import polars as pl
import pytest

from bangfu.kernel.home import Home
from bangfu.places.scope import Scope
from bangfu.snapshots.comparing import CHANGES, compared, counts_of, moved_criteria
from bangfu.snapshots.queries import run_before, run_frames, run_manifest, run_named

pytestmark = pytest.mark.store


def rows(*outcomes):
    schema = {"household": pl.Int64, "village": pl.Int64, "outcome": pl.Int8, "poor": pl.Int8}
    return pl.DataFrame([(number, 1, one, one) for number, one in outcomes], schema=schema, orient="row")


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        pytest.param(0, 1, {"entered"}, id="no to yes"),
        pytest.param(None, 1, {"entered", "newly_known"}, id="unknown to yes"),
        pytest.param(1, 0, {"left"}, id="yes to no"),
        pytest.param(1, None, {"left", "newly_unknown"}, id="yes to unknown"),
        pytest.param(0, None, {"newly_unknown"}, id="no to unknown"),
        pytest.param(None, 0, {"newly_known"}, id="unknown to no"),
        pytest.param(1, 1, set(), id="yes stays"),
        pytest.param(None, None, set(), id="unknown stays"),
    ],
)
def test_a_household_of_both_runs_shows_what_changed(before, after, changes):
    counts = counts_of(compared(rows((7, before)), rows((7, after))))[0]
    assert {name for name, number in counts.items() if number} == changes


def test_a_household_of_one_run_alone_is_new_or_gone():
    counts = counts_of(compared(rows((1, 1), (2, 1)), rows((2, 1), (3, 1), (4, 0))))[0]
    assert (counts["new"], counts["gone"], counts["entered"], counts["left"]) == (2, 1, 1, 0)
    assert set(counts) == set(CHANGES)


def test_a_criterion_that_moved_says_how_many():
    earlier, later = rows((1, 0), (2, 1), (3, 1)), rows((1, 1), (2, 0), (3, 1))
    moved = moved_criteria(earlier, later, compared(earlier, later), {"poor": {"title": {"zh": "贫", "en": "poor"}}})
    assert [(one["entered"], one["left"]) for one in moved] == [(1, 1)]


def test_the_page_of_a_run_tells_its_counts(client_of):
    made = run_named(None)
    counts = run_manifest(made, Home.current())["findings"]["counts"]
    page = client_of("李文员").get(f"/runs/{made.name}/").content.decode()
    assert all(f">{counts[outcome]:,}<" in page for outcome in ("yes", "no", "unknown"))


def test_a_village_sees_its_own_households_alone(client_of):
    from bangfu.access.models import Grant

    made, village = run_named(None), Grant.objects.get(person__name="吴信息").place
    own = run_frames(made, Home.current(), Scope((village,)))["households"]
    page = client_of("吴信息").get(f"/runs/{made.name}/").content.decode()
    assert page.count('<th scope="row">') == 1 + len(run_manifest(made, Home.current())["findings"]["criteria"])
    assert f">{(own['outcome'] == 1).sum():,}<" in page


def test_an_analyst_sees_counts_and_no_list(client_of):
    page = client_of("赵分析").get(f"/runs/{run_named(None).name}/").content.decode()
    assert "/households/?place=" not in page


def test_a_run_is_compared_with_the_one_of_the_day_before(hamlet, client_of):
    from bangfu.access.acting import acting
    from bangfu.snapshots.actions.freeze_snapshot import freeze_snapshot
    from bangfu.snapshots.actions.run_programme import run_programme

    first = run_named(None)
    assert run_before(first) is None
    frozen = freeze_snapshot(by=acting(), on=date(2017, 12, 31), known_on=None, home=hamlet)
    second = run_programme(by=acting(), programme="cn_2014", snapshot=frozen, home=hamlet)
    assert run_before(second) == first
    page = client_of("李文员").get(f"/runs/{second.name}/").content.decode()
    assert "与2016年12月31日相比的变化" in page


def test_a_run_that_does_not_exist_is_not_found(client_of):
    assert client_of("李文员").get("/runs/r-none/").status_code == 404


@pytest.mark.parametrize("form", [{"programme": "none", "on": "2016-12-31"}, {"programme": "cn_2014", "on": "soon"}])
def test_a_run_that_cannot_be_is_refused_in_words(client_of, form):
    assert 'class="errorlist"' in client_of("李文员").post("/runs/new/", form).content.decode()


@pytest.mark.parametrize("name", ["吴信息", "王审核", "冯联络"])
def test_who_may_not_run_starts_no_run(client_of, name):
    answer = client_of(name).post("/runs/new/", {"programme": "cn_2014", "on": "2016-12-31"})
    assert answer.status_code == 403
