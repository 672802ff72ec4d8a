"""What was dismissed as the wrong person does not silence what the person's own number says later."""

from datetime import date

import pytest

from bangfu.audit.verifier import verify
from bangfu.decisions.actions.decide_hit import decide_hit
from bangfu.decisions.actions.record_comparison import Counts, record_comparison
from bangfu.decisions.asking import Setting, drafts_of
from bangfu.decisions.models import Disposition, Hit
from bangfu.intake.lists import list_forms
from bangfu.kernel.home import Home
from bangfu.params import load

pytestmark = pytest.mark.store
Outcome = Disposition.Outcome


def rows_of(household, person, how, died_on):
    """One matched row of a list of deaths."""
    import polars as pl

    row = {"outcome": "matched", "sheet": 1, "row": 2, "name": "某人", "household_id": household, "person_id": person}
    row |= {"how": how, "score_bp": 10_000 if how == "id" else 9_100}
    row |= dict.fromkeys(list_forms()["deaths"].fields) | {"died_on": died_on}
    return pl.DataFrame([row])


@pytest.fixture
def told(hamlet, who, county):
    """A function that records what a list of deaths says of one person, and returns how many hits are new."""
    import polars as pl

    from bangfu.registry.models import Membership

    member = Membership.objects.filter(county=county, household__isnull=False).order_by("id").first()
    parameters = load()

    def tell(how, died_on, year=2016):
        setting = Setting(
            form=list_forms()["deaths"],
            programme=parameters.programme("cn_2014"),
            parameters=parameters,
            stated_on=date(year, 12, 31),
            severity="review",
            keys=Home.current().keys,
            households=pl.DataFrame(),
            persons=pl.DataFrame(),
        )
        drafts = drafts_of(rows_of(member.household_id, member.person_id, how, died_on), pl.DataFrame(), setting)
        facts = {"kind": "deaths", "office": "民政局", "stated_on": setting.stated_on, "programme": "cn_2014"}
        facts["digest"] = f"{how}{died_on}{year}"
        counts = Counts(1, 0, 0, 1, 0, 0, 0)
        made = record_comparison(
            by=who.clerk, county=county, facts=facts, counts=counts, drafts=[(one, None) for one in drafts]
        )
        return made.fresh

    return tell


def decided(who, outcome):
    decide_hit(by=who.approver, hit=Hit.objects.latest("id").pk, outcome=outcome, reason="核实为同名人员")


def test_a_dismissed_likely_match_does_not_silence_the_number_of_the_person(hamlet, who, told):
    assert told("likely", 20161101) == 1
    decided(who, Outcome.DISMISSED)
    assert told("likely", 20161101, 2017) == 0
    assert told("id", 20161101, 2018) == 1
    assert told("id", 20161101, 2019) == 0
    assert Hit.objects.latest("id").lead.state == "open"
    assert not verify(hamlet.database_url or str(hamlet.database_file), hamlet.key_file).faults


@pytest.mark.parametrize("outcome", [None, Outcome.KEEP], ids=["still open", "kept"])
def test_a_likely_match_that_was_not_dismissed_is_asked_about_once(who, told, outcome):
    assert told("likely", 20161101) == 1
    if outcome:
        decided(who, outcome)
    assert told("id", 20161101, 2017) == 0


def test_a_dismissed_match_by_number_stays_dismissed(who, told):
    assert told("id", 20161101) == 1
    decided(who, Outcome.DISMISSED)
    assert told("id", 20161101, 2017) == 0
    assert told("likely", 20161101, 2018) == 0


@pytest.mark.parametrize(("died_on", "fresh"), [(20161231, 0), (20170101, 1), (None, 1)], ids=["same", "next", "none"])
def test_a_death_of_another_year_is_another_thing(told, died_on, fresh):
    assert told("id", 20161101) == 1
    assert told("id", died_on, 2017) == fresh
